"""YAML as the course's files have it: new entries in the house's form, and no byte of the old text changed."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from ..course import located_yaml

WIDTH = 120
# Some editors begin a file with it. PyYAML passes over it without counting it.
BOM = "\ufeff"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
# YAML 1.2 takes more spellings as numbers than PyYAML does.
_LIKE_A_NUMBER = re.compile(r"[-+.]?[0-9][0-9_.,:xoeE+-]*")


class NoSuchList(Exception):
    """A document has no list that an entry can be added to; says what to do."""


def mapping(fields: dict[str, Any], indent: int = 0) -> str:
    """Fields as lines of YAML, each beginning at column ``indent``."""
    return "\n".join(line for key, value in fields.items() for line in _field(key, value, indent)) + "\n"


def append(text: str, path: Sequence[str | int], value: Any) -> str:
    """A document with ``value`` as the last entry of its list at ``path``; every byte of ``text`` stands as it was.

    Only an empty ``[]`` gives way to the new entry.

    Args:
        text: a document that can be read.
        path: keys and indices that lead to a list.
        value: text, or fields as for ``mapping``.

    Raises:
        NoSuchList: where there is no such list, or one that takes no entry without a change to others.
    """
    if text.startswith(BOM):
        return BOM + append(text[1:], path, value)
    node = _list(text, path)
    newline = "\r\n" if "\r\n" in text else "\n"
    if not node.flow_style:
        made = _after_last_line(text, node, value, newline)
    elif node.value:
        end = node.value[-1].end_mark.index
        made = f"{text[:end]}, {_flow(value)}{text[end:]}"
    else:
        made = _instead_of_nothing(text, node, path, value, newline)
    _compare(text, made, path, value)
    return made


def insert(text: str, path: Sequence[str | int], after: str, value: str) -> str:
    """A document with ``value`` in its list at ``path``, right after the entry ``after``; else every byte as it was."""
    if text.startswith(BOM):
        return BOM + insert(text[1:], path, after, value)
    node = _list(text, path)
    index = [entry.value for entry in node.value].index(after) + 1
    if index == len(node.value):
        return append(text, path, value)
    end = node.value[index - 1].end_mark.index
    if node.flow_style:
        made = f"{text[:end]}, {_flow(value)}{text[end:]}"
    else:
        end = text.index("\n", end) + 1
        newline = "\r\n" if text[:end].endswith("\r\n") else "\n"
        made = text[:end] + _lines(_entry(value, node.start_mark.column), newline) + text[end:]
    _compare(text, made, path, value, index)
    return made


def _list(text: str, path: Sequence[str | int]) -> yaml.SequenceNode:
    """The list at ``path``, with where it begins and ends."""
    try:
        node = yaml.compose(text, Loader=_LOADER)
        for key in path:
            node = node.value[key] if isinstance(key, int) else {name.value: value for name, value in node.value}[key]
    except (yaml.YAMLError, AttributeError, LookupError, TypeError, ValueError):
        node = None
    if not isinstance(node, yaml.SequenceNode):
        raise NoSuchList("this file cannot be read as it stands; mend what 'secondsight check' says of it first")
    return node


def _after_last_line(text: str, node: yaml.Node, value: Any, newline: str) -> str:
    column = node.start_mark.column
    end = _end_of_list(text, node.end_mark.index, column)
    before, after = text[:end], text[end:]
    if not before.endswith("\n"):
        before += newline
    gap = newline if isinstance(value, dict) and not before.endswith(2 * newline) else ""
    return before + gap + _lines(_entry(value, column), newline) + after


def _end_of_list(text: str, end: int, column: int) -> int:
    """Where a list's last line ends: YAML counts blank lines and comments after it to the list as well."""
    if end < len(text):
        end = text.rfind("\n", 0, end) + 1
    while True:
        start = text.rfind("\n", 0, end - 1) + 1
        line = text[start:end].lstrip(" ")
        of_what_follows = line.startswith("#") and end - start - len(line) < column
        if line.strip() and not of_what_follows:
            return end
        end = start


