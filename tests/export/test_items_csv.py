"""Every item as a row of a table, read back by Python, by polars and by DuckDB."""

import csv
import io
from datetime import date

import duckdb
import polars
import pytest

from secondsight.course import load_course
from secondsight.course.items import Choice, Hotspot
from secondsight.export import items_csv
from secondsight.export.edition import Edition
from secondsight.export.handover import hand_over

# How a cell begins that Excel, LibreOffice or Google Sheets runs: https://owasp.org/www-community/attacks/CSV_Injection
RUNS = "=+-@\t\r"


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline=""), strict=True))


@pytest.fixture(scope="module")
def real_data(real) -> bytes:
    return items_csv.make(real, Edition()).data


def test_every_item_is_a_row_in_the_order_it_is_asked(real, real_data):
    asked = [(lesson, item.id, item.version) for lesson, items in real.items_by_lesson.items() for item in items]
    assert len(asked) > 200
    assert [(row["lesson"], row["item"], row["version"]) for row in rows(real_data)] == asked


def test_a_row_holds_all_that_is_known_of_an_item(small_read):
    row = next(row for row in rows(items_csv.make(small_read, Edition()).data) if row["item"] == "which-ache")
    assert row == {
        "lesson": "first",
        "lesson_title": "First",
        "item": "which-ache",
        "version": small_read.items["which-ache"].version,
        "kind": "choice",
        "answers": "one",
        "objective": "first-know",
        "objective_says": small_read.lessons["first"].objectives[0].says,
        "site": "",
        "stem": "Which ache is talked about?",
        "text": "",
        "picture": "",
        "options": "Choose one.\na. One that eased yesterday\nb. One that lasts",
        "key": "b. One that lasts",
        "feedback": "a. Most aches pass.\nb. Right. It has lasted.",
        "afterwards": "",
        "hints": "1. Think of time.\n2. Think of weeks.",
        "facts": "ache-lasts: An ache that lasts is talked about.\nache-passes: Most aches pass.",
        "sources": (
            "ward-book: Ward book 2025: The ward book. A hospital, 2025. https://example.org/ward-book "
            "Read: whole text.\nold-letter: Old letter: A letter without an address. A clinic, 1999. "
            "Not read at first hand: quoted by the ward book."
        ),
        "reviewed_on": "2026-01-10",
        "review_by": "2027-01-10",
        "reviewed_by": "nobody yet",
    }


def test_each_kind_tells_its_key(small_read):
    by_item = {row["item"]: row for row in rows(items_csv.make(small_read, Edition()).data)}
    assert by_item["which-aches"]["key"] == "a. A strain\nb. A bruise"
    assert by_item["mark-call"]["key"] == "b. My legs give way"
    assert by_item["slip-call"]["key"] == ("The slip: b. He booked a talk for Monday.\nSafer: b. Ring the helpline now")
    assert by_item["v-may"]["key"] == "b. Act within days"
    assert by_item["stiff-back"]["key"] == "a. Act now"
    assert by_item["write-why"]["key"] == "Most aches pass, and I say when to come back."
    assert by_item["find-back"]["picture"] == "back"
    assert [line.split(". ")[1].split(" (")[0] for line in by_item["order-call"]["key"].split("\n")] == [
        "Hear what the person says",
        "Ask about walking",
        "Write down who was told",
    ]
    assert sorted(line[3:] for line in by_item["sort-aches"]["key"].split("\n")) == [
        "An ache after digging → It passes",
        "An ache since May → It is talked about",
        "An ache that eases → It passes",
    ]


def test_a_case_is_told_on_the_way_that_meets_what_matters(small_read):
    row = next(row for row in rows(items_csv.make(small_read, Edition()).data) if row["item"] == "stiff-back")
    assert row["text"].split("\n") == [
        "Well so far.",
        "Ann rings the ward.",
        "“My back is stiff.”",
        "You ask: Since when? “Since May.”",
        "You ask: And your legs? “They give way.”",
        "You ask: Any plans? “A walk.”",
        "What you do: Ask her to stand up",
        "She holds on to the wall.",
    ]


