"""Leaving bytes out of HTML leaves the document as it is, for a parser that follows the HTML Standard."""

from __future__ import annotations

import re
from html import escape

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attacks import ATTACKS
from poison import poison
from secondsight.course import Course
from secondsight.export import page
from secondsight.export.lean import lean

# Where white space between elements, and before an end tag, is nothing that a reader sees.
BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p",
    "pre", "section", "summary", "table", "tbody", "td", "th", "tr", "ul",
}  # fmt: skip


def tree(html: str) -> list:
    """What a browser makes of the body: elements with their attributes, and text, but for unseen white space."""
    document = html5lib.parse(f"<!DOCTYPE html><title>x</title><body>{html}", namespaceHTMLElements=False)
    return _node(document.find("body"))


def _node(element) -> list:
    inner = [element.text or ""]
    for child in element:
        inner += [_node(child), child.tail or ""]
    if element.tag in BLOCKS and element.tag != "pre":
        last = len(inner) - 1
        for n, text in enumerate(inner):
            if isinstance(text, list):
                continue
            before_block = n == last or inner[n + 1][0] in BLOCKS
            after_block = n == 0 or inner[n - 1][0] in BLOCKS
            if before_block:
                text = text.rstrip()  # noqa: PLW2901
            inner[n] = text.lstrip() if after_block else text
    return [element.tag, sorted(element.attrib.items()), *(part for part in inner if part)]


def test_the_look_at_a_document_sees_what_differs():
    """All below rests on it: an element, an attribute or a word more, or in another place, is another document."""
    same = "<ul><li><p>one</p></li> <li>two</li></ul>"
    assert tree(same) == tree("<ul><li><p>one<li>two</ul>")
    for other in (
        "<ul><li><p>one</p></li><li>too</li></ul>",
        "<ul><li><p>one</p>two</li></ul>",
        '<ul><li><p class="a">one</p></li><li>two</li></ul>',
        "<ul><li><p>one two</p></li></ul>",
    ):
        assert tree(other) != tree(same), other
    assert tree("<p>a <b>b</b></p>") != tree("<p>a<b>b</b></p>")


@pytest.mark.parametrize(
    ("whole", "less"),
    [
        ("<ul><li>a</li><li>b</li></ul>", "<ul><li>a<li>b</ul>"),
        ("<dl><dt>a</dt><dd>b</dd><dt>c</dt><dd>d</dd></dl>", "<dl><dt>a<dd>b<dt>c<dd>d</dl>"),
        ("<div><p>a</p><p>b</p></div>", "<div><p>a<p>b</div>"),
        ('<p class="a" id="b c" title="">x</p>', '<p class=a id="b c" title="">x</p>'),
        ('<a href="#s1">x</a>', "<a href=#s1>x</a>"),
        ('<a href="a/b">x</a>', '<a href="a/b">x</a>'),
    ],
)
def test_what_may_be_left_out_is_left_out(whole, less):
    assert lean(whole) == less
    assert tree(less) == tree(whole)


@pytest.mark.parametrize(
    "html",
    [
        # What ends with what holds it, where that is no block: the standard keeps the tag.
        "<ss-quiz><p>a</p></ss-quiz><p>b</p>",
        "<ss-quiz><div><p>a</p></div></ss-quiz>b",
        "<p>a</p>b",
        "<p>a</p><span>b</span>",
        "<p>a</p><em>b</em><p>c</p>",
        "<dl><dt>a</dt><dd>b</dd></dl>c",
        "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>",
        "<ul><li><p>a</p>b</li></ul>",
        "<details><summary>a</summary><p>b</p></details><p>c</p>",
        "<p>a</p><!-- b --><p>c</p>",
        '<p title="a=b">x</p>',
        '<p title="a\'b">x</p>',
        '<p title="a&quot;b">x</p>',
        '<p title="a`b">x</p>',
        '<p title="a&lt;b&gt; c=&quot;d&quot;">x</p>',
        '<p title="a&amp;lt;b">x</p>',
        "<p>a class=&quot;b&quot;</p>",
        '<p>a &lt;b class="c"&gt;</p>',
        "<p>&lt;/li&gt;&lt;li&gt;</p>",
        '<img src="data:image/png;base64,aGVsbG8=" alt="x">',
    ],
)
def test_what_must_stay_stays(html):
    assert tree(lean(html)) == tree(html)


WORDS = st.text(" \tabz=\"'<>&/`;éå“”#-", max_size=12) | st.sampled_from(ATTACKS)
NAMES = st.sampled_from(["class", "id", "title", "data-item", "href", "aria-label"])
ATTRIBUTES = st.dictionaries(NAMES, WORDS, max_size=3)
# What stands in what: only what the standard lets stand there, as what is printed here does.
INLINE = ("span", "em", "strong", "b")
FLOW = (
    "p", "h3", "div", "section", "article", "details", "ss-quiz", "ss-due", "ul", "ol", "dl", "table", "blockquote",
    "pre", "span", "hr", "svg",
)  # fmt: skip


