"""What is different between an old and a new result, attendance by attendance, and why."""

from __future__ import annotations

from decimal import Decimal

import polars as pl

from transport_calc.batch.write.result_file import FILE
from transport_calc.wording import text
from transport_calc.wording.numbers import kroner

KEY = (FILE, "row", "case_id")

REASONS = {
    "amounts": "minimum_ore",
    "outcome": "outcome",
    "ground": "ground",
    "missing": "missing",
    "payable": "payable_ore",
    "form": "form",
    "channel": "channel",
}
"""Reasons in their order, each with the column that differs: a new year's amounts come before what follows of them."""

WORDING = "justification"
"""The reason where nothing else differs."""


def changes(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """The attendances that differ (columns of `result_file`), in the order of the receipts.

    Columns: the key, `change` (`changed`, `added`, `removed`), `reasons` (codes joined by semicolons), and each
    compared column twice, with `old_` and `new_` in front.
    """
    both = _prefixed(old, "old_").join(_prefixed(new, "new_"), on=KEY, how="full", coalesce=True)
    gone, fresh = pl.col("new_outcome").is_null(), pl.col("old_outcome").is_null()
    differing = [
        pl.when(pl.col(f"old_{name}").ne_missing(pl.col(f"new_{name}"))).then(pl.lit(code))
        for code, name in REASONS.items()
    ]
    codes = pl.concat_str(differing, separator=";", ignore_nulls=True)
    reworded = pl.when(pl.col("old_justification") != pl.col("new_justification")).then(pl.lit(WORDING))
    change = pl.when(gone).then(pl.lit("removed")).when(fresh).then(pl.lit("added")).otherwise(pl.lit("changed"))
    reasons = pl.when(gone | fresh).then(change).when(codes != "").then(codes).otherwise(reworded)
    explained = both.with_columns(change.alias("change"), reasons.alias("reasons"))
    return explained.filter(pl.col("reasons").is_not_null()).sort(KEY)


def with_sentences(found: pl.DataFrame, lang: str) -> pl.DataFrame:
    """`found` (`changes`) with the column `why`: a sentence for each reason, in the language `lang`."""
    sentences = [
        pl.when(pl.col("reasons").str.split(";").list.contains(code)).then(_sentence(found, code, lang))
        for code in (*REASONS, WORDING, "added", "removed")
    ]
    return found.with_columns(pl.concat_str(sentences, separator=" ", ignore_nulls=True).alias("why"))


def _sentence(found: pl.DataFrame, code: str, lang: str) -> pl.Expr:
    """The sentence of a reason; {old} and {new} in it are filled row by row."""
    sentence = text(f"batch.change_{code}", lang, old="\0", new="\1")
    if "\0" not in sentence:
        return pl.lit(sentence)
    before, _, rest = sentence.partition("\0")
    between, _, after = rest.partition("\1")
    old, new = (_in_words(found, f"{side}_{REASONS[code]}", lang) for side in ("old", "new"))
    return pl.lit(before) + old + pl.lit(between) + new + pl.lit(after)


def _in_words(found: pl.DataFrame, name: str, lang: str) -> pl.Expr:
    values = found[name].unique().to_list()
    words = [_word(value, lang) for value in values]
    return pl.col(name).replace_strict(values, words, return_dtype=pl.String)


def _word(value: int | str | None, lang: str) -> str:
    if value is None:
        return text("batch.change_unknown", lang)
    if isinstance(value, int):
        return kroner(Decimal(value) / 100, lang)
    return text(f"batch.outcome_{value}", lang)


def _prefixed(result: pl.DataFrame, prefix: str) -> pl.DataFrame:
    return result.rename({name: prefix + name for name in result.columns if name not in KEY})
