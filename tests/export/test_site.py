"""The whole course as pages: whole or not at all, and the same from the same."""

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from attacks import dangers
from secondsight.course.part import Level
from secondsight.export import site

ROOT = Path(__file__).parents[2]
PAGES = [
    "00-first.html", "01-second.html", "02-third.html", "03-fourth.html", "04-again.html", "05-finish.html",
    "06-standing.html", "07-certificate.html", "index.html", "manifest.json",
]  # fmt: skip
FACTS = "content/facts/aches.yaml"


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes; what is hidden too."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def out(tmp_path) -> Path:
    return tmp_path / "made" / "site"


def test_a_site_has_its_index_and_every_lesson(small, out):
    made = site.export(small.root, out)
    assert (made.first, made.pages, made.warnings, made.fresh) == (out / "index.html", 9, [], True)
    assert sorted(files(out)) == PAGES
    assert os.listdir(out.parent) == ["site"]


def test_a_single_file_has_every_lesson_and_no_id_twice(small, out):
    made = site.export(small.root, out, single_file=True)
    assert (made.first, made.pages) == (out / "small.html", 1)
    soup = BeautifulSoup(made.first.read_text(encoding="utf-8"), "html.parser")
    assert [quiz["data-quiz"] for quiz in soup.find_all("ss-quiz")] == [
        "first-before", "second-before", "third-kinds", "stiff-back",
    ]  # fmt: skip
    assert [clinic["data-clinic"] for clinic in soup.find_all("ss-clinic")] == ["small-clinic"]
    assert [a["href"] for a in soup.find("ss-body-map").find_all("a")] == ["#01-second"]
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert sorted(ids) == sorted(set(ids))
    links = [a["href"] for a in soup.find_all("a") if a["href"].startswith("#")]
    assert {"#00-first", "#01-second", "#02-third", "#03-fourth", "#contents"} <= set(links)
    assert {link.removeprefix("#") for link in links} <= set(ids)


@pytest.mark.parametrize("single_file", [False, True])
def test_the_index_groups_what_there_is_into_lessons_practice_and_what_to_keep_at_hand(small, out, single_file):
    first = site.export(small.root, out, single_file=single_file).first
    soup = BeautifulSoup(first.read_text(encoding="utf-8"), "html.parser")
    link = "#{}" if single_file else "{}.html"
    groups = [
        (head.get_text(), [a["href"] for a in head.find_next_sibling("ol").select("li a")])
        for head in soup.main.find_all("h2")
        if head.find_next_sibling("ol", class_="lessons") and not head.get("id")
    ]
    assert groups == [
        ("Lessons", [link.format("00-first"), link.format("01-second")]),
        ("Practice", [link.format("02-third")]),
        ("At hand", [link.format("03-fourth")]),
        ("Your own record", [link.format(name) for name in ("04-again", "05-finish", "06-standing", "07-certificate")]),
    ]


def test_a_group_that_nothing_belongs_to_is_not_headed(small, out):
    small.edit("content/lessons/third.yaml", "kind: practice\n", "")
    soup = BeautifulSoup(site.export(small.root, out).first.read_text(encoding="utf-8"), "html.parser")
    assert [head.get_text() for head in soup.main.find_all("h2")] == [
        "Due today", "Lessons", "At hand", "Your own record",
    ]  # fmt: skip


def test_a_single_file_brings_each_script_once(small, out):
    html = site.export(small.root, out, single_file=True).first.read_text(encoding="utf-8")
    scripts = [script.string for script in BeautifulSoup(html, "html.parser").find_all("script")]
    # The page's own, cards, and one for each of eight kinds, the clinic, the body map, what is due and the four parts
    # that look at the whole course; and the plan.
    assert len(scripts) == len(set(scripts)) == 18


