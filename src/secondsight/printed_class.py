"""A class's report as it is read: on a page, in a notebook, on paper. All text is escaped here.

What stands for the whole class is here; each question by itself stands in ``printed_class_questions``, the class as
spotters in ``printed_class_spotters``.
"""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import TYPE_CHECKING, Any

from .class_in_short import MADE_UP, NO_MARK, PRIVATE, PSEUDONYMS, in_short
from .course import Course
from .printed import paragraphs, unordered
from .printed_class_questions import questions, scales, to_look_at
from .printed_class_spotters import calibration, gain, spotters
from .printed_figures import bar, counted, few, how, number, out_of, parts, row, rows, share

if TYPE_CHECKING:
    from .insights import ClassReport

WEAKEST = 8
COLUMNS = "The table counts lessons finished, objectives practised, and answers, and names the day of the last answer."
ABOUT_OBJECTIVES = (
    "How many of the class have practised each objective. Those who have not come to it yet count as well. The range "
    "is where the share would likely lie for more trainees like these."
)


def whole(course: Course, report: ClassReport, *, made_up: bool = False) -> str:
    """All that concerns the class as one: in short, who finished what, objectives, spotters, certainty, gain."""
    inner = [_about(made_up), _in_short(course, report)]
    if report.trainee_count:
        inner += [
            _reading(),
            _finished(report),
            _objectives(course, report),
            spotters(course, report),
            calibration(course, report),
            gain(report),
            scales(course, report),
        ]
    return panel("".join(inner), "How the class did")


def one_by_one(
    course: Course, report: ClassReport, lesson: str = "", objective: str = "", item: str = "", *, linked: bool = False
) -> str:
    """The questions, all or those that are named, with the objectives that they test where a choice was made."""
    if not report.trainee_count:
        return ""
    chosen = chosen_objectives(course, report, lesson, objective) if (lesson or objective) and not item else ""
    return panel(chosen + questions(course, report, lesson, objective, item, linked=linked), "The questions")


def look(report: ClassReport) -> str:
    """The questions to look at, before one is chosen."""
    return panel(to_look_at(report) or paragraphs("No question asks to be looked at."), "The questions to look at")


def around(course: Course, report: ClassReport) -> str:
    """Which files were read, and what a report is not."""
    return panel(_files(report) + _what_not(course), "About this report")


def printed_whole(course: Course, report: ClassReport, *, made_up: bool = False, linked: bool = False) -> str:
    """The whole report."""
    return whole(course, report, made_up=made_up) + one_by_one(course, report, linked=linked) + around(course, report)


def panel(inner: str, label: str) -> str:
    return f'<div class="ss-panel class-report" role="group" aria-label="{escape(label)}">{inner}</div>'


def _about(made_up: bool) -> str:
    if made_up:
        return f'<p class="invitation"><strong>An example.</strong> {escape(MADE_UP)}</p>'
    return f'<p class="invitation"><strong>Keep this to yourselves.</strong> {escape(PRIVATE)}</p>'


def _in_short(course: Course, report: ClassReport) -> str:
    points = "".join(
        f"<dt>{escape(point.head)}</dt><dd>{escape(point.says)}</dd>" for point in in_short(course, report)
    )
    return f'<section class="card short"><h2>In short</h2><dl>{points}</dl></section>'


def _reading() -> str:
    """How to read what is drawn."""
    example = bar({"share": 0.6, "share_low": 0.4, "share_high": 0.78})
    return (
        f'<div class="reading">{example}<p class="meta">In drawings like this the point is the figure, and '
        "the thick line is the range in which it likely lies (its 95 % interval). The marks are the ends of the scale "
        "and its middle. Beside each drawing the same is said in numbers.</p></div>"
    )


def _finished(report: ClassReport) -> str:
    lines = [
        row(
            line["title"],
            f"{out_of(line['done'], line['n'])} finished"
            + (f", {line['begun'] - line['done']} on the way" if line["begun"] > line["done"] else ""),
            parts([("done", line["done"]), ("begun", line["begun"] - line["done"])], line["n"]),
        )
        for line in report.lessons.to_dicts()
    ]
    return (
        "<section><h2>Who finished what</h2>"
        + paragraphs("A lesson is finished where every one of its questions is answered, rightly or not.")
        + '<p class="meta"><span class="sign done"></span> finished <span class="sign begun"></span> on the way</p>'
        + rows(lines, "Lessons", "compact")
        + f"<details><summary>Trainee by trainee, under pseudonyms</summary>{paragraphs(PSEUDONYMS, COLUMNS)}"
        + _trainees(report)
        + "</details></section>"
    )


def _trainees(report: ClassReport) -> str:
    half = _half_way(report)
    body = "".join(
        f'<tr><th scope="row">{escape(line["trainee"])}</th><td>{line["lessons_done"]} of {line["of_lessons"]}</td>'
        f"<td>{line['practised']} of {line['of_objectives']}</td><td>{number(line['attempts'])}</td>"
        f"<td>{_day(line['last']) if line['last'] else ''}</td></tr>"
        for line in report.trainees.to_dicts()
    )
    head = "".join(f'<th scope="col">{title}</th>' for title in ("Trainee", "Lessons", "Objectives", "Answers", "Last"))
    return (
        '<div class="wide" tabindex="0" role="region" aria-label="Trainees"><table><thead><tr>'
        f"{head}</tr></thead><tbody>{body}</tbody></table></div>{half}"
    )


