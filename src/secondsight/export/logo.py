"""A school's own picture at the head of each page."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from ..refusal import Refusal

BIGGEST = 200_000  # bytes; it stands in every page
# How a file of each kind begins.
BEGINS = {
    "image/png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "image/jpeg": re.compile(rb"\xff\xd8\xff"),
    "image/gif": re.compile(rb"GIF8[79]a"),
    "image/webp": re.compile(rb"RIFF.{4}WEBP", re.S),
}
RUNS = {"script", "foreignobject", "iframe", "object", "embed", "handler", "set", "animate"}


@dataclass(frozen=True)
class Logo:
    mime: str
    data: bytes

    @property
    def address(self) -> str:
        """The picture as an address that holds all of it."""
        return f"data:{self.mime};base64,{base64.b64encode(self.data).decode()}"


def read_logo(path: Path) -> Logo:
    """A logo from a file.

    Raises:
        Refusal: where it is no picture, is too large, or could run or load something.
    """
    try:
        size = path.stat().st_size
        if size > BIGGEST:
            raise Refusal(f"{path}: the logo has {size:,} bytes, more than {BIGGEST:,}; save it smaller")
        data = path.read_bytes()
    except OSError as error:
        raise Refusal(f"{path}: the logo cannot be read ({error.strerror}); check the name") from None
    for mime, begins in BEGINS.items():
        if begins.match(data):
            return Logo(mime, data)
    return _svg(path, data)


def _svg(path: Path, data: bytes) -> Logo:
    if re.search(rb"(?i)<!(DOCTYPE|ENTITY)", data):
        raise Refusal(f"{path}: the logo declares a document type; save it as plain SVG")
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError):
        root = None
    if root is None or root.tag != "{http://www.w3.org/2000/svg}svg":
        raise Refusal(f"{path}: this is no picture; take a PNG, JPEG, GIF, WebP or SVG file as the logo")
    for element in root.iter():
        tag = str(element.tag).rpartition("}")[2]
        if tag.lower() in RUNS:
            raise Refusal(f"{path}: the logo holds <{tag[:40]}>, which could run something; save it as plain SVG")
        for full, value in element.attrib.items():
            name = full.rpartition("}")[2].lower()
            loads = name in ("href", "src") and not re.match(r"#|data:image/", value)
            if name.startswith("on") or loads or re.search(r"(?i)javascript:", value):
                raise Refusal(
                    f'{path}: the logo has {name}="{value[:40]}" on <{tag[:40]}>, which could run or load something; '
                    "save it as plain SVG"
                )
    return Logo("image/svg+xml", data)