def _tag(name: str, attributes: dict[str, str], inner: str) -> str:
    given = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{given}>" if name == "hr" else f"<{name}{given}>{inner}</{name}>"


def _phrases(draw) -> str:
    parts = [escape(draw(WORDS))]
    if draw(st.booleans()):
        parts += [_tag(draw(st.sampled_from(INLINE)), draw(ATTRIBUTES), escape(draw(WORDS))), escape(draw(WORDS))]
    return "".join(parts)


def _flow(draw, depth: int) -> str:
    between = draw(st.sampled_from(["", "\n", "  "]))
    parts = [escape(draw(WORDS)) if draw(st.booleans()) else "" for _ in range(1)]
    for _ in range(draw(st.integers(0, 3 if depth else 0))):
        name, attributes = draw(st.sampled_from(FLOW)), draw(ATTRIBUTES)
        match name:
            case "ul" | "ol":
                count = draw(st.integers(0, 3))
                inner = between.join(_tag("li", draw(ATTRIBUTES), _flow(draw, depth - 1)) for _ in range(count))
            case "dl":
                count = draw(st.integers(0, 2))
                inner = between.join(
                    _tag("dt", {}, _phrases(draw)) + between + _tag("dd", {}, _flow(draw, depth - 1))
                    for _ in range(count)
                )
            case "table":
                cells = between.join(_tag("td", {}, _flow(draw, depth - 1)) for _ in range(2))
                inner = f"<tbody><tr>{cells}</tr></tbody>"
            case "details":
                inner = f"<summary>{_phrases(draw)}</summary>{between}{_flow(draw, depth - 1)}"
            case "svg":
                inner = "<title>a</title><g><path d='M0 0'></path><text>b</text></g>".replace("'", '"')
            case "p" | "h3" | "pre" | "span":
                inner = _phrases(draw)
                # The parser drops a first line end of a <pre>, whoever wrote it.
                inner = inner.lstrip() if name == "pre" else inner
            case _:
                inner = _flow(draw, depth - 1)
        parts.append(_tag(name, attributes, inner))
        parts.append(draw(st.sampled_from([between, between, escape(draw(WORDS))])))
    return "".join(parts)


@st.composite
def documents(draw) -> str:
    return _flow(draw, 3)


@given(documents())
def test_any_document_stays_the_same_in_no_more_bytes(html):
    assert tree(lean(html)) == tree(html)
    assert len(lean(html)) <= len(html)


@given(documents())
def test_what_is_lean_is_left_alone(html):
    assert lean(lean(html)) == lean(html)


def bodies(course: Course) -> dict[str, str]:
    return {
        id: page.body(course, notebook, course.root / "notebooks").html for id, notebook in course.notebooks.items()
    }


# Drawings are looked at in a test of their own.
_DRAWING = re.compile(r"<svg.*?</svg>", re.S)


def without_drawings(html: str) -> str:
    return _DRAWING.sub("<svg></svg>", html)


def test_every_page_of_the_course_stays_the_same_and_gets_lighter(real):
    made = bodies(real)
    assert len(made) >= 29
    for id, html in made.items():
        text = without_drawings(html)
        assert tree(lean(text)) == tree(text), id
        assert len(lean(html)) < len(html), id
    # It is worth its while.
    assert sum(len(lean(html)) for html in made.values()) < 0.97 * sum(map(len, made.values()))


def drawings(course: Course) -> list[str]:
    return [svg for html in bodies(course).values() for svg in _DRAWING.findall(html)]


def test_a_course_of_attacks_stays_the_same(small_read, attack):
    for id, html in bodies(poison(small_read, attack)).items():
        text = without_drawings(html)
        assert tree(lean(text)) == tree(text), id


@pytest.mark.parametrize("tag", ['<rect x="1" rx="14"/>', '<use href="#a" y="98"/>', '<line class="a"/>'])
def test_a_slash_that_ends_a_tag_does_not_become_part_of_its_last_value(tag):
    assert tree(f"<svg>{lean(tag)}</svg>") == tree(f"<svg>{tag}</svg>")


@pytest.mark.parametrize(
    "html",
    [
        '<svg viewBox="0 0 9 9"><rect width="9" height="8"/><path d="M0 0"/></svg>',
        '<svg><g class="a"><use href="#b"/><use href="#c" /></g><text>d</text></svg>',
        '<p><img src="x.png" alt="y"/></p>',
    ],
)
def test_an_element_that_ends_with_a_slash_stays_closed(html):
    assert tree(lean(html)) == tree(html)


def test_every_drawing_of_the_course_stays_the_same(real):
    made = drawings(real)
    assert len(made) > 15
    for svg in made:
        assert tree(lean(svg)) == tree(svg)
