"""YAML text to plain values, with the line of each.

Only what course files need is let in: mappings, lists and text. Every scalar stays text (``no``
is a word, not a falsehood); the model turns text into numbers, dates and truth values. Anchors
and aliases are refused, which also makes alias bombs harmless.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

Path = tuple[str | int, ...]

DEEPEST = 20
TOO_DEEP = f"this is nested more than {DEEPEST} deep; check the brackets and the indentation"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlProblem(Exception):
    """What is wrong with the text, and on which line (counted from 1)."""

    def __init__(self, line: int, says: str):
        self.line = line
        self.says = says
        super().__init__(f"{line}: {says}")


@dataclass
class Located:
    """The values of a document, and for each path into them the line it starts on."""

    value: Any
    lines: dict[Path, int] = field(default_factory=dict)

    def line(self, path: Path) -> int:
        """The line of the deepest part of ``path`` that the document has."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.lines:
                return self.lines[path[:end]]
        return 1


def parse(text: str) -> Located:
    """Read one YAML document.

    Raises:
        YamlProblem: on a syntax error, an anchor or alias, a tag, a key given twice or nesting
            deeper than ``DEEPEST``.
    """
    out = Located(None)
    try:
        events = yaml.parse(text, Loader=_LOADER)
        for event in events:
            if isinstance(event, (yaml.StreamStartEvent, yaml.DocumentStartEvent)):
                continue
            if isinstance(event, yaml.StreamEndEvent):
                break
            out.value = _node(event, events, (), out.lines)
            _ends(events)
            break
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = " ".join(part for part in (error.context, error.problem) if part)
        if "nesting depth" in what:
            # libyaml has a limit of its own, which it may reach first.
            raise YamlProblem(mark.line + 1 if mark else 1, TOO_DEEP) from None
        raise YamlProblem(
            (mark.line + 1) if mark else 1,
            f"this is not valid YAML ({what}); check the indentation, and put text that holds ': ' in quotes",
        ) from None
    except yaml.YAMLError as error:
        line = text.encode()[: getattr(error, "position", 0) or 0].count(b"\n") + 1
        raise YamlProblem(line, "a character here cannot stand in YAML; remove it") from None
    return out


def _ends(events: Any) -> None:
    for event in events:
        if not isinstance(event, (yaml.DocumentEndEvent, yaml.StreamEndEvent)):
            line = event.start_mark.line + 1
            raise YamlProblem(line, "a second document begins here; a file holds one, so take the '---' out")


def _node(event: yaml.Event, events: Any, path: Path, lines: dict[Path, int]) -> Any:
    line = event.start_mark.line + 1
    lines[path] = line
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise YamlProblem(line, "anchors (&) and aliases (*) are not used here; write the text out")
    if getattr(event, "tag", None):
        raise YamlProblem(line, f"the tag '{event.tag}' is not used here; write plain text")
    if len(path) > DEEPEST:
        raise YamlProblem(line, TOO_DEEP)
    if isinstance(event, yaml.ScalarEvent):
        return event.value
    if isinstance(event, yaml.SequenceStartEvent):
        items: list[Any] = []
        while not isinstance(entry := next(events), yaml.SequenceEndEvent):
            items.append(_node(entry, events, (*path, len(items)), lines))
        return items
    mapping: dict[str, Any] = {}
    while not isinstance(key := next(events), yaml.MappingEndEvent):
        key_line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarEvent) or key.anchor:
            raise YamlProblem(key_line, "a field's name must be a plain word")
        if key.value in mapping:
            raise YamlProblem(key_line, f"the field '{key.value}' is given twice; keep one")
        mapping[key.value] = _node(next(events), events, (*path, key.value), lines)
        lines[(*path, key.value)] = key_line
    return mapping
