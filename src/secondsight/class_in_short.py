"""What a class's report comes to, in a few sentences: the same on the page, in the notebook and in a terminal.

The sentences are plain text; whoever shows them escapes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from .course import Course
from .printed import day
from .printed_figures import counted, out_of, percent, points

if TYPE_CHECKING:
    from .insights import ClassReport

# A class below this size says little, whatever it did.
SMALL_CLASS = 20
MADE_UP = (
    "This class is made up, to show what a report looks like. A program drew these answers by lot; nobody gave them."
)
PRIVATE = (
    "This page holds what real people answered, under pseudonyms. Keep it as you keep their other work: show it to "
    "those who teach them, and delete it when it has served."
)
NO_MARK = (
    "Nothing here measures clinical competence, and nobody should be graded by it: these are answers to written "
    "questions, given in practice. The course's content has not been reviewed by a clinician unless it says so below."
)
PSEUDONYMS = (
    "No names are in the files, so none are here. A pseudonym stands for one trainee's file or files. It is the same "
    "each time that you make the report, as long as the trainee's oldest answers are the same, and it cannot be "
    "turned back into a name. You can tell whose it is only if you keep who gave you which file."
)
WORTH = {
    "draws-best": "a wrong option draws those who do well elsewhere",
    "turned": "those who do well elsewhere get it wrong more often",
    "hard": "fewer than half get it right",
}


class Short(NamedTuple):
    """A point of the summary: what it is about, and what it says."""

    head: str
    says: str


def in_short(course: Course, report: ClassReport) -> list[Short]:
    """The report in a few points, what to teach next among the first."""
    if not report.trainee_count:
        return [Short("The class", "The files hold no answers yet. Ask again when the trainees have begun.")]
    return [*_who(report), *_teach(course, report), *_questions(report), *_gain(report), *_mind(report)]


def _who(report: ClassReport) -> Iterator[Short]:
    when = ""
    if report.begins and report.ends:
        first, last = day(report.begins.date()), day(report.ends.date())
        when = f", on {first}" if first == last else f", from {first} to {last}"
    gave = f"{counted(report.trainee_count, 'trainee')} gave {counted(report.attempt_count, 'answer')}{when}."
    yield Short("The class", gave)
    lessons = report.lessons.filter(report.lessons["kind"] == "lesson").to_dicts()
    if lessons:
        done = sum(row["lessons_done"] >= row["of_lessons"] for row in report.trainees.to_dicts())
        every = f"every question of the {counted(len(lessons), 'lesson')}"
        says = f"{out_of(done, report.trainee_count)} have answered {every}."
        begun = max(lessons, key=lambda row: row["begun"] - row["done"])
        if begun["begun"] > begun["done"]:
            under_way = begun["begun"] - begun["done"]
            says += f" The lesson most often left half-way is “{begun['title']}”, by {under_way}."
        yield Short("Finished", says)


def _teach(course: Course, report: ClassReport) -> Iterator[Short]:
    missed = next((row for row in report.missed.to_dicts() if row["missed"]), None)
    weakest = weakest_objective(report)
    head = "Teach next"
    if missed:
        slower = f" Most often they chose “{course.actions[missed['instead']].name}”." if missed["instead"] else ""
        yield Short(
            head,
            f"{missed['card_name']}. This emergency was missed in {out_of(missed['missed'], missed['n'])} answers to "
            f"one vignette.{slower}",
        )
        head = "And then"
    elif len(report.missed):
        yield Short("Emergencies", "Nobody missed an emergency among the vignettes that were met.")
    if weakest:
        good, met = weakest["practised"] + weakest["holding"], weakest["n"] - weakest["not_met"]
        yield Short(head, f"{weakest['says']} Of {met} who met this objective, {good} have practised it so far.")
    sure = surely_wrong(report)[:1]
    if sure:
        row = sure[0]
        yield Short(
            "Sure and wrong",
            f"{out_of(row['sure_wrong'], row['n'])} were sure and not right here: “{clip(row['asks'])}”",
        )


def weakest_objective(report: ClassReport) -> dict[str, Any] | None:
    """The objective that the fewest have practised, among those that half the class has met; None where all have."""
    met = [row for row in report.objectives.to_dicts() if row["n"] > row["not_met"]]
    widely = [row for row in met if 2 * (row["n"] - row["not_met"]) >= row["n"]] or met
    open_ones = [row for row in widely if row["met"]]
    return min(
        open_ones, key=lambda row: (row["practised"] + row["holding"]) / (row["n"] - row["not_met"]), default=None
    )


def surely_wrong(report: ClassReport) -> list[dict[str, Any]]:
    """Items at which at least two were sure and not right, the most of them first."""
    rows = [row for row in report.items.to_dicts() if row["sure_wrong"] >= 2]
    return sorted(rows, key=lambda row: (-row["sure_wrong"], -row["sure_wrong"] / row["n"], row["item"]))


def worth_a_look(report: ClassReport) -> dict[str, list[str]]:
    """For each item that somebody should look at, why: keys of ``WORTH``, the gravest first."""
    found: dict[str, set[str]] = {}
    for row in report.options.to_dicts():
        if row["verdict"] == "draws-best":
            found.setdefault(row["item"], set()).add(row["verdict"])
    for row in report.items.to_dicts():
        if row["discrimination_high"] is not None and row["discrimination_high"] < 0:
            found.setdefault(row["item"], set()).add("turned")
        if row["facility_high"] is not None and row["facility_high"] < 0.5:
            found.setdefault(row["item"], set()).add("hard")
    order = [*WORTH]
    return {
        row["item"]: sorted(found[row["item"]], key=order.index)
        for row in report.items.to_dicts()
        if row["item"] in found
    }


def _questions(report: ClassReport) -> Iterator[Short]:
    why = worth_a_look(report)
    if why:
        counts = {reason: sum(reason in reasons for reasons in why.values()) for reason in WORTH}
        each = "; ".join(f"{WORTH[reason]} ({count})" for reason, count in counts.items() if count)
        yield Short("Questions to look at", f"{counted(len(why), 'question')}: {each}.")
    reworded = len(report.reworded)
    if reworded:
        yield Short(
            "Reworded",
            f"{counted(report.attempts_reworded, 'answer')} to {counted(reworded, 'question')} in another wording than "
            "today's; they do not count.",
        )


def _gain(report: ClassReport) -> Iterator[Short]:
    row = next(iter(report.gain.to_dicts()), None)
    if row and row["gain"] is not None:
        yield Short(
            "First to final check",
            f"From {percent(row['before'])} to {percent(row['after'])} on average: {points(row, 'gain')}, for "
            f"the {counted(row['n'], 'trainee')} who took both. The two ask different questions, so this is a hint and "
            "no measurement.",
        )


def _mind(report: ClassReport) -> Iterator[Short]:
    if report.trainee_count == 1:
        yield Short("Mind", "This is one trainee. Nothing here says anything about a class, or about the questions.")
    elif report.trainee_count < SMALL_CLASS:
        yield Short(
            "Mind",
            f"{report.trainee_count} trainees are few. Go by the ranges: what looks like a difference may be chance.",
        )
    if report.notes:
        others = len(report.notes) - report.files_left_out
        says = [
            f"{counted(report.files_left_out, 'file')} left out" if report.files_left_out else "",
            f"something to know about {counted(others, 'file')}" if others else "",
        ]
        told = ", ".join(filter(None, says))
        yield Short("Files", f"{told[0].upper()}{told[1:]}; see “The files”.")


def clip(text: str, length: int = 140) -> str:
    """A text's beginning, cut between words."""
    text = " ".join(text.split())
    return text if len(text) <= length else f"{text[:length].rsplit(' ', 1)[0]} …"
