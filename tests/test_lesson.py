"""The verbs of a notebook, as IPython shows them."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

import secondsight as ss
from attacks import dangers
from secondsight import lesson, printed_record
from secondsight.course import CourseError, load_course, read_course
from secondsight.course.audit import VERBS
from secondsight.plan import bank_data, plan_data
from secondsight.printed import as_notebook
from secondsight.record_file import Record, default_path
from secondsight.temporary_home import is_temporary
from secondsight.widgets import ProgressFileWidget
from some_attempts import attempt

WIDGET = "application/vnd.jupyter.widget-view+json"


@pytest.fixture(scope="module", autouse=True)
def shell(tmp_path_factory):
    """An IPython shell that keeps no history of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IPYTHONDIR", str(tmp_path_factory.mktemp("ipython")))
        InteractiveShell.instance().history_manager.enabled = False
        yield
        InteractiveShell.clear_instance()


@pytest.fixture(autouse=True)
def opened(small, monkeypatch):
    """A notebook of the small course is open."""
    monkeypatch.chdir(small.root / "notebooks")
    lesson._course.cache_clear()
    lesson._activities.clear()
    yield small
    lesson._course.cache_clear()
    lesson._activities.clear()


def shown(verb: str, *arguments: str) -> list[dict]:
    """What a cell with one verb shows below itself."""
    with capture_output() as captured:
        getattr(ss, verb)(*arguments)
    return [output.data for output in captured.outputs]


CALLS = {
    "start": ("first",), "quiz": ("first-before",), "key_points": ("ache-lasts", "legs-weak"), "picture": ("back",),
    "glossary": (), "symptoms": ("back",), "red_flags": (), "actions": (), "sources": (), "case": ("stiff-back",),
    "clinic": ("small-clinic",), "body_map": (), "due": (), "review": (), "final_check": (), "progress": (),
    "certificate": (),
}  # fmt: skip


def test_the_verbs_here_are_those_that_the_check_knows():
    # The record of all that was answered is for educators, not for a lesson.
    assert set(CALLS) == {*ss.__all__} - {"record", "class_report"} == set(VERBS)


@pytest.mark.parametrize(("verb", "arguments"), CALLS.items())
def test_a_verb_shows_its_part_with_a_note_for_the_exporter(verb, arguments):
    first = shown(verb, *arguments)[0]
    assert first[lesson.MIME] == {"verb": verb, "arguments": list(arguments)}
    assert '<div class="ss">' in first["text/html"]
    assert dangers(first["text/html"], frozenset({"style"})) == []
    assert first["text/plain"]


WHOLE = ["due", "review", "final_check", "progress", "certificate"]
LIVE = {
    "start": "progress-file", "quiz": "quiz", "case": "case", "clinic": "clinic", "body_map": "body-map",
    **{verb: verb.replace("_", "-") for verb in WHOLE},
}  # fmt: skip


@pytest.mark.parametrize("verb", LIVE)
def test_what_is_live_says_that_it_is_only_that(verb):
    """The exporter leaves it out, because the printed form stands for it."""
    printed, live = shown(verb, *CALLS[verb])
    assert WIDGET not in printed
    assert WIDGET in live
    assert live[lesson.MIME] == {"verb": "live", "arguments": [LIVE[verb]]}


@pytest.mark.parametrize("verb", sorted(set(CALLS) - set(LIVE)))
def test_what_is_only_looked_at_needs_no_widget(verb):
    (output,) = shown(verb, *CALLS[verb])
    assert WIDGET not in output


@pytest.mark.parametrize("verb", ["quiz", "case", "clinic"])
def test_what_is_asleep_says_how_to_wake_it(verb):
    html = shown(verb, *CALLS[verb])[0]["text/html"]
    assert "Press “Start this lesson” at the top" in html
    assert '<div class="ss-asleep">' in html


@pytest.mark.parametrize("verb", WHOLE)
def test_what_looks_at_the_whole_course_shows_its_printed_form_and_comes_alive_with_the_plan(opened, verb):
    printed, live = shown(verb)
    course = load_course(opened.root)
    forms = {
        "due": printed_record.due(course, as_notebook),
        "review": printed_record.review(),
        "final_check": printed_record.final_check(course),
        "progress": printed_record.progress(course, as_notebook),
        "certificate": printed_record.certificate(),
    }
    assert printed["text/html"] == f'<div class="ss"><div class="ss-asleep">{forms[verb]}</div></div>'
    assert printed["text/plain"] == verb.replace("_", "-").capitalize()
    (widget,) = lesson._activities
    assert live[WIDGET]["model_id"] == widget.model_id
    assert (widget.kind, widget.plan) == (verb.replace("_", "-"), plan_data(course, as_notebook))
    # Only what asks is given what to ask.
    assert widget.bank == (bank_data(course) if verb in ("review", "final_check") else {})


