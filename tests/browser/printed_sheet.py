"""Pages and text of a PDF as Chromium prints it."""

from __future__ import annotations

import re
import unicodedata
import zlib


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def text(pdf: bytes) -> str:
    """All that is written there, without spaces; Chromium writes glyphs, and says which letters each stands for."""
    objects = dict(re.findall(rb"\b(\d+) 0 obj\b(.*?)\bendobj", pdf, re.S))
    fonts: dict[bytes, dict[str, str]] = {}
    for names in re.findall(rb"/Font\s*<<(.*?)>>", pdf, re.S):
        for name, font in re.findall(rb"/(\w+) (\d+) 0 R", names):
            if letters := re.search(rb"/ToUnicode (\d+) 0 R", objects[font]):
                fonts[name] = _letters(_stream(objects[letters[1]]).decode("ascii"))
    found = ""
    for stream in (_stream(each) for each in objects.values() if b"/FlateDecode" in each):
        letters = {}
        for name, glyphs in re.findall(rb"/(\w+) [\d.]+ Tf|<([0-9A-Fa-f]+)>", stream):
            letters = fonts.get(name, letters) if name else letters
            codes = re.findall("....", glyphs.decode("ascii").upper())
            found += "".join(letters.get(code, "") for code in codes)
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", found))


def _stream(made: bytes) -> bytes:
    body = re.search(rb"stream\r?\n(.*?)\r?\nendstream", made, re.S)
    return zlib.decompressobj().decompress(body[1]) if body and b"/FlateDecode" in made else b""


def _letters(table: str) -> dict[str, str]:
    """For each glyph's code the letters it stands for."""
    letters = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.S):
        for code, to in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            letters[code.upper()] = bytes.fromhex(to).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.S):
        for first, last, to in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for step, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                letters[f"{code:04X}"] = chr(int(to, 16) + step)
    return letters