def _instead_of_nothing(text: str, node: yaml.Node, path: Sequence[str | int], value: Any, newline: str) -> str:
    start, end = node.start_mark.index, node.end_mark.index
    line = text[text.rfind("\n", 0, start) + 1 : start]
    column = len(line) - len(line.lstrip(" -")) + 2
    rest_of_line, found, after = text[end:].partition("\n")
    head = text[:start].rstrip(" ") + rest_of_line.rstrip("\r") + newline
    return head + _lines(_entry(value, column), newline) + (after if found else "")


def _lines(lines: Iterator[str], newline: str) -> str:
    return "".join(line + newline for line in lines)


def _entry(value: Any, column: int) -> Iterator[str]:
    """An entry of a list whose dashes stand in ``column``."""
    if not isinstance(value, dict):
        yield from _text("- ", value, column)
        return
    first = True
    for key, inner in value.items():
        for line in _field(key, inner, column + 2):
            yield f"{' ' * column}- {line.lstrip(' ')}" if first else line
            first = False


def _field(key: str, value: Any, indent: int) -> Iterator[str]:
    space = " " * indent
    if isinstance(value, dict):
        flow = f"{space}{key}: {_flow(value)}"
        if len(flow) <= WIDTH and all(isinstance(inner, (bool, int, float, str)) for inner in value.values()):
            short = all(len(str(inner)) <= 40 for inner in value.values())
            if short:
                yield flow
                return
        yield f"{space}{key}:"
        for name, inner in value.items():
            yield from _field(name, inner, indent + 2)
    elif isinstance(value, (list, tuple)):
        flow = f"{space}{key}: {_flow(list(value))}"
        if all(isinstance(entry, str) and _ID.fullmatch(entry) for entry in value) and len(flow) <= WIDTH:
            yield flow
            return
        yield f"{space}{key}:"
        for entry in value:
            yield from _entry(entry, indent + 2)
    else:
        yield from _text(f"{key}: ", value, indent)


def _text(head: str, value: Any, indent: int) -> Iterator[str]:
    """A scalar on the line of its key; text that does not fit there is folded below."""
    space = " " * indent
    text = _scalar(value)
    line = f"{space}{head}{_plain(text) if isinstance(value, str) else text}"
    if "\n" not in text and len(line) <= WIDTH:
        yield line
        return
    yield f"{space}{head}>-"
    # Below a dash the text stands under the entry's first letter, below a key two further in.
    inner = " " * (indent + 2)
    for number, paragraph in enumerate(text.split("\n")):
        if number:
            yield ""
        yield from textwrap.wrap(
            paragraph,
            WIDTH,
            initial_indent=inner,
            subsequent_indent=inner,
            break_long_words=False,
            break_on_hyphens=False,
        )


def _scalar(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _plain(text: str) -> str:
    """Text without quotes where every reader of YAML takes it as that text, else in quotes."""
    return text if _is_itself(text, f"k: {text}", {"k": text}) else json.dumps(text, ensure_ascii=False)


def _flow(value: Any) -> str:
    """A value in brackets or braces, or a scalar that can stand within them."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if not isinstance(value, str):
        return _scalar(value)
    return value if _is_itself(value, f"[{value}]", [value]) else json.dumps(value, ensure_ascii=False)


def _is_itself(text: str, document: str, expected: Any) -> bool:
    if "\n" in text or _LIKE_A_NUMBER.fullmatch(text):
        return False
    try:
        return yaml.load(document, _LOADER) == expected and located_yaml.parse(document).value == expected
    except (yaml.YAMLError, located_yaml.YamlProblem, ValueError):
        return False


def _compare(before: str, after: str, path: Sequence[str | int], value: Any, index: int = -1) -> None:
    expected = located_yaml.parse(before).value
    into = expected
    for key in path:
        into = into[key]
    into.insert(len(into) if index < 0 else index, _as_read(value))
    try:
        same = located_yaml.parse(after).value == expected
    except located_yaml.YamlProblem:
        same = False
    if not same:
        where = ".".join(map(str, path))
        raise NoSuchList(
            f"the list '{where}' is laid out in a way that this command cannot add to; begin each of its entries on a "
            "line of its own with '- ', and try again"
        )


def _as_read(value: Any) -> Any:
    """A value as the reader gives it: every scalar is text."""
    if isinstance(value, dict):
        return {key: _as_read(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_as_read(inner) for inner in value]
    return _scalar(value)