def test_what_looks_at_the_whole_course_has_the_answers_of_this_course(opened):
    Record(default_path("small")).keep([attempt("one"), attempt("else", item="of-another")])
    Record(default_path()).keep([attempt("other")])
    shown("progress")
    (widget,) = lesson._activities
    widget.refresh()
    assert ([each["id"] for each in widget.attempts], widget.unasked) == (["one"], 1)


def test_a_final_check_that_is_not_there_is_one_sentence(opened):
    (opened.root / "exercises/final-check.yaml").unlink()
    opened.change_cell("05-finish.ipynb", "finish-check", "ss.review()")
    with capture_output() as captured, pytest.raises(CourseError) as caught:
        ss.final_check()
    assert str(caught.value) == (
        "this cell: asks the final check, which does not exist; add exercises/final-check.yaml"
    )
    assert captured.outputs == []


@pytest.mark.parametrize("verb", WHOLE)
def test_a_verb_for_the_whole_course_takes_no_name(verb):
    with pytest.raises(TypeError):
        getattr(ss, verb)("first")


def panels(*calls: tuple[str, ...]) -> list[str]:
    """The warning of each progress file that these cells show, one after another."""
    made = []

    class Panel(ProgressFileWidget):
        def __init__(self, *args, **state):
            super().__init__(*args, **state)
            made.append(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lesson, "ProgressFileWidget", Panel)
        outputs = [output for call in calls for output in shown(*call)]
    live = [output for output in outputs if output[lesson.MIME]["arguments"] == ["progress-file"]]
    # Each is shown, not only made.
    assert [output[WIDGET]["model_id"] for output in live] == [panel.model_id for panel in made]
    return [panel.warning for panel in made]


THIRD = [("start", "third"), ("quiz", "third-kinds"), ("case", "stiff-back"), ("clinic", "small-clinic")]


@pytest.fixture
def lasting(monkeypatch) -> None:
    """As on a person's own machine, wherever the tests run."""
    monkeypatch.setattr(lesson, "is_temporary", lambda folder: is_temporary(folder, {}, Path("/nowhere")))


