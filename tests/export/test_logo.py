"""A logo is a picture and nothing else."""

import pytest

from secondsight.export.logo import BIGGEST, read_logo
from secondsight.refusal import Refusal

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink">{}</svg>'
PICTURES = {
    "image/png": b"\x89PNG\r\n\x1a\nrest",
    "image/jpeg": b"\xff\xd8\xffrest",
    "image/gif": b"GIF89arest",
    "image/webp": b"RIFF\0\0\0\0WEBPrest",
    "image/svg+xml": SVG.format('<style>.a{fill:red}</style><path class="a" d="M0 0h9"/><use href="#a"/>').encode(),
}
BAD = {
    "no picture": (b"Hello", "this is no picture"),
    "nothing": (b"", "this is no picture"),
    "a web page": (b"<!DOCTYPE html><p>x", "declares a document type"),
    "no SVG": (b"<p>x</p>", "this is no picture"),
    "half an SVG": (SVG.format("<g>").encode(), "this is no picture"),
    "another encoding": (('<?xml version="1.0" encoding="x"?>' + SVG.format("")).encode(), "this is no picture"),
    "script": (SVG.format("<script>alert(1)</script>").encode(), "holds <script>, which could run something"),
    "foreign": (SVG.format("<foreignObject/>").encode(), "holds <foreignObject>"),
    "handler": (SVG.format('<g onload="alert(1)"/>').encode(), 'has onload="alert(1)" on <g>'),
    "web": (SVG.format('<image href="https://example.org/x.png"/>').encode(), 'has href="https://example.org/x.png"'),
    "xlink": (SVG.format('<a x:href="javascript:alert(1)"/>').encode(), 'has href="javascript:alert(1)" on <a>'),
    "entity": (b'<!ENTITY a "b">' + SVG.format("").encode(), "declares a document type"),
    "too large": (b"GIF89a" + b"\0" * BIGGEST, f"has {BIGGEST + 6:,} bytes, more than"),
}


@pytest.mark.parametrize("mime", PICTURES)
def test_a_picture_is_taken_whatever_its_name(tmp_path, mime):
    path = tmp_path / "logo.txt"
    path.write_bytes(PICTURES[mime])
    logo = read_logo(path)
    assert (logo.mime, logo.data) == (mime, PICTURES[mime])
    assert logo.address.startswith(f"data:{mime};base64,")


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_picture_is_refused_in_one_sentence_that_names_the_file(tmp_path, what):
    data, says = BAD[what]
    path = tmp_path / "logo.svg"
    path.write_bytes(data)
    with pytest.raises(Refusal) as caught:
        read_logo(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["missing.png", "."])
def test_a_file_that_cannot_be_read_is_said(tmp_path, name):
    with pytest.raises(Refusal, match="the logo cannot be read"):
        read_logo(tmp_path / name)
