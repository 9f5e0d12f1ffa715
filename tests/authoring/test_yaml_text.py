"""YAML that an author's words become: the words come back as they were typed, and nothing that was there moves."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsight.authoring.conversation import NotThat, tidy
from secondsight.authoring.yaml_text import WIDTH, NoSuchList, append, insert, mapping
from secondsight.course.located_yaml import parse

AWKWARD = [
    "sudden: ring 999",
    "# not a comment",
    "an ache # that lasts",
    "'quoted' and \"quoted\"",
    "“curly” – dashes",
    "- a dash",
    "[brackets] and {braces}",
    "ends in a colon:",
    "no",
    "null",
    "~",
    "1999",
    "1e3",
    "0o17",
    "2026-11-28",
    "12:30",
    "@home",
    "`code`",
    "%percent",
    "* star",
    "& ampersand",
    "!tag",
    "| pipe",
    "> greater",
    "? question",
    "😀 emoji 🩺",
    "café naïve",
    "back\\slash",
    "a word " * 60,
    "an-unbroken-word-of-some-length" * 10,
    "a paragraph\nand another\nand a third",
    "long paragraph " * 20 + "\n# " + "another " * 30,
    "---",
    "...",
    "=",
    "<<",
    "ends with a space after a \\ ",
]
# As a file of the course has them: comments, quotes, odd spaces, an entry after the list.
OLD = """\
head: x   # kept

items:   # of these
  - id: first
    stem: >-
      Folded
      # no comment
    options:
    - {text: a, feedback: b}

# about what follows
tail:
  - last
"""


@pytest.mark.parametrize("text", AWKWARD, ids=lambda text: ascii(text[:25]))
def test_awkward_text_comes_back_as_it_was_typed_and_is_text_to_every_reader(text):
    text = tidy(text)
    entry = {"id": "second", "stem": text, "hints": [text, "short"], "options": [{"text": text, "correct": True}]}
    made = append(OLD, ("items",), entry)
    read = parse(made).value["items"][-1]
    assert (read["stem"], read["hints"][0], read["options"][0]["text"]) == (text, text, text)
    seen_by_an_editor = yaml.safe_load(made)["items"][-1]
    assert seen_by_an_editor["stem"] == text
    assert seen_by_an_editor["options"][0]["correct"] is True


@pytest.mark.parametrize("text", ["1e3", "0o17", "0x1F", "-4", "+12", "1_000", "3.", "12:30"])
def test_what_some_editor_takes_for_a_number_is_quoted(text):
    """YAML 1.2, which editors read, has more forms of numbers than YAML 1.1."""
    assert mapping({"stem": text}) == f'stem: "{text}"\n'


@settings(max_examples=60)
@given(st.text(max_size=300), st.text(min_size=1, max_size=40))
def test_whatever_is_typed_comes_back_or_is_refused_before_it_is_written(text, other):
    try:
        text, other = tidy(text), tidy(other)
    except NotThat:
        return
    entry = {"stem": text or "-", "who": {"ethnicity": other or "-"}, "hints": [other or "-"]}
    made = append(OLD, ("items",), entry)
    assert parse(made).value["items"][-1] == entry
    assert yaml.safe_load(made)["items"][-1] == entry


FILES = {
    "as it is usual": OLD,
    "without a final newline": "items:\n  - id: first",
    "with dashes under the key": "items:\n- id: first\n\n\n",
    "with a comment at the end": "items:\n  - id: first\n    # of the list\n# of the file\n",
    "from Windows": OLD.replace("\n", "\r\n"),
    "from Windows, without a final newline": "items:\r\n  - id: first",
    "in brackets": "items: [{id: first}]  # short\ntail: x\n",
    "with a byte order mark": "\ufeffitems:\n  - id: first\ntail: x\n",
    "with odd line ends inside": 'items:\n  - id: first\n    stem: "a\u2028b"\n  - id: emoji😀\ntail: x\n',
    "deep in another list": "tail: x\nitems:\n    -   id: first\n        stem: x # y\n",
}


@pytest.mark.parametrize("old", FILES.values(), ids=FILES)
def test_no_byte_of_a_file_changes_when_something_is_added_to_it(old):
    made = append(old, ("items",), {"id": "new", "stem": "A word: " * 40 + "end"})
    start = next(index for index in range(len(made) + 1) if index == len(old) or made[index] != old[index])
    rest = old[start:]
    assert made.startswith(old[:start])
    assert made.endswith(rest)
    assert parse(made).value["items"][:-1] == parse(old).value["items"]
    assert parse(made).value["items"][-1]["id"] == "new"
    if "\r\n" in old:
        assert made.count("\n") == made.count("\r\n")


def test_an_entry_stands_in_its_list_and_not_after_the_comment_of_what_follows():
    made = append(OLD, ("items",), {"id": "second"})
    assert "    - {text: a, feedback: b}\n\n  - id: second\n\n# about what follows\ntail:\n" in made
    made = append("items:\n  - id: first\n    # of the list\n\n# of the file\n", ("items",), {"id": "second"})
    assert made == "items:\n  - id: first\n    # of the list\n\n  - id: second\n\n# of the file\n"


def test_an_empty_list_gives_way_to_its_first_entry():
    assert append("a: []\n", ("a",), {"id": "x"}) == "a:\n  - id: x\n"
    assert append("a: []  # none yet\nb: c", ("a",), {"id": "x"}) == "a:  # none yet\n  - id: x\nb: c"
    assert append("a:\n  - b: []\n    c: d\n", ("a", 0, "b"), "x") == "a:\n  - b:\n      - x\n    c: d\n"
    assert append("a: []", ("a",), "x") == "a:\n  - x\n"


def test_an_entry_is_put_after_another_one():
    assert insert("a: [b, c]  # d\n", ("a",), "b", "x") == "a: [b, x, c]  # d\n"
    assert insert("a:\n  - b # first\n  - c\n", ("a",), "b", "x") == "a:\n  - b # first\n  - x\n  - c\n"
    assert insert("a:\n  - b\n  - c\n\nd: e\n", ("a",), "c", "x") == "a:\n  - b\n  - c\n  - x\n\nd: e\n"
    assert insert("a:\r\n- b\r\n- c\r\n", ("a",), "b", "x") == "a:\r\n- b\r\n- x\r\n- c\r\n"


def test_long_text_is_folded_as_the_course_has_it():
    made = mapping({"stem": "word " * 60, "facts": ["a-b", "c"], "hints": ["See."], "who": {"age": 7, "sex": "man"}}, 8)
    lines = made.splitlines()
    assert lines[0] == "        stem: >-"
    assert lines[1].startswith("          word")
    assert max(map(len, lines)) <= WIDTH
    assert lines[-4:] == [
        "        facts: [a-b, c]",
        "        hints:",
        "          - See.",
        "        who: {age: 7, sex: man}",
    ]


@pytest.mark.parametrize("text", ["", "items: x", "items: [", "other: []", "items: {a: b}", "- a", "\x07"])
def test_where_there_is_no_list_it_says_so(text):
    with pytest.raises(NoSuchList, match="cannot be read as it stands; mend what 'secondsight check' says of it first"):
        append(text, ("items",), {"id": "x"})


def test_a_layout_that_takes_no_entry_is_refused_rather_than_broken():
    with pytest.raises(NoSuchList, match="the list 'items' is laid out in a way that this command cannot add to"):
        append("items:\n  - keeps: |+\n      its empty lines\n\n\ntail: x\n", ("items",), {"id": "x"})
