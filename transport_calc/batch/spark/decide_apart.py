"""The third job: attendances whose receipts lie in several files, brought together and decided as one table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import polars as pl

from transport_calc.batch.block import Block, columns_of
from transport_calc.batch.block_decider import BlockDecider
from transport_calc.batch.decided import Decided
from transport_calc.batch.identity import PLACE, table_and_row
from transport_calc.batch.layout import Layout, column_role, layout_of
from transport_calc.batch.notice import Notice
from transport_calc.batch.spark.arrow import frame_of, record_batches
from transport_calc.batch.spark.found import SCHEMA, decision_records, tally_record
from transport_calc.batch.spark.head import Head
from transport_calc.batch.spark.wish import NO_SURVEY, Wish
from transport_calc.batch.tally import Tally


class Source(NamedTuple):
    """A row as it stands in its file: its line as it may be shown, and its cells."""

    place: int
    line: str
    cells: list[str]


class Gathered(NamedTuple):
    """The facts of rows of several files as a table, which is never read: its rows come by way of Spark."""

    layout: Layout
    name: str = ""
    size: int = 0
    notices: tuple[Notice, ...] = ()

    def blocks(self, skip: int = 0, only: Sequence[str] = ()) -> Iterator[Block]:
        """None."""
        return iter(())


@dataclass(frozen=True)
class DecideApart:
    """The task; an attendance lies in one partition. `names` and `heads` are those of the files by number."""

    names: tuple[str, ...]
    heads: tuple[Head, ...]
    wish: Wish

    def __call__(self, batches: Iterator[Any]) -> Iterator[Any]:
        """Rows apart to records."""
        frames = [frame_of(batch) for batch in batches]
        if not frames:
            return
        rows = pl.concat(frames).sort("place")
        sources = [Source(at, line, cells) for at, (line, *cells) in rows.select("place", "cells").iter_rows()]
        visits = rows.select(pl.col("place").alias(PLACE), pl.col("other").alias("first"))
        layout = facts_of([head.columns for head in self.heads])
        setting = self.wish.setting(NO_SURVEY._replace(visits=visits), self._row_name)
        decided = BlockDecider(Gathered(layout), 0, setting).decide(self._block(sources, layout))
        tally = Tally()
        tally.add(decided)
        yield from record_batches(tally_record(tally), SCHEMA)
        for frame in decision_records(self._as_written(decided, sources), self.wish.foreign):
            yield from record_batches(frame, SCHEMA)

    def _row_name(self, at: int) -> str:
        file, row = table_and_row(at)
        return f"{self.names[file]}:{row}"

    def _block(self, sources: Sequence[Source], layout: Layout) -> Block:
        rows = []
        for source in sources:
            columns = self.heads[table_and_row(source.place)[0]].columns
            texts = {column_role(name): text for name, text in zip(columns, source.cells, strict=True)}
            rows.append((source.place, *(texts.get(role, "") for role in layout.known)))
        schema = {"row": pl.Int64} | dict.fromkeys(columns_of(layout), pl.String)
        return Block(pl.DataFrame(rows, schema=schema, orient="row"), {}, (), 0, 0, 0)

    def _as_written(self, decided: Decided, sources: Sequence[Source]) -> Decided:
        """The decisions with what passes through, and the reasons with the lines, as their own files have them."""
        lines = {source.place: source.line for source in sources}
        passed = {source.place: self._passed(source) for source in sources}
        rows, rejects = decided.rows, decided.rejects
        for name in self.wish.foreign:
            if name in self.wish.columns.passed:
                texts = [passed[at].get(name, "") for at in rows["row"]]
                rows = rows.with_columns(pl.Series(name, texts, dtype=pl.String))
        raw = pl.Series("raw", [lines[at] for at in rejects["row"]], dtype=pl.String)
        return decided._replace(rows=rows, rejects=rejects.with_columns(raw))

    def _passed(self, source: Source) -> dict[str, str]:
        head = self.heads[table_and_row(source.place)[0]]
        texts = [text for name, text in zip(head.columns, source.cells, strict=True) if not column_role(name)]
        return dict(zip(head.passed, texts, strict=True))


def facts_of(columns: Sequence[Sequence[str]]) -> Layout:
    """A layout with every fact and grouping column of all files once, as the first file with it writes it."""
    written: dict[str, str] = {}
    for name in (name for of_file in columns for name in of_file):
        written.setdefault(column_role(name), name)
    written.pop("", None)
    return layout_of(";", tuple(written.values()), 0, 0)