def test_a_longer_way_is_told_where_only_that_meets_what_matters(small):
    small.edit("exercises/cases/third.yaml", "minutes: 4", "minutes: 9")
    small.edit(
        "exercises/cases/third.yaml",
        "says: She rings again, from the floor.",
        "says: She rings again, from the floor.\n"
        "        asks: [{text: Can you get up?, minutes: 2, answer: No., key: true, why: It decides.}]",
    )
    row = next(
        row for row in rows(items_csv.make(load_course(small.root), Edition()).data) if row["item"] == "stiff-back"
    )
    assert row["text"].split("\n")[-5:] == [
        "You ask: Any plans? “A walk.”",
        "What you do: Wish her well",
        "She rings again, from the floor.",
        "You ask: Can you get up? No.",
        "She holds on to the wall.",
    ]


def test_a_row_has_the_review_of_its_own_file(small):
    small.edit("exercises/questions/second.yaml", "reviewed_on: 2026-01-10", "reviewed_on: 2026-04-01")
    small.edit("exercises/questions/second.yaml", "reviewed_by: nobody yet", "reviewed_by: somebody")
    by_item = {row["item"]: row for row in rows(items_csv.make(load_course(small.root), Edition()).data)}
    assert (by_item["legs-when"]["reviewed_on"], by_item["legs-when"]["reviewed_by"]) == ("2026-04-01", "somebody")
    assert (by_item["which-ache"]["reviewed_on"], by_item["which-ache"]["reviewed_by"]) == ("2026-01-10", "nobody yet")


def test_polars_and_duckdb_read_the_same_table(real_data, tmp_path):
    file = tmp_path / "items.csv"
    file.write_bytes(real_data)
    mine = rows(real_data)
    table = polars.read_csv(file, try_parse_dates=True, infer_schema_length=None)
    assert table.columns == list(items_csv.FIELDS)
    assert table.height == len(mine)
    assert table["stem"].to_list() == [row["stem"] for row in mine]
    assert table["reviewed_on"].to_list() == [date.fromisoformat(row["reviewed_on"]) for row in mine]
    read = duckdb.sql(f"select item, options, sources from read_csv('{file}', all_varchar = true)").fetchall()
    assert read == [(row["item"], row["options"] or None, row["sources"]) for row in mine]


def test_no_cell_of_the_real_course_runs_in_a_spreadsheet(real_data):
    cells = [cell for row in rows(real_data) for cell in row.values() if cell]
    assert len(cells) > 3000
    assert [cell for cell in cells if cell[0] in RUNS] == []


HARD = {
    "formula": '=HYPERLINK("https://example.org","press")',
    "plus": "+44 20 7946 0000",
    "apostrophe": "'tis so",
    "table": 'one,two;"three"\r\nfour\nfive',
    "markup": "<b>3 < 4 & 5</b> ]]>",
    "signs": "😀 𝒳 عربي",
    "long": "word " * 799 + "end",
}


@pytest.mark.parametrize("text", HARD.values(), ids=HARD)
def test_hard_texts_come_through_and_none_is_run(small, text):
    yaml = "".join(f"\\U{ord(sign):08x}" for sign in text)
    small.edit("exercises/questions/first.yaml", "stem: Which ache is talked about?", f'stem: "{yaml}\\0\\a"')
    by_item = {row["item"]: row for row in rows(items_csv.make(load_course(small.root), Edition()).data)}
    stem = by_item["which-ache"]["stem"]
    assert stem[0] not in RUNS
    assert stem.removeprefix("'" if text[0] in f"{RUNS}'" else "") == text


def test_it_is_utf_8_with_the_line_ends_of_rfc_4180(real_data):
    head, *_, last = real_data.decode().split("\r\n")
    assert head == ",".join(items_csv.FIELDS)
    assert last == ""


def test_the_same_course_gives_the_same_bytes(small, tmp_path):
    one, other = (hand_over(small.root, "csv", tmp_path / name, Edition()).out for name in ("one", "other"))
    assert one.read_bytes() == other.read_bytes()


def test_every_option_and_its_reason_is_there(real, real_data):
    by_item = {row["item"]: row for row in rows(real_data)}
    seen = 0
    for item in real.items.values():
        if isinstance(item, (Choice, Hotspot)):
            for option in item.options if isinstance(item, Choice) else item.places:
                assert option.text in by_item[item.id]["options"]
                assert option.feedback in by_item[item.id]["feedback"]
                seen += 1
    assert seen > 300
