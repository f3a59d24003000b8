"""The summary of a batch for machines: what `--summary` writes. Its JSON Schema is in `summary_schema`."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar

from transport_calc import __version__
from transport_calc.batch.count.bins import DISTANCE, MARGIN, Bins
from transport_calc.batch.count.summary_schema import FORMAT
from transport_calc.batch.count.tally import Group, Tally, kroner_of

_Key = TypeVar("_Key", str, tuple[str, str])


def summary_json(
    tally: Tally, *, elapsed_seconds: float, law_digest: str, version: str = __version__
) -> dict[str, Any]:
    """All counts of `tally` as JSON values: money and kilometres as decimal strings, codes as keys.

    Raises `UnbalancedBatch` if rows were lost or counted twice.
    """
    summary = tally.summary()
    return {
        "format": FORMAT,
        "rows": {
            "read": summary.rows_read,
            "decided": summary.decided,
            "undetermined": summary.undetermined,
            "rejected": summary.rejected,
            "blank": summary.blank,
            "total_lines": summary.total_lines,
        },
        "all": _group(tally.all()),
        "outcomes": _groups(tally, "outcome"),
        "grounds": _groups(tally, "ground"),
        "municipalities": _groups(tally, "municipality"),
        "means": _groups(tally, "means"),
        "purposes": _groups(tally, "purpose"),
        "months": _groups(tally, "month"),
        "cost_minus_minimum": _histogram(tally.margins, MARGIN, "dkk"),
        "distance": _histogram(tally.distances, DISTANCE, "km"),
        "rejects": [
            {"code": code, "fact": fact or None, "rows": rows} for (code, fact), rows in by_frequency(tally.faults)
        ],
        "missing": dict(by_frequency(tally.missing)),
        "missing_for_amount": dict(by_frequency(tally.missing_for_amount)),
        "warnings": dict(by_frequency(tally.warnings)),
        "duplicates": {
            "attendances": tally.duplicates,
            "first": [
                {"file": pair.file or None, "row": pair.row, "earlier_row": pair.earlier} for pair in tally.pairs
            ],
        },
        "inputs": list(tally.inputs),
        "elapsed_seconds": round(elapsed_seconds, 3),
        "rows_per_second": round(summary.rows_read / elapsed_seconds) if elapsed_seconds > 0 else None,
        "law_digest": law_digest,
        "version": version,
    }


def by_frequency(counted: Mapping[_Key, int]) -> list[tuple[_Key, int]]:
    """The most frequent first; what is equally frequent by its name, so that every run gives the same order."""
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))


def _groups(tally: Tally, dimension: str) -> dict[str, Any]:
    return {key: _group(group) for key, group in sorted(tally.groups[dimension].items())}


def _group(group: Group) -> dict[str, Any]:
    return {
        "rows": group.rows,
        "attendances": group.attendances,
        "payable_dkk": f"{group.payable_dkk:.2f}",
        "without_amount": group.without_amount,
    }


def _histogram(counted: dict[int, int], bins: Bins, unit: str) -> list[dict[str, Any]]:
    return [
        {f"over_{unit}": _bound(over, unit), f"up_to_{unit}": _bound(up_to, unit), "attendances": counted[number]}
        for number in sorted(counted)
        for over, up_to in [bins.bounds(number)]
    ]


def _bound(value: int | None, unit: str) -> str | None:
    if value is None:
        return None
    return f"{kroner_of(value):.2f}" if unit == "dkk" else f"{Decimal(value).scaleb(-3):.1f}"
