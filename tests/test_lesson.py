"""The verbs of a notebook, as IPython shows them."""

import re
import subprocess
import sys

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

import secondsight as ss
from attacks import dangers
from secondsight import lesson
from secondsight.course import CourseError
from secondsight.course.audit import VERBS

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
    "clinic": ("small-clinic",), "body_map": (),
}  # fmt: skip


def test_the_verbs_here_are_those_that_the_check_knows():
    assert set(CALLS) == set(ss.__all__) == set(VERBS)


@pytest.mark.parametrize(("verb", "arguments"), CALLS.items())
def test_a_verb_shows_its_part_with_a_note_for_the_exporter(verb, arguments):
    first = shown(verb, *arguments)[0]
    assert first[lesson.MIME] == {"verb": verb, "arguments": list(arguments)}
    assert '<div class="ss">' in first["text/html"]
    assert dangers(first["text/html"], frozenset({"style"})) == []
    assert first["text/plain"]


LIVE = {
    "start": "progress-file", "quiz": "quiz", "case": "case", "clinic": "clinic", "body_map": "body-map",
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
        for verb in ("quiz", "case", "clinic"):
            shown(verb, *CALLS[verb])
    assert [type(activity).__name__ for activity in lesson._activities] == ["QuizWidget", "QuizWidget", "ClinicWidget"]


def test_a_picture_shown_twice_in_a_notebook_shares_no_id():
    one, two = (set(re.findall(r'\bid="([^"]+)"', shown("picture", "back")[0]["text/html"])) for _ in range(2))
    assert len(one) == 3
    assert not one & two


def test_importing_the_course_alone_loads_no_widgets():
    code = "import sys, secondsight; print('anywidget' in sys.modules, 'IPython' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False False\n"
