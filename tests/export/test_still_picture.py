"""A picture of the course as a file that stands alone."""

import re
from xml.etree import ElementTree

import pytest

from secondsight.export.still_picture import still_picture
from secondsight.printed_items import pin

SVG = "{http://www.w3.org/2000/svg}"


def test_each_picture_is_whole_and_needs_nothing_around_it(real):
    pictures = [*real.pictures, "symptom-chart"]
    assert len(pictures) > 10
    for id in pictures:
        svg = still_picture(real, id).decode()
        root = ElementTree.fromstring(svg)
        assert root.tag == f"{SVG}svg"
        assert float(root.get("width")) > 0 < float(root.get("height"))
        style = root.findtext(f"{SVG}style")
        assert "var(" not in style
        used = {name for element in root.iter() for name in element.get("class", "").split()}
        assert used, id
        for name in used - {"p-pins"}:
            assert re.search(rf"\.{name}\b", style), f"{id}: {name} has no rule"
        assert not re.search(r"https?://(?!www\.w3\.org)", svg)


def test_it_has_no_more_style_than_it_uses(real):
    style = ElementTree.fromstring(still_picture(real, "names-and-rings")).findtext(f"{SVG}style")
    classes = set(re.findall(r"\.(p-[\w-]+)", style))
    svg = still_picture(real, "names-and-rings").decode()
    assert classes
    assert all(re.search(rf'class="[^"]*\b{name}\b', svg) for name in classes)


def test_pins_are_drawn_on_top(small_read):
    root = ElementTree.fromstring(still_picture(small_read, "back", pin(5, 2, "a")))
    assert [text.text for text in root[-1].iter(f"{SVG}text")] == ["a"]
    assert "p-badge" in root.findtext(f"{SVG}style")


@pytest.mark.parametrize("id", ["back", "symptom-chart"])
def test_the_same_picture_gives_the_same_bytes(small_read, id):
    assert still_picture(small_read, id) == still_picture(small_read, id)
