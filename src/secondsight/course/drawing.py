"""What a picture of the course may hold: shapes and words, nothing that runs or loads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"
SHAPES = {
    *("svg", "g", "defs", "use", "symbol", "title", "desc", "path", "rect", "circle", "ellipse", "line"),
    *("polyline", "polygon", "text", "tspan", "marker", "clipPath", "mask", "linearGradient", "radialGradient", "stop"),
}


def faults(text: str) -> Iterator[str]:
    """Why an SVG cannot be shown, a sentence each; none where it can."""
    if re.search(r"<!(DOCTYPE|ENTITY)", text, re.I):
        yield "this picture declares a document type; save it as plain SVG"
        return
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        yield f"this is not an SVG ({error}); save it again from a drawing program"
        return
    if root.tag != f"{SVG}svg":
        yield "this is not an SVG; its outermost element must be <svg> with SVG's namespace"
        return
    for name in ("title", "desc"):
        if not (root.findtext(f"{SVG}{name}") or "").strip():
            yield f"this picture has no <{name}>; write one for those who cannot see it"
    for element in root.iter():
        tag = str(element.tag).removeprefix(SVG)
        if tag not in SHAPES:
            yield f"this picture holds <{tag[:40]}>, which could run or load something; take it out"
        for name, value in element.attrib.items():
            if _could_run(name.rpartition("}")[2].lower(), value):
                yield f'this picture has {name.rpartition("}")[2]}="{value[:40]}" on <{tag[:40]}>; take it out'


def _could_run(name: str, value: str) -> bool:
    if name.startswith("on") or name == "style":
        return True
    if name == "href":
        return not value.startswith("#")
    return bool(re.search(r"(?i)url\(\s*['\"]?(?!#)|javascript:|data:", value))


def view_box(text: str) -> tuple[float, float, float, float] | None:
    """An SVG's own coordinates: left, top, width, height; None where it gives none that make sense."""
    numbers = re.split(r"[\s,]+", ElementTree.fromstring(text).get("viewBox", "").strip())
    try:
        left, top, width, height = map(float, numbers)
    except ValueError:
        return None
    return left, top, width, height
