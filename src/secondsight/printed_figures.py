"""A figure of a class as HTML: drawn with its interval, said in words, and how it is worked out.

All text is escaped here. What is drawn is said beside it, so a drawing is hidden from those who listen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

# Below so many even the range says nothing.
HARDLY_ANY = 5
# A value and the ends of its interval, by what their columns' names end in.
ENDS = ("", "_low", "_high")


def number(count: int) -> str:
    """A whole number, as 5,183."""
    return f"{count:,}"


def counted(count: int, one: str, many: str = "") -> str:
    """A number of things, as "1 answer" or "12 answers"."""
    return f"{number(count)} {one if count == 1 else many or f'{one}s'}"


def out_of(count: int, of: int) -> str:
    """So many of so many, as "2,471 of 3,063"."""
    return f"{number(count)} of {number(of)}"


def percent(share: float) -> str:
    return f"{_whole(100 * share)}%"


def _whole(value: float) -> int:
    """Rounded as people round: half away from nought."""
    return int(abs(value) + 0.5) * (-1 if value < 0 else 1)


def signed(value: float) -> str:
    """To two places, with a minus that is one; what rounds to nothing has no sign."""
    return f"{value:.2f}".replace("-0.00", "0.00").replace("-", "−")


def points(row: Mapping[str, Any], name: str) -> str:
    """A difference of shares in points of a hundred, as "+12 points; likely +5 to +19"."""
    value, low, high = (_whole(100 * row[f"{name}{end}"]) if row[f"{name}{end}"] is not None else None for end in ENDS)
    likely = "" if low is None or high is None else f"; likely {_with_sign(low)} to {_with_sign(high)}"
    return f"{_with_sign(value)} {'point' if abs(value) == 1 else 'points'}{likely}"


def _with_sign(value: int) -> str:
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{abs(value)}"


def share(row: Mapping[str, Any], name: str = "share") -> str:
    """A share with its interval, as "62%; likely 43 to 79%"; "" where it is not defined."""
    value, low, high = (row[f"{name}{end}"] for end in ENDS)
    if value is None:
        return ""
    likely = "" if low is None or high is None else f"; likely {_whole(100 * low)} to {percent(high)}"
    return f"{percent(value)}{likely}"


def coefficient(row: Mapping[str, Any], name: str) -> str:
    """A number with its interval, as "0.31; likely −0.02 to 0.58"; "" where it is not defined."""
    value, low, high = (row[f"{name}{end}"] for end in ENDS)
    if value is None:
        return ""
    likely = "" if low is None or high is None else f"; likely {signed(low)} to {signed(high)}"
    return f"{signed(value)}{likely}"


def few(count: int, one: str, many: str = "") -> str:
    """Small numbers said to be small, for a row that is marked so."""
    what = counted(count, one, many)
    if count < HARDLY_ANY:
        return f"{what}: too few to read anything into."
    return f"Only {what}: go by the range."


def bar(row: Mapping[str, Any], name: str = "share", scale: tuple[float, float] = (0, 1)) -> str:
    """A value as a point with its interval as a line, on a scale marked at both ends and in the middle; or nothing.

    The line has a bar at each end; where it goes on beyond the scale it has none.
    """
    value, low, high = (row[f"{name}{end}"] for end in ENDS)
    if value is None:
        return ""
    start, end = scale

    def x(value: float) -> str:
        return f"{6 + 148 * (min(max(value, start), end) - start) / (end - start):.4g}"

    grid = "".join(f'<path class="grid" d="M{x(tick)} 2v16"/>' for tick in (start, (start + end) / 2, end))
    grid += '<path class="grid" d="M6 10h148"/>'
    whisker = ""
    if low is not None and high is not None:
        ends = "".join(f"M{x(end_of_it)} 5v10" for end_of_it in (low, high) if start <= end_of_it <= end)
        whisker = f'<path class="whisker" d="M{x(low)} 10H{x(high)}{ends}"/>'
    return (
        f'<svg class="interval" viewBox="0 0 160 20" aria-hidden="true">{grid}{whisker}'
        f'<circle class="point" cx="{x(value)}" cy="10" r="3.5"/></svg>'
    )


def parts(counts: Iterable[tuple[str, int]], of: int) -> str:
    """Parts of a whole, side by side, each by a class of its own; what is left over is empty."""
    at, drawn = 0.0, ""
    for name, count in counts:
        width = 158 * count / of if of else 0
        if count:
            drawn += f'<rect class="{name}" x="{1 + at:.4g}" y="4" width="{width:.4g}" height="12"/>'
        at += width
    whole = '<rect class="whole" x="1" y="4" width="158" height="12"/>'
    return f'<svg class="parts" viewBox="0 0 160 20" aria-hidden="true">{drawn}{whole}</svg>'


def row(name: str, figure: str, drawn: str = "", *notes: str) -> str:
    """A line of a list of figures: what it is about, the figure, how that is drawn, and notes. Texts are escaped."""
    below = "".join(f'<p class="note">{escape(note)}</p>' for note in notes if note)
    return (
        f'<li><p class="name">{escape(name)}</p><p class="figure">{escape(figure)}</p>'
        f"{f'<div>{drawn}</div>' if drawn else ''}{below}</li>"
    )


def rows(lines: Iterable[str], label: str, more: str = "") -> str:
    """A list of figures; on a phone each line is a small block. ``more`` is a class that it has besides."""
    return f'<ul class="figures{f" {more}" if more else ""}" aria-label="{escape(label)}">{"".join(lines)}</ul>'


def how(*says: str, formula: str = "", source: str = "") -> str:
    """How a figure is worked out, folded away: in plain words, then its formula, then where that comes from."""
    words = "".join(f"<p>{escape(each)}</p>" for each in says)
    written = f'<p class="formula">{escape(formula)}</p>' if formula else ""
    after = f'<p class="meta">Source: {escape(source)}</p>' if source else ""
    return f'<details class="how"><summary>How this is worked out</summary>{words}{written}{after}</details>'
