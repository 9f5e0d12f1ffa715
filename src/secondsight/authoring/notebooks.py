"""Notebooks of new lessons, and new cells in those that are there. Nothing is run."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..course.notebook import calls_in
from .ids import numbered

# nbformat takes no longer id of a cell.
LONGEST_ID = 64
TEMPLATE = Path(__file__).parent / "templates" / "lesson.ipynb"


def from_template(
    lesson: str, title: str, opening: str, notice: str, facts: Sequence[str], without: Sequence[str] = ()
) -> str:
    """A lesson's notebook from the template, with its title cell, its start and the notice of the course.

    Args:
        lesson: the lesson's id; with it the ids of all cells begin.
        opening: Markdown, the first words after the title.
        facts: ids of the key points.
        without: names of cells to leave out, such as ``after``, each with the text above it.
    """
    raw = json.loads(TEMPLATE.read_text(encoding="utf-8"))
    named = ", ".join(f'"{fact}"' for fact in facts)
    words = {"{lesson}": lesson, "{title}": title, "{opening}": opening, "{notice}": notice, "{facts}": named}
    left_out = {f"{name}{part}" for name in without for part in ("", "-text")}
    raw["cells"] = [cell for cell in raw["cells"] if cell["id"] not in left_out]
    for cell in raw["cells"]:
        cell["id"] = f"{lesson[: LONGEST_ID - len(cell['id']) - 1]}-{cell['id']}"
        cell["source"] = _filled("".join(cell["source"]), words).splitlines(keepends=True)
    return saved(raw)


def _filled(text: str, words: dict[str, str]) -> str:
    """The template's places, each filled once: what an author writes is not looked at for further places."""
    for place, word in words.items():
        before, found, after = text.partition(place)
        if found:
            return _filled(before, words) + word + _filled(after, words)
    return text


def saved(raw: dict[str, Any]) -> str:
    """A notebook's JSON as JupyterLab saves it."""
    return json.dumps(raw, indent=1, ensure_ascii=False) + "\n"


def point_cells(text: str) -> dict[str, str]:
    """The cells that show key points, by id, each with the heading it stands under."""
    found, heading = {}, ""
    for cell in json.loads(text)["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            heading = next((line.lstrip("# ") for line in source.split("\n") if line.startswith("#")), heading)
        elif [call.verb for call in calls_in(source)] == ["key_points"]:
            found[cell.get("id", "")] = heading
    return found


def with_fact(text: str, cell_id: str, fact: str) -> str:
    """A notebook that shows one more fact in a cell of key points."""
    raw = json.loads(text)
    cell = next(cell for cell in raw["cells"] if cell.get("id") == cell_id)
    facts = [argument for call in calls_in("".join(cell["source"])) for argument in call.arguments]
    cell["source"] = [f"ss.key_points({', '.join(json.dumps(one) for one in [*facts, fact])})"]
    return saved(raw)


def with_cell(text: str, heading: str, id: str, call: str) -> str:
    """A notebook with a heading and a cell of one line after the last cell that asks something, else at the end."""
    raw = json.loads(text)
    cells = raw["cells"]
    asking = [
        number
        for number, cell in enumerate(cells, start=1)
        if any(one.verb in ("quiz", "case", "clinic") for one in calls_in("".join(cell["source"])))
    ]
    at = asking[-1] if asking and cells else len(cells)
    # Room for the text's id, which is longer.
    id = numbered(id[: LONGEST_ID - len("-text")], {cell.get("id") for cell in cells})
    made = [{"cell_type": "markdown", "id": f"{id}-text", "metadata": {}, "source": [f"## {heading}"]}] * bool(heading)
    made.append(
        {
            "cell_type": "code",
            "execution_count": None,
            "id": id,
            "metadata": {"jupyter": {"source_hidden": True}},
            "outputs": [],
            "source": [call],
        }
    )
    cells[at:at] = made
    return saved(raw)
