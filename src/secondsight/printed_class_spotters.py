"""How a class spots, how sure it is, and what it gained, as HTML. All text is escaped here."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from .class_in_short import clip, surely_wrong
from .course import Course
from .printed import paragraphs
from .printed_figures import bar, coefficient, counted, few, how, out_of, percent, points, row, rows, share

if TYPE_CHECKING:
    from .insights import ClassReport

CERTAIN = {"sure": "Sure", "fairly-sure": "Fairly sure", "guessing": "Guessing"}
LEANINGS = {
    "over": "The class tends to over-call: it acts fast where less would do. That is safe, but it frightens people and "
    "takes up appointments.",
    "under": "The class tends to under-call: it waits where action is needed. That is the direction in which people "
    "come to harm, so begin with the words that mattered.",
    "none": "The class leans neither to over-calling nor to under-calling, as far as these answers show.",
    "unknown": "Whether the class leans to over-calling or under-calling shows from 20 answers on.",
}
MOST_MISSED, MOST_SURE = 5, 5
TOGETHER = (
    "The range of a share is Wilson's 95 % interval. Answers of one trainee go together, and so say less than as many "
    "answers of several; the range is widened by as much as they are seen to."
)
SOURCES = (
    "E. B. Wilson, Journal of the American Statistical Association 1927;22:209–212; J. N. K. Rao and A. J. Scott, "
    "Biometrics 1992;48:577–585."
)


def spotters(course: Course, report: ClassReport) -> str:
    """Missed emergencies first, then how well what needs action is told from what does not."""
    head = "<section><h2>The class as spotters</h2>"
    group = next((line for line in report.spotting.to_dicts() if line["trainee"] is None), None)
    if not group or not group["answers"]:
        return f"{head}{paragraphs('Nobody has answered a vignette yet. The spotter’s clinic has them.')}</section>"
    return (
        head
        + paragraphs(f"From {counted(group['answers'], 'answer')} to short vignettes.")
        + _missed(course, report, group)
        + "<h3>Telling one from the other</h3>"
        + rows(_detection(group), "The class as spotters")
        + paragraphs(LEANINGS[group["leaning"]])
        + how(
            "An emergency is missed where any other level than the same day was chosen. A vignette that needs action "
            "within days or sooner is a signal; to act within days or sooner is a response. Sensitivity is the share "
            "of signals acted on, specificity the share of the others left alone. Every answer counts, also the second "
            "to the same vignette.",
            TOGETHER,
            "d′ says how well the two are told apart, whatever the leaning: 0 is guessing. c says which way the "
            "answers lean: below 0 to over-calling, above 0 to under-calling. H and F are the shares of hits and of "
            "false alarms, with half an answer added to each count so that none is 0 or 1; z is the point of the "
            "normal distribution below which such a share of it lies.",
            formula="d′ = z(H) − z(F); c = −(z(H) + z(F)) / 2",
            source=f"M. J. Hautus, Behavior Research Methods 1995;27:46–51; its range: V. Gourevitch and E. Galanter, "
            f"Psychometrika 1967;32:25–33; {SOURCES}",
        )
        + "</section>"
    )


def _missed(course: Course, report: ClassReport, group: dict[str, Any]) -> str:
    head = "<h3>Missed emergencies</h3>"
    if not group["emergencies"]:
        return head + paragraphs("No emergency was among the vignettes that were met.")
    answers, slower = counted(group["emergencies"], "answer"), group["emergencies_missed"]
    sums = f"Of {answers} to emergencies, {slower} chose less than the same day: {share(group, 'missed_share')}."
    lines = [line for line in report.missed.to_dicts() if line["missed"]]
    if not lines:
        return head + paragraphs(sums, "Nobody missed one.")
    shown = rows((_emergency(course, line) for line in lines[:MOST_MISSED]), "The most missed emergencies")
    more = rows((_emergency(course, line) for line in lines[MOST_MISSED:]), "The other missed emergencies")
    others = f"<details><summary>The others ({len(lines) - MOST_MISSED})</summary>{more}</details>"
    return head + paragraphs(sums) + shown + (others if len(lines) > MOST_MISSED else "")


def _emergency(course: Course, line: dict[str, Any]) -> str:
    instead = course.actions[line["instead"]].name if line["instead"] in course.actions else ""
    return row(
        line["card_name"],
        f"{out_of(line['missed'], line['n'])} missed it: {share(line)}",
        bar(line),
        line["text"],
        f"Chosen most often instead: {instead}." if instead else "",
        few(line["n"], "answer") if line["small"] else "",
    )


def _detection(group: dict[str, Any]) -> list[str]:
    hits, left = group["hits"], group["correct_rejections"]
    made = [
        _share(
            "Sensitivity: of those that needed action, acted on", group, "sensitivity", hits, hits + group["misses"]
        ),
        _share(
            "Specificity: of those that needed none, left alone",
            group,
            "specificity",
            left,
            left + group["false_alarms"],
        ),
    ]
    if group["d_prime"] is None:
        return [*made, row("d′ and c", "from 20 answers on")]
    return [
        *made,
        row("d′: how well one is told from the other", coefficient(group, "d_prime"), bar(group, "d_prime", (-1, 4))),
        row("c: which way the answers lean", coefficient(group, "criterion"), bar(group, "criterion", (-2, 2))),
    ]


def _share(name: str, group: dict[str, Any], column: str, count: int, of: int) -> str:
    if not of:
        return row(name, "none met yet")
    note = few(of, "answer") if group["small"] or of < 20 else ""
    return row(name, f"{out_of(count, of)}: {share(group, column)}", bar(group, column), note)


def calibration(course: Course, report: ClassReport) -> str:
    """Whether being sure goes with being right, and where it did not."""
    lines = [line for line in report.calibration.to_dicts() if line["trainee"] is None]
    made = [
        row(
            CERTAIN[line["certainty"]],
            f"right in {out_of(line['right'], line['n'])}: {share(line)}" if line["n"] else "none yet",
            bar(line),
            few(line["n"], "answer") if line["n"] and line["small"] else "",
        )
        for line in lines
    ]
    wrong = surely_wrong(report)[:MOST_SURE]
    sure = (
        "<h3>Sure, and not right</h3>"
        + paragraphs("These are worth talking about: who is sure does not look it up.")
        + rows(
            (
                row(
                    clip(line["asks"], 200),
                    f"{out_of(line['sure_wrong'], line['n'])} were sure and not right",
                    "",
                    course.lessons[line["lesson"]].title if line["lesson"] in course.lessons else "",
                )
                for line in wrong
            ),
            "Sure, and not right",
        )
        if wrong
        else ""
    )
    return (
        "<section><h2>Being sure and being right</h2>"
        + paragraphs("Somebody well calibrated is right more often the surer they are, and hardly ever sure and wrong.")
        + rows(made, "Right, by how sure")
        + sure
        + how(
            "Of the scored answers given with each certainty, the share that was right (a score of 0.8 or more).",
            TOGETHER,
            formula="right / answers, for each certainty",
            source=SOURCES,
        )
        + "</section>"
    )


def gain(report: ClassReport) -> str:
    """From the first check to the final one."""
    line = next(iter(report.gain.to_dicts()), None)
    if line is None:
        return ""
    head = "<section><h2>From the first check to the final one</h2>"
    if line["gain"] is None:
        took = (
            f"{counted(line['n_before'], 'trainee')} answered the first check, {counted(line['n_after'], 'trainee')} "
            f"finished a final one, {counted(line['n'], 'trainee')} have both."
        )
        return f"{head}{paragraphs(took, line['says'])}</section>"
    lines = [
        row("Right in the first check, on average", percent(line["before"])),
        row("Right in the final check, on average", percent(line["after"])),
        row(
            "The difference",
            points(line, "gain"),
            bar(line, "gain", (-1, 1)),
            few(line["n"], "trainee") if line["small"] else "",
        ),
    ]
    return (
        head
        + paragraphs(f"For the {counted(line['n'], 'trainee')} who took both. {line['says']}".strip())
        + rows(lines, "Gain")
        + _gains(report)
        + how(
            "For each trainee the share right in the newest finished final check less the share right in the first "
            "one; then the mean of these differences d over the n trainees who have both, with Student's 95 % "
            "interval. Each trainee counts as one.",
            formula="mean(d) ± t · s(d) / √n, with n − 1 degrees of freedom",
            source="Student, Biometrika 1908;6:1–25.",
        )
        + "</section>"
    )


def _gains(report: ClassReport) -> str:
    both = [line for line in report.gains.to_dicts() if line["gain"] is not None]
    if not both:
        return ""
    lines = (
        row(
            line["trainee"],
            f"{line['before_right']} of {line['before_of']}, then {line['after_right']} of {line['after_of']}: "
            f"{points(line, 'gain')}",
            bar(line, "gain", (-1, 1)),
        )
        for line in both
    )
    return f"<details><summary>Trainee by trainee</summary>{rows(lines, escape('Gain of each trainee'))}</details>"