def _day(at: datetime) -> str:
    """A day as briefly as a narrow table needs; the years stand at the head of the report."""
    return f"{at.day} {at:%b}"


def _half_way(report: ClassReport) -> str:
    """Which lessons each trainee has begun and not finished."""
    titles = {line["lesson"]: line["title"] for line in report.lessons.to_dicts()}
    open_ones: dict[str, list[str]] = {}
    for line in report.finished.to_dicts():
        if line["answered"] and not line["done"] and line["lesson"] in titles:
            said = f"{titles[line['lesson']]} ({line['answered']} of {line['items']})"
            open_ones.setdefault(line["trainee"], []).append(said)
    if not open_ones:
        return ""
    return "<h3>On the way</h3>" + unordered(f"{who}: {', '.join(what)}" for who, what in open_ones.items())


def _objectives(course: Course, report: ClassReport) -> str:
    """Those that the fewest have practised, then all of them, folded away."""
    met = [line for line in report.objectives.to_dicts() if line["not_met"] < line["n"]]
    weakest = sorted(met, key=lambda line: line["share"] or 0)[:WEAKEST]
    if not weakest:
        return ""
    everything = _by_lesson(course, report)
    return (
        "<section><h2>Objective by objective</h2>"
        + paragraphs(ABOUT_OBJECTIVES, "These are the ones that the smallest share of the class has practised.")
        + rows(map(_objective, weakest), "The weakest objectives")
        + f"<details><summary>All objectives, lesson by lesson</summary>{everything}</details>"
        + _how_practised()
        + "</section>"
    )


def chosen_objectives(course: Course, report: ClassReport, lesson: str, objective: str) -> str:
    """How the class stands with the objectives of a lesson, or with one."""
    return (
        f"<section><h2>Objective by objective</h2>{paragraphs(ABOUT_OBJECTIVES)}"
        f"{_by_lesson(course, report, lesson, objective)}{_how_practised()}</section>"
    )


def _by_lesson(course: Course, report: ClassReport, lesson: str = "", objective: str = "") -> str:
    wanted = [
        line
        for line in report.objectives.to_dicts()
        if (not lesson or line["lesson"] == lesson) and (not objective or line["objective"] == objective)
    ]
    by_lesson: dict[str, list[dict[str, Any]]] = {}
    for line in wanted:
        by_lesson.setdefault(line["lesson"], []).append(line)
    titles = {id: part.title for id, part in course.lessons.items()}
    return "".join(
        f"<h3>{escape(titles.get(id, id))}</h3>{rows(map(_objective, lines), titles.get(id, id))}"
        for id, lines in by_lesson.items()
    )


def _how_practised() -> str:
    return how(
        "An objective is met where one of its questions is answered. It is practised where the newest answer is "
        "right at half of its questions, though at no fewer than two and at no more than five. It holds where, "
        "beside that, some question was answered rightly twice, three days apart or more. Right is a score of 0.8 "
        "or more. Answers to an older wording do not count.",
        "The range is Wilson's 95 % interval for a share p = k/n:",
        formula="(p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n), z = 1.96",
        source="E. B. Wilson, Journal of the American Statistical Association 1927;22:209–212.",
    )


def _objective(line: dict[str, Any]) -> str:
    good = line["practised"] + line["holding"]
    figure = f"{out_of(good, line['n'])}: {share(line)}"
    standing = " · ".join(
        f"{name} {line[column]}"
        for name, column in (
            ("holding", "holding"),
            ("practised", "practised"),
            ("met only", "met"),
            ("not met", "not_met"),
        )
        if line[column]
    )
    note = few(line["n"], "trainee") if line["small"] else ""
    return row(line["says"], figure, bar(line), standing.capitalize(), note)


def _files(report: ClassReport) -> str:
    doubled = []
    if report.files_doubled:
        doubled.append(f"{counted(report.files_doubled, 'file')} held nothing that another one did not hold.")
    if report.attempts_doubled:
        doubled.append(f"{counted(report.attempts_doubled, 'answer')} stood there more than once and count once.")
    if report.attempts_future:
        future = counted(report.attempts_future, "answer")
        doubled.append(f"{future} dated in the future, by a wrong clock perhaps.")
    if report.words_count:
        doubled.append(f"{counted(report.words_count, 'answer')} in trainees' own words are counted and shown nowhere.")
    left_out = f", {counted(report.files_left_out, 'file')} left out" if report.files_left_out else ""
    notes = f"<h3>To know about single files</h3>{unordered(report.notes)}" if report.notes else ""
    return (
        f"<section><h2>The files</h2><p>{counted(report.files_read, 'file')} read{left_out}. "
        f"{escape(' '.join(doubled))}</p>{notes}{_reworded(report)}</section>"
    )


def _reworded(report: ClassReport) -> str:
    lines = report.reworded.to_dicts()
    if not lines:
        return ""
    said = (
        f"{line['item']}: {counted(line['answers'], 'answer')} from {counted(line['trainees'], 'trainee')}, "
        + ("and the course asks it no longer" if line["gone"] else f"to {counted(line['versions'], 'older wording')}")
        for line in lines
    )
    return (
        "<h3>Questions whose wording has changed</h3>"
        + paragraphs("An answer belongs to the wording that was answered. These belong to another, and do not count.")
        + unordered(said)
    )


def _what_not(course: Course) -> str:
    return (
        f'<section><h2>What this is not</h2>{paragraphs(NO_MARK)}<p class="meta">{escape(course.head.title)}. Reviewed '
        f"by: {escape(course.head.reviewed_by)}.</p></section>"
    )