@pytest.mark.parametrize("single_file", [False, True])
def test_the_same_course_gives_the_same_bytes(small, tmp_path, single_file):
    for name in ("one", "two"):
        site.export(small.root, tmp_path / name, single_file=single_file)
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_the_real_course_gives_the_same_bytes_in_every_process(tmp_path):
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "secondsight.cli", "export", "--single-file", "--course", ROOT]
        done = subprocess.run(
            [*command, "--out", tmp_path / seed],
            check=False,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
    assert files(tmp_path / "1") == files(tmp_path / "2")


def test_a_second_run_rewrites_nothing(small, out):
    site.export(small.root, out)
    before = {path: path.stat().st_mtime_ns for path in [out, *out.iterdir()]}
    made = site.export(small.root, out)
    assert (made.fresh, made.pages, made.first) == (False, 9, out / "index.html")
    assert {path: path.stat().st_mtime_ns for path in [out, *out.iterdir()]} == before


def test_warnings_are_said_again_when_nothing_is_made(small, out):
    small.add_cell("00-first.ipynb", "markdown", "more", "![a back](https://example.org/back.png)")
    assert len(site.export(small.root, out).warnings) == 1
    again = site.export(small.root, out)
    assert (again.fresh, len(again.warnings)) == (False, 1)


@pytest.mark.parametrize("name", PAGES)
def test_a_changed_or_removed_output_is_made_again(small, out, name):
    site.export(small.root, out)
    whole = files(out)
    (out / name).write_bytes(b"{}" if name == "manifest.json" else b"changed")
    if name == "manifest.json":
        # Without its manifest a folder is somebody else's.
        with pytest.raises(site.ExportError):
            site.export(small.root, out)
        return
    assert site.export(small.root, out).fresh
    assert files(out) == whole
    (out / name).unlink()
    assert site.export(small.root, out).fresh
    assert files(out) == whole


def picture(small) -> None:
    small.write("notebooks/back.png", b"\x89PNG one")
    small.add_cell("00-first.ipynb", "markdown", "more", "![a back](back.png)")


CHANGES = {
    "a fact": lambda small: small.edit(FACTS, "Most aches pass.", "Many aches pass."),
    "a case": lambda small: small.edit("exercises/cases/third.yaml", "Legs decide.", "Legs tell."),
    "a vignette": lambda small: small.edit("exercises/vignettes/third.yaml", "since noon", "since dawn"),
    "a clinic": lambda small: small.edit("exercises/clinics/small-clinic.yaml", "one by one", "in turn"),
    "a place on the body": lambda small: small.edit("content/sites/back.yaml", "The ribs", "The rib cage"),
    "a question": lambda small: small.edit("exercises/questions/first.yaml", "Which ache is", "Which pain is"),
    "a picture of the course": lambda small: small.edit("content/pictures/back.svg", "A back", "The back"),
    "a notebook": lambda small: small.add_cell("00-first.ipynb", "markdown", "new", "New."),
    "a picture beside a notebook": lambda small: small.write("notebooks/back.png", b"\x89PNG two"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_changed_course_is_made_anew(small, out, change):
    picture(small)
    site.export(small.root, out)
    before = files(out)
    change(small)
    assert site.export(small.root, out).fresh
    assert files(out) != before


def test_a_site_asked_for_otherwise_is_made_anew_without_leftovers(small, out):
    site.export(small.root, out)
    site.export(small.root, out, single_file=True)
    assert sorted(files(out)) == ["manifest.json", "small.html"]


def test_a_course_with_problems_names_all_and_leaves_the_earlier_site_whole(small, out):
    site.export(small.root, out)
    before = files(out.parent)
    small.edit(FACTS, "seed: [S01]", "seeds: [S01]")
    small.write("content/glossary.yaml", "a: [")
    small.add_cell("00-first.ipynb", "code", "odd", 'ss.quizz("first-before")')
    with pytest.raises(site.ExportError) as caught:
        site.export(small.root, out)
    said = str(caught.value)
    for where in (f"{FACTS}:8: ", "content/glossary.yaml:", "notebooks/00-first.ipynb, cell 7 (odd): "):
        assert any(line.startswith(where) for line in said.splitlines()), where
    assert files(out.parent) == before


def test_a_course_with_problems_writes_nothing(small, out):
    small.edit(FACTS, "seed: [S01]", "seeds: [S01]")
    with pytest.raises(site.ExportError):
        site.export(small.root, out)
    assert not out.parent.exists()


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=["disk", "stopped"]
)
@pytest.mark.parametrize("method", ["rename", "write_bytes", "write_text", "chmod"])
@pytest.mark.parametrize("earlier", [True, False])
def test_an_interrupted_write_leaves_what_was_there(small, out, monkeypatch, error, method, earlier):
    if earlier:
        site.export(small.root, out)
        small.edit(FACTS, "Most aches pass.", "Many aches pass.")
    before = files(out.parent)
    whole, calls = getattr(Path, method), []

    def fails_the_second_time(self, *args, **kw):
        calls.append(self)
        # The first rename only sets the earlier site aside; the second is the one that counts.
        if len(calls) == (2 if method == "write_bytes" or (method == "rename" and earlier) else 1):
            raise error
        return whole(self, *args, **kw)

    with monkeypatch.context() as patch:
        patch.setattr(Path, method, fails_the_second_time)
        with pytest.raises((site.ExportError, KeyboardInterrupt)) as caught:
            site.export(small.root, out)
    assert calls
    assert files(out.parent) == before
    assert os.listdir(out.parent) == (["site"] if earlier else [])
    if isinstance(error, OSError):
        assert (
            str(caught.value)
            == f"{out} could not be written (No space left on device); what was there before still stands"
        )


@pytest.mark.parametrize("name", ["thesis.txt", "index.html", ".hidden", "manifest.json"])
def test_a_folder_with_somebody_elses_files_is_refused(small, out, name):
    out.mkdir(parents=True)
    (out / name).write_text("{}", encoding="utf-8")
    with pytest.raises(site.ExportError, match=r"holds .*did not make"):
        site.export(small.root, out)
    assert files(out) == {name: b"{}"}


def test_a_file_in_the_place_of_the_site_is_refused(small, out):
    out.parent.mkdir()
    out.write_text("mine", encoding="utf-8")
    with pytest.raises(site.ExportError, match=r"holds .*did not make"):
        site.export(small.root, out)
    assert out.read_text(encoding="utf-8") == "mine"


def test_a_file_that_somebody_put_into_the_site_is_not_lost(small, out):
    site.export(small.root, out)
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    small.edit(FACTS, "Most aches pass.", "Many aches pass.")
    try:
        site.export(small.root, out)
    except site.ExportError as error:
        assert "notes.txt" in str(error) or "did not make" in str(error)
    assert (out / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_an_empty_folder_is_taken(small, out):
    out.mkdir(parents=True)
    assert site.export(small.root, out).fresh


@pytest.mark.parametrize("data", [b"[]", b"\xff", b'{"name": "an app"}'])
def test_a_manifest_of_another_kind_is_somebody_elses(small, out, data):
    out.mkdir(parents=True)
    (out / "manifest.json").write_bytes(data)
    with pytest.raises(site.ExportError, match=r"holds .*did not make"):
        site.export(small.root, out)


def test_a_place_that_cannot_be_written_is_said_in_one_sentence(small, unwritable):
    with pytest.raises(site.ExportError) as caught:
        site.export(small.root, unwritable / "site")
    assert re.fullmatch(r".* cannot be written \([^()]+\); name another place with --out", str(caught.value))


def test_lessons_that_only_name_parts_are_not_run(small, out, monkeypatch):
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("a process was started"))
    assert site.export(small.root, out).fresh


HOSTILE = {
    "another name": "ss = None",
    "another verb": "import secondsight.lesson\nsecondsight.lesson.quiz = print\nsecondsight.lesson.key_points = print",
    "another print": "import secondsight.printed\nsecondsight.printed.quiz = lambda *_: '<script>alert(1)</script>'",
    "another builtin": "import builtins\nbuiltins.print = builtins.sorted = None",
    "another home": "import os\nos.environ['SECONDSIGHT_HOME'] = '/nowhere'\nos.chdir('/')",
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE)
def test_what_one_lesson_redefines_changes_no_other_page(small, out, tmp_path, source):
    site.export(small.root, out)
    before = files(out)
    small.add_cell("00-first.ipynb", "code", "hostile", source)
    site.export(small.root, out)
    after = files(out)
    others = [name for name in PAGES if name not in ("00-first.html", "manifest.json")]
    assert {name: after[name] for name in others} == {name: before[name] for name in others}
    assert after["00-first.html"] != before["00-first.html"]
    assert b"alert(1)&" in after["00-first.html"] or b"<script>alert(1)" not in after["00-first.html"]


def test_a_cell_that_fails_is_named_and_nothing_is_written(small, out):
    small.add_cell("00-first.ipynb", "code", "odd", "1 / 0")
    small.add_cell("01-second.ipynb", "code", "odd-too", "nothing")
    with pytest.raises(site.ExportError) as caught:
        site.export(small.root, out)
    assert str(caught.value).splitlines() == [
        "notebooks/00-first.ipynb, cell 7 (odd): stopped with ZeroDivisionError: division by zero; mend the cell",
        "notebooks/01-second.ipynb, cell 11 (odd-too): stopped with NameError: name 'nothing' is not defined;"
        " mend the cell",
    ]
    assert not out.exists()


@pytest.mark.parametrize("source", ["import os; os._exit(0)", "ss = None"])
def test_a_run_that_cannot_finish_is_never_passed_over(small, out, source):
    small.add_cell("00-first.ipynb", "code", "odd", source, at=2)
    small.add_cell("00-first.ipynb", "code", "after", "print('this must not be missing')")
    with pytest.raises(site.ExportError, match=r"notebooks/00-first\.ipynb, cell "):
        site.export(small.root, out)


def test_the_real_site_asks_no_other_host_for_anything(real_site):
    pages = sorted(real_site.glob("*.html"))
    assert len(pages) > 10
    for path in pages:
        html = path.read_text(encoding="utf-8")
        assert dangers(html, frozenset({"script", "style", "meta", "link", "noscript"})) == [], path.name
        assert not re.search(r"url\((?!['\"]?(#|data:))|@import", html), path.name


def test_every_link_of_the_real_site_leads_somewhere(real_site):
    soups = {
        path.name: BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser") for path in real_site.glob("*.html")
    }
    ids = {name: {tag["id"] for tag in soup.find_all(id=True)} for name, soup in soups.items()}
    assert len(soups) > 10
    for name, soup in soups.items():
        links = [a["href"] for a in soup.find_all("a") if not re.match("https?:|mailto:", a["href"])]
        assert links, name
        for link in links:
            file, _, part = link.partition("#")
            assert (file or name) in soups, f"{name}: {link}"
            assert not part or part in ids[file or name], f"{name}: {link}"


def test_no_page_of_the_real_site_has_an_id_twice(real_site):
    for path in sorted(real_site.glob("*.html")):
        ids = [tag["id"] for tag in BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").find_all(id=True)]
        assert ids, path.name
        assert sorted(ids) == sorted(set(ids)), path.name


def test_each_page_of_the_real_site_is_light(real_site):
    """Drawings aside. But those that hold every question or vignette whole, and the one that draws how one stands."""
    pages = {path.name: re.sub(rb"(?s)<svg.*?</svg>", b"", path.read_bytes()) for path in real_site.glob("*.html")}
    assert len(pages) == 30
    whole = {name for name, html in pages.items() if b"<ss-clinic " in html or b' id="bank"' in html}
    assert whole == {"23-spotters-clinic.html", "25-review.html", "26-final-check.html"}
    standing = "27-where-you-stand.html"
    light = {name: len(html) for name, html in pages.items() if name not in {*whole, standing}}
    assert len(light) == 26
    assert "index.html" in light
    assert {name: size for name, size in light.items() if size > 100_000} == {}
    assert len(pages[standing]) <= 130_000


def test_the_first_page_of_the_real_site_says_what_is_due_and_where_all_else_is(real_site):
    html = (real_site / "index.html").read_bytes()
    soup = BeautifulSoup(html, "html.parser")
    assert [a["href"] for a in soup.find("ss-due").find_all("a")] == ["25-review.html"]
    assert list(plan_of(soup)["rooms"].values())[:4] == ["review", "final-check", "where-you-stand", "certificate"]


def plan_of(soup: BeautifulSoup) -> dict:
    (script,) = soup.find_all("script", id="plan")
    return json.loads(script.string)


@pytest.mark.parametrize("single_file", [False, True])
def test_every_link_of_a_plan_leads_to_a_page(small, out, single_file):
    made = site.export(small.root, out, single_file=single_file)
    soup = BeautifulSoup(made.first.read_text(encoding="utf-8"), "html.parser")
    links = [lesson["href"] for lesson in plan_of(soup)["lessons"]]
    assert len(links) == 8
    for link in links:
        file, _, part = link.partition("#")
        assert not file or (out / file).is_file(), link
        assert bool(part) is single_file
        assert not part or soup.find(id=part), link


def test_a_single_file_is_its_own_bank(small, out):
    """Every item that can be asked again is there once, in print, with one plan for all."""
    html = site.export(small.root, out, single_file=True).first.read_text(encoding="utf-8")
    soup = BeautifulSoup(html, "html.parser")
    assert [script["id"] for script in soup.find_all("script", type="application/json")] == ["plan"]
    items = [item[0] for part in plan_of(soup)["lessons"] for each in part["objectives"] for item in each["items"]]
    assert len(items) == 14
    for item in items:
        assert len(soup.find_all(attrs={"data-item": item})) == 1, item
    for part in ("due", "review", "final-check", "progress", "certificate"):
        assert len(soup.find_all(f"ss-{part}")) == 1, part


@pytest.mark.parametrize("single_file", [False, True])
def test_the_policy_of_every_page_lets_in_each_of_its_scripts_and_no_other(small, out, single_file):
    site.export(small.root, out, single_file=single_file)
    pages = sorted(out.glob("*.html"))
    assert len(pages) == (1 if single_file else 9)
    for path in pages:
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        policy = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
        run = [script.string.encode() for script in soup.find_all("script", type=None)]
        hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'" for script in run]
        assert run, path.name
        assert f"script-src {' '.join(hashes)};" in policy, path.name


def test_a_changed_final_check_is_exported_anew(small, out):
    site.export(small.root, out)
    small.edit("exercises/final-check.yaml", "Five from", "Few from")
    assert site.export(small.root, out).fresh
    assert "Few from" in (out / "05-finish.html").read_text(encoding="utf-8")


# As long as a vignette may be: 600 characters, with the marks and quotation marks that a real one has.
LONGEST = ("“[My legs give way],” she says, and [it is new]. " + "She has told nobody, not even Jo. " * 12)[:428]
WHY = ("It cannot wait, whatever the day. " * 6)[:160]


def clinic_page(small, count: int, out: Path) -> bytes:
    levels = [Level.__args__[number % 4] for number in range(count)]
    small.fill_clinic(levels, LONGEST.strip() + ".", WHY.strip())
    site.export(small.root, out)
    return (out / "02-third.html").read_bytes()


def test_a_vignette_adds_no_more_than_1000_bytes_to_its_page(small, tmp_path):
    sizes = {}
    for count in (60, 500):
        html = clinic_page(small, count, tmp_path / str(count))
        soup = BeautifulSoup(html, "html.parser")
        vignettes = soup.find("ss-clinic").select("[data-item]")
        assert len(vignettes) == count
        # Each is there whole, with its sources.
        assert all(len(vignette.get_text()) > 590 and vignette.select(".cites a") for vignette in vignettes)
        sizes[count] = len(html)
    assert (sizes[500] - sizes[60]) / 440 <= 1_000


def test_a_vignette_of_the_real_clinic_takes_no_more_than_1000_bytes_of_its_page(real_site):
    (html,) = (html for path in real_site.glob("*.html") if b"<ss-clinic " in (html := path.read_bytes()))
    vignettes = re.findall(rb'<div data-item="?v-.*?</details></div>', html, re.S)
    assert len(vignettes) >= 60
    assert sum(map(len, vignettes)) / len(vignettes) <= 1_000
