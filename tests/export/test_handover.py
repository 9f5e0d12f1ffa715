"""The course handed over to other programs, whatever the form."""

import pytest

from secondsight.export.edition import Edition, ExportError
from secondsight.export.handover import FORMS, hand_over

OF_ITEMS = [name for name, form in FORMS.items() if not form.pages]


@pytest.mark.parametrize("form", OF_ITEMS)
def test_lessons_that_ask_nothing_are_refused_and_what_was_there_stays(small, tmp_path, form):
    out = tmp_path / "made"
    out.write_text("as before", encoding="utf-8")
    with pytest.raises(ExportError) as refused:
        hand_over(small.root, form, out, Edition(lessons=("fourth", "again")))
    assert str(refused.value) == "nothing is asked in fourth, again; take a lesson that has questions"
    assert out.read_text(encoding="utf-8") == "as before"
    assert [each.name for each in tmp_path.iterdir()] == ["made"]


@pytest.mark.parametrize("form", OF_ITEMS)
def test_one_lesson_that_asks_is_enough(small, tmp_path, form):
    done = hand_over(small.root, form, tmp_path / "made", Edition(lessons=("fourth", "first")))
    assert done.package.items == 2
    assert done.out.stat().st_size > 0


def test_a_problem_of_the_course_is_said_before_anything_is_written(small, tmp_path):
    small.edit("exercises/questions/first.yaml", "objective: first-know", "objective: never-taught")
    with pytest.raises(ExportError, match=r"(?m)^exercises/questions/first\.yaml:\d+: .*never-taught"):
        hand_over(small.root, "csv", tmp_path / "made", Edition())
    assert [*tmp_path.iterdir()] == []


def test_a_place_that_cannot_be_written_is_said_in_a_sentence(small, unwritable):
    with pytest.raises(ExportError, match=r"cannot be written \(.+\); name another place with --out$"):
        hand_over(small.root, "csv", unwritable / "made", Edition())
