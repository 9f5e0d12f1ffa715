"""Each question by itself, as a class answered it, as HTML. All text is escaped here.

On a page a script reads the choice of lesson, objective and question from this form
(``frontend/src/chunks/class-report.ts``), so the ``data-`` names here are those that it looks for.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, Any

from .class_in_short import WORTH, clip, worth_a_look
from .course import Course
from .printed import paragraphs, unordered
from .printed_figures import bar, coefficient, counted, few, how, out_of, row, rows, share

if TYPE_CHECKING:
    from .insights import ClassReport

PARTS = {
    "option": "What they chose",
    "place": "Where they pointed",
    "slip": "Which step they took for the slip",
    "mend": "How they mended it",
    "level": "How fast they would act",
}
NOBODY = "Nobody took it. A wrong option that nobody takes asks nothing of anybody."
NOBODY_SO_FAR = "Nobody has taken it so far."
DRAWS_BEST = "It is wrong, and those who do well elsewhere take it more often. Look at key and wording."


def questions(
    course: Course, report: ClassReport, lesson: str = "", objective: str = "", item: str = "", *, linked: bool = False
) -> str:
    """The questions, by lesson and objective, with what each says about itself; of a lesson or objective alone, or one.

    Args:
        linked: whether the questions to look at are links to where they stand in the same document.
    """
    lines = [
        line
        for line in report.items.to_dicts()
        if (not lesson or line["lesson"] == lesson)
        and (not objective or line["objective"] == objective)
        and (not item or line["item"] == item)
    ]
    answered = [line for line in lines if line["n"]]
    look = worth_a_look(report)
    options: dict[str, list[dict[str, Any]]] = {}
    for option in report.options.to_dicts():
        options.setdefault(option["item"], []).append(option)
    made: dict[str, dict[str, str]] = {}
    for line in answered:
        of_lesson = made.setdefault(line["lesson"], {})
        of_lesson.setdefault(line["objective"], "")
        of_lesson[line["objective"]] += _question(
            course, line, options.get(line["item"], []), look.get(line["item"], []), is_open=bool(item)
        )
    open_ones = len(lines) - len(answered)
    left = f"Not shown: {counted(open_ones, 'question')} that nobody has answered yet."
    return (
        '<section class="questions"><h2>The questions</h2>'
        + paragraphs(
            "Only the first answer of each trainee to each question counts here, because the explanation stands after "
            "it."
        )
        + (_look(lines, look, linked=linked) if not item else "")
        + "".join(_lesson(course, id, parts, is_open=bool(lesson or objective or item)) for id, parts in made.items())
        + (paragraphs("Nobody has answered any of these yet.") if not answered else "")
        + (paragraphs(left) if answered and open_ones else "")
        + _how()
        + "</section>"
    )


def to_look_at(report: ClassReport) -> str:
    """Which questions to look at, and why; "" where none is."""
    return _look(report.items.to_dicts(), worth_a_look(report), linked=False)


def _look(lines: Iterable[dict[str, Any]], look: dict[str, list[str]], *, linked: bool) -> str:
    """The questions to look at, and why."""
    entries = []
    for line in lines:
        if line["item"] in look:
            asks = escape(clip(line["asks"], 90))
            name = f'<a href="#q-{escape(line["item"])}">{asks}</a>' if linked else asks
            entries.append(f"<li>{name}: {escape('; '.join(WORTH[reason] for reason in look[line['item']]))}.</li>")
    if not entries:
        return ""
    return (
        f'<div class="card look"><h3>To look at</h3><ul>{"".join(entries)}</ul>'
        + paragraphs("A figure is no verdict: read the question, then decide.")
        + "</div>"
    )


def _lesson(course: Course, lesson: str, parts: dict[str, str], *, is_open: bool) -> str:
    title = course.lessons[lesson].title if lesson in course.lessons else lesson
    says = {each.id: each.says for part in course.lessons.values() for each in part.objectives}
    inner = "".join(
        f'<section data-objective="{escape(id)}"><h4>{escape(says.get(id, id))}</h4>{made}</section>'
        for id, made in parts.items()
    )
    number = sum(made.count('class="question"') for made in parts.values())
    look = sum(made.count('class="mark"') for made in parts.values())
    meta = counted(number, "question") + (f", {look} to look at" if look else "")
    return (
        f'<details class="lesson-answers" data-lesson="{escape(lesson)}"{" open" if is_open else ""}><summary>'
        f'<h3>{escape(title)}</h3><span class="meta">{meta}</span></summary>{inner}</details>'
    )


def _question(
    course: Course, line: dict[str, Any], options: list[dict[str, Any]], look: list[str], *, is_open: bool
) -> str:
    id = escape(line["item"])
    mark = '<strong class="mark">To look at</strong> ' if look else ""
    return (
        f'<details class="question" id="q-{id}" data-item="{id}"{" open" if is_open else ""}>'
        f'<summary><span class="asks">{escape(line["asks"])}</span><span class="meta">{mark}Answered by '
        f"{line['n']}. Facility {escape(share(line, 'facility'))}.</span></summary>"
        + (unordered(f"{WORTH[reason][0].upper()}{WORTH[reason][1:]}." for reason in look) if look else "")
        + rows(_figures(line), "Its figures")
        + _options(options)
        + f'<p class="meta">{id}{_version(course, line["item"])}</p></details>'
    )


def _version(course: Course, id: str) -> str:
    return f", wording {course.items[id].version}" if id in course.items else ""


def _figures(line: dict[str, Any]) -> list[str]:
    turned = coefficient(line, "discrimination")
    made = [
        row(
            "Facility: how easy it was",
            f"{share(line, 'facility')}; right {out_of(line['right'], line['n'])}",
            bar(line, "facility"),
            few(line["n"], "answer") if line["small"] else "",
        ),
        row(
            "Discrimination: whether those who do well elsewhere do well here",
            turned or "cannot be worked out",
            bar(line, "discrimination", (-1, 1)),
            line["says"],
            few(line["discrimination_n"], "trainee") if turned and line["discrimination_small"] else "",
        ),
    ]
    if line["sure"]:
        made.append(row("Sure, and not right", f"{out_of(line['sure_wrong'], line['sure'])} who were sure"))
    return made


def _options(options: list[dict[str, Any]]) -> str:
    by_part: dict[str, list[dict[str, Any]]] = {}
    for option in options:
        by_part.setdefault(option["part"], []).append(option)
    return "".join(
        f"<h5>{escape(PARTS.get(part, part))}</h5>{rows(map(_option, there), PARTS.get(part, part))}"
        for part, there in by_part.items()
    )


def _option(option: dict[str, Any]) -> str:
    letter = "" if option["part"] == "level" else f"{option['option']}. "
    goes = coefficient(option, "r")
    return row(
        f"{letter}{option['text']}{' ✓ right' if option['key'] else ''}",
        f"{out_of(option['taken'], option['n'])}: {share(option)}" if option["n"] else "",
        bar(option),
        _verdict(option),
        f"With doing well elsewhere: r = {goes}." if goes and not option["key"] and option["taken"] else "",
    )


def _verdict(option: dict[str, Any]) -> str:
    """What there is to say about a wrong option, where it is more than chance."""
    if option["verdict"] == "nobody" and option["n"]:
        return NOBODY_SO_FAR if option["small"] else NOBODY
    return DRAWS_BEST if option["verdict"] == "draws-best" else ""


def scales(course: Course, report: ClassReport) -> str:
    """How far the questions of a quiz, or of a whole lesson, go together."""
    lines = report.scales.to_dicts()
    told = [line for line in lines if line["alpha"] is not None]
    untold = [line for line in lines if line["alpha"] is None]
    first = [line for line in told if line["part"] == "lesson"] or told
    others = [line for line in told if line not in first]
    reasons = unordered(f"{_scale(course, line)}: {line['says']}" for line in untold)
    return (
        "<section><h2>How far the questions of a quiz go together</h2>"
        + paragraphs(
            "Alpha is near 1 where those who do well at one question of a quiz do well at the others, and near 0 or "
            "below it where the questions go their own ways. Quizzes here are short and meant for learning, so a low "
            "alpha is no fault."
        )
        + (_alphas(course, first) if told else paragraphs("It cannot be worked out for any quiz yet."))
        + (_folded(f"Quiz by quiz ({len(others)})", _alphas(course, others)) if others else "")
        + (_folded(f"Where it cannot be worked out ({len(untold)})", reasons) if untold else "")
        + how(
            "Cronbach's alpha of first answers, of those who answered every scored question of the quiz: k questions, "
            "the variance s² of each score, and that of their sum. The range is Feldt's 95 % interval.",
            formula="α = k/(k − 1) · (1 − Σ s²(question) / s²(sum))",
            source="L. J. Cronbach, Psychometrika 1951;16:297–334; L. S. Feldt, Psychometrika 1965;30:357–370.",
        )
        + "</section>"
    )


def _folded(summary: str, inner: str) -> str:
    return f"<details><summary>{escape(summary)}</summary>{inner}</details>"


def _scale(course: Course, line: dict[str, Any]) -> str:
    """A quiz with its lesson, since many quizzes have one title; or a lesson."""
    if line["part"] == "lesson":
        return f"{line['title']}, the whole lesson"
    lesson = course.asked_in.get(("quiz", line["scale"]), "")
    return f"{course.lessons[lesson].title}: {line['title']}" if lesson in course.lessons else line["title"]


def _alphas(course: Course, lines: list[dict[str, Any]]) -> str:
    return rows(
        (
            row(
                _scale(course, line),
                f"α = {coefficient(line, 'alpha')}",
                bar(line, "alpha", (-1, 1)),
                f"{counted(line['items'], 'question')}; {counted(line['n'], 'trainee')} answered all of them."
                f"{' Few: go by the range.' if line['small'] else ''} {line['says']}".rstrip(),
            )
            for line in lines
        ),
        "Alpha",
    )


def _how() -> str:
    return how(
        "Facility is the mean score of the first answers: at 100% everybody earned everything. Its range is Wilson's "
        "95 % interval.",
        "Discrimination is the correlation of the score here (x) with the mean score of the same trainee at all other "
        "questions that they answered (y). The question itself is left out of what it is compared with: the corrected "
        "point-biserial. Near 0 the question tells nothing about those who know; below 0 those who know get it wrong. "
        "The range is Fisher's 95 % interval. With a class of the usual size it is wide.",
        "For a wrong option, r is the same correlation among those who took it or the right one. Below 0 the option "
        "works: those who take it do less well elsewhere. Where the whole range lies above 0, the best take it.",
        formula="r = cov(x, y) / (s(x) · s(y)); range: tanh(artanh(r) ± 1.96 / √(n − 3))",
        source="F. M. Lord and M. R. Novick, Statistical Theories of Mental Test Scores, 1968; S. Henrysson, "
        "Psychometrika 1963;28:211–218; R. A. Fisher, Metron 1921;1:3–32; of wrong options: Y. Attali and T. Fraenkel, "
        "Journal of Educational Measurement 2000;37:77–86.",
    )
