"""``secondsight export``: its options, what it says, and what it refuses."""

import pytest

from secondsight.cli import main
from secondsight.export import handover
from secondsight.export.handover import FORMS
from secondsight.export.package import LeftOut, Package


@pytest.fixture
def run(small, tmp_path, monkeypatch, capsys):
    """Run ``export`` on the small course in an empty folder; status, standard output and standard error."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")

    def export(*options: str) -> tuple[int, str, str]:
        status = main(["export", "--course", str(small.root), *options])
        said = capsys.readouterr()
        return status, said.out, said.err

    return export


@pytest.fixture
def made(monkeypatch):
    """Stand in for what makes a package."""
    package = Package(b"package", 1, [LeftOut("order-call", "GIFT has no steps to put in order")])
    monkeypatch.setattr(handover, "_make", lambda form, course, edition: package)
    return package


def test_chosen_lessons_are_exported(run, tmp_path):
    assert run("--lessons", "first", "second", "first") == (0, "3 pages in site. Open site/index.html\n", "")
    assert sorted(path.name for path in (tmp_path / "here/site").iterdir()) == [
        "00-first.html", "01-second.html", "index.html", "manifest.json",
    ]  # fmt: skip


def test_a_logo_that_is_no_picture_stops_the_export_before_anything_is_written(run, tmp_path):
    (tmp_path / "logo.png").write_text("Hello", encoding="utf-8")
    status, out, said = run("--logo", str(tmp_path / "logo.png"))
    assert (status, out) == (1, "")
    assert said == f"{tmp_path}/logo.png: this is no picture; take a PNG, JPEG, GIF, WebP or SVG file as the logo\n"
    assert not list((tmp_path / "here").iterdir())


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--to", "gift", "--print"), "--print makes pages, and --to gift asks for another form"),
        (("--to", "gift", "--single-file"), "--single-file makes pages, and --to gift asks for another form"),
        (("--to", "gift", "--for", "educators"), "--for educators makes pages, and --to gift asks for another form"),
        (("--print", "--single-file"), "--print makes a PDF for each lesson, and --single-file one page"),
    ],
)
def test_options_that_do_not_go_together_are_refused(run, tmp_path, options, says):
    status, _, said = run(*options)
    assert status == 1
    assert said.startswith(says)
    assert not list((tmp_path / "here").iterdir())


def test_a_package_says_how_much_it_holds_and_what_is_left_out_and_why(run, made, tmp_path):
    assert run("--to", "gift") == (
        0, "1 item in small.gift.txt.\n", "left out: order-call: GIFT has no steps to put in order\n"
    )  # fmt: skip
    assert (tmp_path / "here/small.gift.txt").read_bytes() == b"package"


def test_a_package_that_cannot_be_written_is_said_and_what_was_there_stands(run, made, unwritable, tmp_path):
    status, _, said = run("--to", "gift", "--out", str(unwritable / "x.txt"))
    assert status == 1
    assert said.startswith(f"{unwritable / 'x.txt'} cannot be written (")
    assert said.endswith("name another place with --out\n")
    assert not list((tmp_path / "here").iterdir())


def test_a_package_of_a_course_with_problems_is_not_made_and_all_are_named(run, made, small, tmp_path):
    small.edit("content/facts/aches.yaml", "seed: [S01]", "seeds: [S01]")
    small.edit("content/lessons/first.yaml", "minutes: 5", "minutes: long")
    status, _, said = run("--to", "gift")
    assert status == 1
    assert "content/facts/aches.yaml:8" in said
    assert "content/lessons/first.yaml" in said
    assert not list((tmp_path / "here").iterdir())


@pytest.mark.parametrize("form", FORMS)
def test_each_form_is_made_named_after_the_course_and_holds_the_chosen_lessons_alone(run, tmp_path, form):
    status, all_of_it, _ = run("--to", form)
    assert status == 0
    (made,) = (tmp_path / "here").iterdir()
    assert made.name == f"small{FORMS[form].ending}"
    whole = made.read_bytes()
    status, part_of_it, _ = run("--to", form, "--lessons", "first")
    assert status == 0
    assert part_of_it == f"2 items in {made.name}.\n"
    assert part_of_it != all_of_it
    assert 0 < len(made.read_bytes()) < len(whole)


@pytest.mark.parametrize("form", FORMS)
def test_the_same_course_gives_the_same_bytes(run, tmp_path, form):
    for name in ("one", "two"):
        assert run("--to", form, "--out", name)[0] == 0
    assert (tmp_path / "here/one").read_bytes() == (tmp_path / "here/two").read_bytes()


def test_lessons_that_ask_nothing_give_no_package(run, tmp_path):
    status, _, said = run("--to", "csv", "--lessons", "fourth")
    assert (status, said.count("\n")) == (1, 1)
    assert "ask" in said
    assert not list((tmp_path / "here").iterdir())


def test_the_help_names_every_form(capsys):
    with pytest.raises(SystemExit):
        main(["export", "--help"])
    said = capsys.readouterr().out
    assert all(f"\n  {form} " in said for form in FORMS)
