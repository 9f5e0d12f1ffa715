"""Text that nobody vouches for, as HTML that cannot run or load anything."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from attacks import ATTACKS, dangers
from secondsight.export.safe_html import BIGGEST_PICTURE, clean, from_markdown, with_pictures

PNG = b"\x89PNG\r\n\x1a\n"
PIECES = [
    *ATTACKS, *"<>/'\"`&\\= \n\t\0x[", "</", "/>", "\n\n", "<p", "<img src=", "alt=", "href=", "<svg>", "</svg>",
    "<math>", "<style>", "</style>", "<!--", "-->", "<![CDATA[", "]]>", "<table>", "<title>", "javascript:",
    "&#x6A;avascript:", "onerror=", "](", "![", ")", "```", "    ", "> ", "* ", "| a | b |\n|-|-|\n",
]  # fmt: skip
HTML_ISH = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)


@pytest.fixture(scope="session")
def beside(tmp_path_factory):
    """A notebook's folder with a picture beside it."""
    folder = tmp_path_factory.mktemp("beside") / "notebooks"
    folder.mkdir()
    (folder / "x.png").write_bytes(PNG)
    return folder


def shown(text: str, folder, attachments=None, warn=lambda says: None) -> str:
    return with_pictures(from_markdown(text), folder, attachments or {}, warn)


def test_an_attack_in_markdown_is_harmless(beside, attack):
    assert dangers(shown(attack, beside)) == []
    assert dangers(shown(f"# Title {attack}\n\n| {attack} |\n|---|\n| {attack} |\n\n> {attack}", beside)) == []


def test_an_attack_in_html_is_harmless(attack):
    # Pictures from elsewhere are the page's business, see test_page.
    assert [danger for danger in dangers(clean(attack)) if not danger.startswith("<img src=https://")] == []


@given(st.text(max_size=300) | HTML_ISH)
def test_any_text_is_harmless(beside, text):
    assert dangers(shown(text, beside)) == []
    assert [danger for danger in dangers(clean(text)) if not danger.startswith("<img src=https://")] == []


@given(HTML_ISH)
def test_what_is_clean_stays_as_it_is(text):
    # A second parse that reads the text otherwise than the first is how cleaned HTML comes alive again.
    once = clean(text)
    assert clean(once) == once


def test_what_a_lesson_needs_survives():
    html = from_markdown(
        "# A\n\n*b* **c** ~~d~~ `e`\n\n1. f\n\n| g |\n|---|\n| h |\n\n> i\n\n[j](https://x.org) [k](b.ipynb)"
    )
    found = {tag.name for tag in BeautifulSoup(html, "html.parser").find_all(True)}
    assert {"h1", "em", "strong", "s", "code", "ol", "li", "table", "td", "blockquote", "a"} <= found
    assert 'href="https://x.org"' in html
    assert 'href="b.ipynb"' in html


def test_the_start_button_is_left_out_with_its_words():
    html = from_markdown(
        '<button data-commandlinker-command="notebook:run-all-cells">Start this lesson</button>\n\nHello'
    )
    assert "Start this lesson" not in html
    assert "Hello" in html


def test_a_picture_beside_the_notebook_is_put_in(beside):
    html = shown('![a "back" & <b>](x.png)', beside)
    img = BeautifulSoup(html, "html.parser").img
    assert img["src"] == "data:image/png;base64,iVBORw0KGgo="
    assert img["alt"] == 'a "back" & <b>'


@pytest.mark.parametrize("name", ["my picture.png", "größe.png", "a&b.png", "100%.png"])
def test_a_picture_is_found_whatever_its_name(beside, name):
    (beside / name).write_bytes(PNG)
    warnings = []
    html = shown(f"![a back](<{name.replace('%', '%25')}>)", beside, warn=warnings.append)
    assert warnings == []
    assert BeautifulSoup(html, "html.parser").img["src"].startswith("data:image/png")


@pytest.mark.parametrize(
    "src",
    ["nothing.png", "../../../etc/passwd", "/etc/passwd", "x.html", ".", "x" * 5000 + ".png"],
)
def test_a_picture_that_is_not_there_is_said_in_its_place(beside, src):
    warnings = []
    html = shown(f"![a back]({src})", beside, warn=warnings.append)
    assert BeautifulSoup(html, "html.parser").img is None
    assert "a back" in html
    (warning,) = warnings
    assert src[:20] in warning


def test_nothing_outside_the_course_is_read(beside):
    (beside.parent.parent / "secret.png").write_bytes(PNG)
    (beside / "link.png").symlink_to(beside.parent.parent / "secret.png")
    for src in ("../../secret.png", "link.png", str(beside.parent.parent / "secret.png")):
        assert "data:" not in shown(f"![a back]({src})", beside)


def test_a_picture_too_big_for_a_page_is_left_out(beside):
    with (beside / "big.png").open("wb") as file:
        file.truncate(BIGGEST_PICTURE + 1)
    warnings = []
    assert "data:" not in shown("![a back](big.png)", beside, warn=warnings.append)
    assert len(warnings) == 1


def test_a_picture_from_another_host_becomes_a_link(beside):
    html = BeautifulSoup(shown("![a back](https://x.org/back.png)", beside), "html.parser")
    assert html.img is None
    assert (html.a["href"], html.a.get_text()) == ("https://x.org/back.png", "a back")


def test_an_attached_picture_is_put_in(beside):
    attachments = {"a.png": {"image/png": "aGVs\nbG8="}}
    html = shown("![a back](attachment:a.png)", beside, attachments)
    assert BeautifulSoup(html, "html.parser").img["src"] == "data:image/png;base64,aGVsbG8="


@pytest.mark.parametrize(
    "bundle",
    [
        {"text/html": "PHNjcmlwdD4="}, {"image/svg+xml": "<svg onload=alert(1)>"}, {"image/png": ["aGVs"]},
        {"image/png": '"><script>alert(1)</script>'}, {'image/png" onerror="alert(1)': "aGVsbG8="},
    ],
    ids=str,
)  # fmt: skip
def test_an_attachment_that_is_no_picture_is_left_out(beside, bundle):
    html = shown("![a back](attachment:a.png)", beside, {"a.png": bundle})
    assert dangers(html) == []
    assert BeautifulSoup(html, "html.parser").img is None
