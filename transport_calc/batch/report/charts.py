"""Charts as SVG that needs no script: every chart has a title, a description, and its numbers in a table beside it.

Lengths across are per cent and lengths down are pixels, so a chart takes the width it gets while its letters stay as
large as they are. Positions are only drawn, never counted with.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

_BAR_STEP = 48
_BAR_ACROSS = 58
_PLOT_TOP = 42
_PLOT_HEIGHT = 180
_LEFT, _ACROSS = 13, 85


class Bar(NamedTuple):
    """A horizontal bar: what it stands for, how long it is, and the number beside it."""

    label: str
    value: int
    shown: str


class Column(NamedTuple):
    """A vertical bar, and whether it lies beyond the limit."""

    value: int
    over: bool = True


class Label(NamedTuple):
    """A text at the bottom, after so many of the columns; halves lie in the middle of a column. A spare one is left
    out where there is little room."""

    at: float
    text: str
    is_spare: bool = False


def bars(name: str, title: str, description: str, values: Sequence[Bar]) -> str:
    """Horizontal bars, each below its label with its number behind it."""
    longest = max((bar.value for bar in values), default=0)
    drawn = []
    for at, bar in enumerate(values):
        y = at * _BAR_STEP
        drawn.append(f'<text class="label" x="0" y="{y + 15}">{escape(bar.label)}</text>')
        length = _share(bar.value, longest)
        drawn.append(f'<rect class="over" x="0" y="{y + 22}" width="{length}%" height="12"/>')
        drawn.append(f'<text class="label" x="{length}%" dx="8" y="{y + 33}">{escape(bar.shown)}</text>')
    return _svg(name, title, description, len(values) * _BAR_STEP, "".join(drawn))


def columns(
    name: str,
    title: str,
    description: str,
    values: Sequence[Column],
    labels: Sequence[Label],
    *,
    ticks: Sequence[tuple[int, str]],
    unit: str,
    mark: Label | None = None,
) -> str:
    """Vertical bars over an axis with `ticks`, the last of which is its top; `mark` is a limit between two columns."""
    top = ticks[-1][0]
    bottom = _PLOT_TOP + _PLOT_HEIGHT
    drawn = [f'<text class="axis" x="0" y="11">{escape(unit)}</text>']
    for value, shown in ticks:
        y = bottom - _height(value, top)
        drawn.append(f'<line class="{"grid" if value else "base"}" x1="{_LEFT}%" x2="98%" y1="{y}" y2="{y}"/>')
        drawn.append(f'<text class="axis" x="{_LEFT - 1}%" y="{y + 4}" text-anchor="end">{escape(shown)}</text>')
    width = _ACROSS / max(len(values), 1)
    # A single month is no wall.
    gap, drawn_width = (width * 0.1, width * 0.8) if width < 20 else (width / 2 - 6, 12)
    for at, column in enumerate(values):
        height = _height(column.value, top)
        kind = "over" if column.over else "under"
        x = _LEFT + at * width + gap
        drawn.append(
            f'<rect class="{kind}" x="{x:.2f}%" y="{bottom - height}" width="{drawn_width:.2f}%" height="{height}"/>'
        )
    for label in labels:
        x = _LEFT + label.at * width
        kind = "axis spare" if label.is_spare else "axis"
        drawn.append(
            f'<text class="{kind}" x="{x:.2f}%" y="{bottom + 18}" text-anchor="middle">{escape(label.text)}</text>'
        )
    if mark is not None:
        x = _LEFT + mark.at * width
        drawn.append(f'<line class="mark" x1="{x:.2f}%" x2="{x:.2f}%" y1="{_PLOT_TOP - 6}" y2="{bottom}"/>')
        drawn.append(
            f'<text class="limit" x="{x:.2f}%" y="{_PLOT_TOP - 11}" text-anchor="middle">{escape(mark.text)}</text>'
        )
    return _svg(name, title, description, bottom + 26, "".join(drawn))


def tick_values(highest: int) -> list[int]:
    """Round numbers from 0 to at least `highest`, five at most."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if factor * step * 4 >= highest:
                return [number * factor * step for number in range(max(1, -(-highest // (factor * step))) + 1)]
        step *= 10


def _svg(name: str, title: str, description: str, height: int, drawn: str) -> str:
    return (
        f'<svg role="img" aria-labelledby="{name}-title {name}-desc" width="100%" height="{height}">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(description)}</desc>'
        f"{drawn}</svg>"
    )


def _share(value: int, whole: int) -> str:
    return f"{_BAR_ACROSS * value / whole:.2f}" if whole else "0"


def _height(value: int, top: int) -> int:
    """The pixels of a column; even a single one among millions can be seen."""
    return max(_PLOT_HEIGHT * value // top, 1 if value else 0) if top else 0
