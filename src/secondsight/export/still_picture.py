"""A picture of the course as a file of its own, which needs no page around it."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from pathlib import Path

from ..course import Course
from ..course.items import Hotspot
from ..printed import picture_svg
from ..printed_items import pin

STATIC = Path(__file__).parent.parent / "static"


def still_picture(course: Course, id: str, pins: str = "") -> bytes:
    """A picture as an SVG file in the light colours; ``pins`` is drawn on top: SVG that marks places of it."""
    svg = picture_svg(course, id, "still").removesuffix("</svg>")
    if pins:
        svg += f'<g class="p-pins">{pins}</g>'
    classes = {name for names in re.findall(r'class="([^"]*)"', svg) for name in names.split()}
    classes.add("p-ground")
    kept = "".join(f"{selector}{{{rules}}}" for selector, rules in _rules() if _is_used(selector, classes))
    ground = '<rect class="p-ground" x="-10000" y="-10000" width="20000" height="20000"/>'
    head, tag, rest = svg.partition(">")
    size = _size(head)
    namespace = "" if "xmlns=" in head else ' xmlns="http://www.w3.org/2000/svg"'
    return f"{head}{namespace}{size}{tag}<style>{escape(kept, quote=False)}</style>{ground}{rest}</svg>".encode()


def with_places(course: Course, item: Hotspot) -> bytes:
    """The picture of an item as an SVG file, its places marked with their letters."""
    pins = (pin(place.x, place.y, chr(ord("a") + index)) for index, place in enumerate(item.places))
    return still_picture(course, item.picture, "".join(pins))


def _size(head: str) -> str:
    """Width and height as the picture's own coordinates have them: a file without them has no size of its own."""
    box = re.search(r'viewBox="[\d.\s,-]*?([\d.]+)[\s,]+([\d.]+)"', head)
    return "" if box is None or re.search(r"\swidth=", head) else f' width="{box[1]}" height="{box[2]}"'


@cache
def _rules() -> list[tuple[str, str]]:
    """The rules for pictures, by selector, with every colour and size written out."""
    style = re.sub(r"@media[^{]+\{(?:[^{}]+\{[^{}]*\})*\}", "", (STATIC / "still.css").read_text(encoding="utf-8"))
    tokens = dict(re.findall(r"(--ss-[\w-]+):([^;}]+)", style))
    rules = [(".p-ground", f"fill:{tokens['--ss-paper']};stroke:none")]
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", style):
        written = re.sub(r"var\((--ss-[\w-]+)\)", lambda match: tokens[match[1]].strip(), body)
        for selector in re.split(r",(?![^(]*\))", selectors):
            within = selector.removeprefix(".ss-picture ")
            if within == "svg":
                # Its place on a page is not its own.
                written = ";".join(rule for rule in written.split(";") if rule.startswith("stroke"))
            if within != selector:
                rules.append((within, written))
    return rules


def _is_used(selector: str, classes: set[str]) -> bool:
    return set(re.findall(r"\.([\w-]+)", selector)) <= classes