@pytest.fixture
def binder(monkeypatch) -> None:
    for name in [name for name in os.environ if name.startswith("BINDER_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("BINDER_SERVICE_HOST", "10.0.0.1")


def test_in_a_home_that_lasts_nothing_is_warned_of_and_one_progress_file_is_enough(lasting):
    assert panels(*THIRD) == [""]


def test_where_the_session_ends_a_lesson_says_so_at_its_start_and_offers_the_file_after_the_last_question(binder):
    first, last = panels(*THIRD)
    assert first == lesson.TEMPORARY
    assert "ends with this session" in first
    assert "Save your progress to a file before you leave" in first
    assert last == lesson.AFTER_LESSON
    assert "last question" in last


@pytest.mark.parametrize(
    ("call", "reminders"),
    [
        (("quiz", "first-before"), 1), (("quiz", "second-before"), 1), (("quiz", "third-kinds"), 0),
        (("case", "stiff-back"), 0), (("clinic", "small-clinic"), 1), (("review",), 0),
        (("key_points", "legs-weak"), 0),
    ],
)  # fmt: skip
def test_the_reminder_stands_after_what_a_lesson_asks_last_and_nowhere_else(binder, call, reminders):
    assert panels(call) == [lesson.AFTER_LESSON] * reminders


def test_the_reminder_comes_after_the_last_question(binder):
    outputs = [output[lesson.MIME]["arguments"] for output in shown("clinic", "small-clinic")]
    assert outputs == [["small-clinic"], ["clinic"], ["progress-file"]]


def test_a_part_that_no_notebook_asks_brings_no_reminder(opened, binder):
    """A contributor tries a new case before it has its place."""
    opened.change_cell("02-third.ipynb", "third-case", "ss.actions()")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lesson, "_course", CourseOf(opened))
        assert panels(("case", "stiff-back")) == []


class CourseOf:
    """A course as far as it can be read, for whoever is still writing it."""

    def __init__(self, small):
        self.course, _ = read_course(small.root)

    def __call__(self):
        return self.course

    def cache_clear(self) -> None:
        """It is read once."""


def test_a_file_loaded_at_the_end_of_a_lesson_reaches_all_of_it(binder):
    panels(*THIRD)
    assert len(lesson._activities) == 3


def test_a_damaged_record_is_told_of_at_the_start_of_a_lesson_with_where_it_is(lasting, own_home):
    path = default_path("small")
    path.parent.mkdir(parents=True)
    path.write_bytes(b"no record " * 1000)
    (says,) = panels(("start", "first"))
    (aside,) = path.parent.glob("record-small.damaged-*.sqlite3")
    assert "was damaged" in says
    assert f"set aside as {aside}," in says
    assert aside.read_bytes().startswith(b"no record")
    # It was told, and all is well from here on.
    assert panels(("start", "first")) == [""]


def test_a_damaged_record_is_told_of_before_a_session_that_ends(binder, own_home):
    path = default_path("small")
    path.parent.mkdir(parents=True)
    path.write_bytes(b"no record " * 1000)
    assert "was damaged" in panels(("start", "first"))[0]


def test_a_record_that_cannot_be_read_is_told_of_at_the_start_of_a_lesson(lasting, unwritable, monkeypatch):
    monkeypatch.setenv("SECONDSIGHT_HOME", str(unwritable))
    (says,) = panels(("start", "first"))
    assert says.startswith("Your earlier answers could not be read (")


def test_a_body_map_that_is_asleep_gives_way_to_the_live_one():
    assert '<div class="ss-asleep">' in shown("body_map")[0]["text/html"]


def test_a_cell_says_in_plain_text_which_wording_it_asked():
    """Where HTML is not shown, and for whoever reads a saved notebook."""
    assert shown("quiz", "third-kinds")[0]["text/plain"].startswith("Quiz: Of every kind (sort-aches@")
    assert shown("case", "stiff-back")[0]["text/plain"].startswith("Case: A stiff back (stiff-back@")
    assert shown("clinic", "small-clinic")[0]["text/plain"].startswith("Clinic: The small clinic (v-stairs@")


def test_the_body_map_in_a_notebook_leads_to_notebooks():
    html = shown("body_map")[0]["text/html"]
    assert '<a href="01-second.ipynb">Second</a>' in html


@pytest.mark.parametrize(
    ("verb", "kind"),
    [
        ("start", "lesson"), ("quiz", "quiz"), ("key_points", "fact"), ("picture", "picture"), ("glossary", "term"),
        ("symptoms", "site"), ("red_flags", "red flag"), ("case", "case"), ("clinic", "clinic"),
    ],
)  # fmt: skip
def test_a_name_that_does_not_exist_is_one_sentence_and_nothing_is_shown(verb, kind):
    with capture_output() as captured, pytest.raises(CourseError) as caught:
        getattr(ss, verb)("nothing")
    assert str(caught.value).startswith("this cell: ")
    assert f"the {kind} 'nothing', which does not exist" in str(caught.value)
    assert caught.value._render_traceback_() == [str(caught.value)]
    assert captured.outputs == []


def test_each_name_that_does_not_exist_is_said():
    with pytest.raises(CourseError) as caught:
        ss.key_points("nothing", "ache-lasts", "naught")
    assert [problem.says.split("'")[1] for problem in caught.value.problems] == ["nothing", "naught"]


def test_starting_a_lesson_again_reads_the_course_again(opened):
    shown("start", "first")
    opened.edit("content/facts/aches.yaml", "Most aches pass.", "Many aches pass.")
    assert "Most aches pass." in shown("key_points", "ache-passes")[0]["text/html"]
    shown("start", "first")
    assert "Many aches pass." in shown("key_points", "ache-passes")[0]["text/html"]


def test_a_course_with_problems_is_said_with_all_of_them(opened):
    opened.write("content/glossary.yaml", "a: [")
    opened.edit("content/facts/aches.yaml", "seed: [S01]", "seeds: [S01]")
    with pytest.raises(CourseError) as caught:
        ss.start("first")
    assert [problem.file for problem in caught.value.problems] == ["content/facts/aches.yaml", "content/glossary.yaml"]


def test_starting_again_forgets_the_activities_of_the_run_before():
    for _ in range(2):
        shown("start", "third")
        for verb in ("quiz", "case", "clinic", "progress"):
            shown(verb, *CALLS[verb])
    assert [type(activity).__name__ for activity in lesson._activities] == [
        "QuizWidget", "QuizWidget", "ClinicWidget", "CourseWidget",
    ]  # fmt: skip


def test_a_picture_shown_twice_in_a_notebook_shares_no_id():
    one, two = (set(re.findall(r'\bid="([^"]+)"', shown("picture", "back")[0]["text/html"])) for _ in range(2))
    assert len(one) == 3
    assert not one & two


def test_importing_the_course_alone_loads_no_widgets():
    code = "import sys, secondsight; print('anywidget' in sys.modules, 'IPython' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False False\n"
