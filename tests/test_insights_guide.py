"""The educators' guide to a class's report: every column is in it, as the tables have it."""

from __future__ import annotations

import re

from conftest import ROOT
from secondsight.insights.columns import TABLES

GUIDE = (ROOT / "docs" / "insights.md").read_text(encoding="utf-8")


def test_the_guide_has_every_table_with_every_column_in_its_order():
    found = re.findall(r"^### Table `(\w+)`\n\n\| column .*\n\|-.*\n((?:\|.*\n)+)", GUIDE, re.M)
    assert [name for name, _ in found] == [*TABLES]
    for name, rows in found:
        cells = [tuple(cell.strip() for cell in row.strip("|").split(" | ")) for row in rows.splitlines()]
        wanted = [(f"`{each.name}`", each.dtype.replace("|", ", "), each.says) for each in TABLES[name]]
        assert cells == wanted, name
    assert set(re.findall(r"^\| \[`(\w+)`\]\(#table-\w+\)", GUIDE, re.M)) == {*TABLES}


def test_its_links_within_lead_to_headings():
    heads = re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", GUIDE, flags=re.S), re.M)
    anchors = {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}
    links = re.findall(r"\]\(#([^)]+)\)", GUIDE)
    assert len(links) > 20
    assert {*links} <= anchors


def test_each_number_of_a_source_is_one():
    figures, _, sources = GUIDE.partition("### Sources")
    numbers = {int(number) for group in re.findall(r"\[(\d+(?:, ?\d+)*)\]", figures) for number in group.split(",")}
    assert numbers == {int(number) for number in re.findall(r"^(\d+)\. ", sources, re.M)}
