"""Checks that reach across files: every name used exists, all that is taught is asked."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

from . import drawing
from .answer_patterns import told_by_its_pattern
from .blueprint import BlueprintCell, blueprint, short_of_the_blueprint
from .final_check import unfit_draws
from .items import Case, Choice, Hotspot, Item, Option, Vignette, Worked
from .model import Course, Lesson
from .notebook import Call, Cell, Notebook
from .places import may_be_unread, problem_at
from .problem import Problem

__all__ = ["BODY", "VERBS", "BlueprintCell", "Verb", "audit", "blueprint", "facts_taught", "unknown_parts"]


class Verb(NamedTuple):
    """What a verb of a lesson names, and how many of them."""

    kind: str | None
    least: int
    most: int


ANY = 1_000
VERBS = {
    "start": Verb("lesson", 1, 1),
    "quiz": Verb("quiz", 1, 1),
    "case": Verb("case", 1, 1),
    "clinic": Verb("clinic", 1, 1),
    "key_points": Verb("fact", 1, ANY),
    "picture": Verb("picture", 1, 1),
    "glossary": Verb("term", 0, ANY),
    "symptoms": Verb("site", 1, 1),
    "body_map": Verb(None, 0, 0),
    "red_flags": Verb("red flag", 0, ANY),
    "actions": Verb(None, 0, 0),
    "sources": Verb(None, 0, 0),
    "due": Verb(None, 0, 0),
    "review": Verb(None, 0, 0),
    "final_check": Verb(None, 0, 0),
    "progress": Verb(None, 0, 0),
    "certificate": Verb(None, 0, 0),
}
BODY = {"front": "body-front", "back": "body-back"}
DRAWN_FROM_CONTENT = {"symptom-chart"}
_LINK = re.compile(r"(!?)\[([^\]]*)\]\(\s*<?([^)\s>]+)>?[^)]*\)")


def audit(course: Course) -> list[Problem]:
    """Every cross-file problem of a course, sorted by file and line."""
    found: list[Problem] = []
    checks = (
        *(_references, _items, _body_places, _lessons, _notebooks, _clinics, _objectives, short_of_the_blueprint),
        *(unfit_draws, _statements, _unused, told_by_its_pattern),
    )
    for check in checks:
        found += check(course)
    return sorted(set(found))


def unknown_parts(course: Course, call: Call) -> list[str]:
    """What is wrong with a verb and the parts it names, a sentence each."""
    verb = VERBS.get(call.verb)
    if verb is None:
        return [f"'ss.{call.verb}' is no verb of a lesson; the verbs are {', '.join(VERBS)}"]
    if not verb.least <= len(call.arguments) <= verb.most:
        wanted = f"{verb.least} or more" if verb.most == ANY else str(verb.most)
        return [
            f"'ss.{call.verb}' names {len(call.arguments)} part{'s' * (len(call.arguments) != 1)}, but takes {wanted}"
        ]
    if call.verb == "final_check" and course.final_check is None and "final check" not in course.unread:
        return ["asks the final check, which does not exist; add exercises/final-check.yaml"]
    known: dict[str | None, Container[str]] = {
        "lesson": course.lessons,
        "quiz": course.quizzes,
        "case": course.cases,
        "clinic": course.clinics,
        "fact": course.facts,
        "term": course.terms,
        "site": course.sites,
        "red flag": course.red_flags,
        "picture": {*course.pictures, *DRAWN_FROM_CONTENT},
    }
    return [
        f"names the {verb.kind} '{argument}', which does not exist; add it or mend the name"
        for argument in call.arguments
        if argument not in known[verb.kind] and not may_be_unread(course, verb.kind or "", argument)
    ]


def _missing(
    course: Course, kind: str, id: str, names: Iterable[str], known: dict | set, what: str
) -> Iterator[Problem]:
    for name in names:
        if name not in known and not may_be_unread(course, what, name):
            yield problem_at(
                course, kind, id, f"names the {what} '{name}', which does not exist; add it or mend the name"
            )


def _references(course: Course) -> Iterator[Problem]:
    for fact in course.facts.values():
        yield from _missing(course, "fact", fact.id, fact.sources, course.sources, "source")
        yield from _missing(course, "fact", fact.id, fact.seed, course.statements, "statement")
    for term in course.terms.values():
        yield from _missing(course, "term", term.id, term.sources, course.sources, "source")
    for flag in course.red_flags.values():
        yield from _missing(course, "red flag", flag.id, flag.sources, course.sources, "source")
    for picture in course.pictures.values():
        yield from _missing(course, "picture", picture.id, picture.facts, course.facts, "fact")
        yield from _missing(course, "picture", picture.id, [picture.file], course.svgs, "file")
    for site in course.sites.values():
        yield from _missing(course, "site", site.id, site.red_flags, course.red_flags, "red flag")
        for symptom in site.symptoms:
            yield from _missing(course, "symptom", symptom.id, symptom.facts, course.facts, "fact")
            yield from _missing(course, "symptom", symptom.id, symptom.sources, course.sources, "source")
            yield from _missing(course, "symptom", symptom.id, [symptom.action], course.actions, "action")


def _items(course: Course) -> Iterator[Problem]:
    objectives = {objective.id for lesson in course.lessons.values() for objective in lesson.objectives}
    for item in course.items.values():
        yield from _missing(course, "item", item.id, [item.objective], objectives, "objective")
        yield from _missing(course, "item", item.id, sorted(item.all_facts), course.facts, "fact")
        yield from _missing(course, "item", item.id, item.sources, course.sources, "source")
        yield from _missing(course, "item", item.id, [item.site] if item.site else [], course.sites, "site")
        for option in _options(item):
            if not option.correct and re.match(r"(?i)(correct|yes|right)\b", option.feedback):
                says = f"greets the wrong option '{option.text[:40]}' as right; begin its feedback otherwise"
                yield problem_at(course, "item", item.id, says)
        match item:
            case Hotspot():
                yield from _missing(course, "item", item.id, [item.picture], course.pictures, "picture")
                yield from _outside(course, "item", item.id, item.picture, item.places)
            case Vignette() if item.card:
                yield from _missing(course, "item", item.id, [item.card], course.red_flags, "red flag")
        if isinstance(item, (Case, Vignette)):
            yield from _missing(course, "item", item.id, [item.action], course.actions, "action")


def _options(item: Item) -> list[Option]:
    match item:
        case Choice():
            return item.options
        case Hotspot():
            return list(item.places)
        case Worked():
            return item.mends
    return []


def _outside(course: Course, kind: str, id: str, picture: str, places: Iterable) -> Iterator[Problem]:
    """Places that are not within their picture."""
    part = course.pictures.get(picture)
    box = drawing.view_box(course.svgs[part.file]) if part and part.file in course.svgs else None
    if box is None:
        return
    left, top, width, height = box
    for place in places:
        if not (left <= place.x <= left + width and top <= place.y <= top + height):
            name = getattr(place, "text", None) or place.name
            yield problem_at(
                course,
                kind,
                id,
                f"has the place '{name}' at {place.x:g}, {place.y:g}, outside its picture '{picture}' "
                f"({left:g}, {top:g} to {left + width:g}, {top + height:g}); move it inside",
            )


def _body_places(course: Course) -> Iterator[Problem]:
    for site in course.sites.values():
        for view in dict.fromkeys(place.view for place in site.places):
            figure = BODY[view]
            yield from _missing(course, "site", site.id, [figure], course.pictures, "picture")
            yield from _outside(course, "site", site.id, figure, [place for place in site.places if place.view == view])


def _clinics(course: Course) -> Iterator[Problem]:
    if {"vignette", "clinic"} & course.unread.keys():
        return
    for (kind, id), (file, line) in course.places.items():
        if kind == "vignettes" and id not in course.clinics:
            says = f"these vignettes are for the clinic '{id}', which does not exist; add it or mend the name"
            yield Problem(file, line, says)
    for clinic in course.clinics.values():
        vignettes = course.vignettes.get(clinic.id, [])
        if not vignettes:
            yield problem_at(course, "clinic", clinic.id, "has no vignettes; add some under exercises/vignettes")
            continue
        acting = sum(vignette.needs_action for vignette in vignettes)
        if round(10 * acting / len(vignettes)) != clinic.in_ten:
            yield problem_at(
                course,
                "clinic",
                clinic.id,
                f"tells that {clinic.in_ten} in ten need action within days or sooner, but {acting} of its "
                f"{len(vignettes)} vignettes do ({10 * acting / len(vignettes):.1f} in ten); mend 'in_ten' or the set",
            )


def _lessons(course: Course) -> Iterator[Problem]:
    if not course.head:
        return
    file = "content/course.yaml"
    for lesson in course.head.lessons:
        if lesson not in course.lessons and not may_be_unread(course, "lesson", lesson):
            yield Problem(
                file, 1, f"lists the lesson '{lesson}', which does not exist; add content/lessons/{lesson}.yaml"
            )
    for site in course.head.sites:
        if site not in course.sites and not may_be_unread(course, "site", site):
            yield Problem(file, 1, f"lists the site '{site}', which does not exist; add content/sites/{site}.yaml")
    for lesson in course.lessons.values():
        if lesson.id not in course.head.lessons:
            yield problem_at(
                course, "lesson", lesson.id, f"is not listed in {file}; add it where it belongs in the order"
            )
        if lesson.id not in course.notebooks and "notebook" not in course.unread:
            yield problem_at(
                course, "lesson", lesson.id, f"has no readable notebook notebooks/{lesson.notebook}; add it"
            )


def _notebooks(course: Course) -> Iterator[Problem]:
    asked_in: dict[tuple[str, str], str] = {}
    for id, notebook in course.notebooks.items():
        for cell in notebook.cells:
            if cell.kind == "markdown":
                yield from _links(course, notebook, cell)
            for call in cell.calls:
                for says in unknown_parts(course, call):
                    yield _cell(notebook, cell, says)
                for asked in call.arguments if call.verb in ("quiz", "case", "clinic") else ():
                    if (call.verb, asked) in asked_in:
                        first = asked_in[call.verb, asked]
                        yield _cell(
                            notebook, cell, f"asks the {call.verb} '{asked}', which {first} asks too; ask it once"
                        )
                    asked_in.setdefault((call.verb, asked), id)
        yield from _frame(course, course.lessons[id], notebook)
    yield from _asked(course, asked_in)


def _asked(course: Course, asked_in: dict[tuple[str, str], str]) -> Iterator[Problem]:
    """All that is asked is asked somewhere, in a lesson that has its objective."""
    parts: dict[tuple[str, str], list[Item]] = {("quiz", quiz.id): [*quiz.items] for quiz in course.quizzes.values()}
    parts |= {("case", case.id): [case] for case in course.cases.values()}
    parts |= {("clinic", id): [*course.vignettes.get(id, [])] for id in course.clinics}
    for (verb, id), items in parts.items():
        lesson = course.lessons.get(asked_in.get((verb, id), ""))
        if lesson is None:
            if not {"notebook", "lesson"} & course.unread.keys():
                yield problem_at(course, verb, id, f'is asked in no notebook; add ss.{verb}("{id}") to one')
            continue
        own = {objective.id for objective in lesson.objectives}
        for item in items:
            if item.objective not in own:
                yield problem_at(
                    course,
                    "item",
                    item.id,
                    f"tests '{item.objective}', but the lesson '{lesson.id}' that asks it has no such objective",
                )


def _cell(notebook: Notebook, cell: Cell, says: str) -> Problem:
    return Problem(notebook.file, 0, says, cell.name)


def _frame(course: Course, lesson: Lesson, notebook: Notebook) -> Iterator[Problem]:
    """What every lesson has: a title cell with button and notice, and the cell that starts it."""
    first = notebook.cells[0] if notebook.cells else None
    if first is None or first.kind != "markdown" or not first.source.startswith("# "):
        yield Problem(
            notebook.file, 0, "the first cell is not a Markdown title; begin with '# ' and the lesson's title"
        )
        return
    if 'data-commandlinker-command="notebook:run-all-cells"' not in first.source:
        yield _cell(notebook, first, "has no 'Start this lesson' button; copy it from another lesson")
    if course.head and " ".join(course.head.notice.split()) not in " ".join(first.source.split()):
        yield _cell(notebook, first, "lacks the notice of content/course.yaml; copy it word for word")
    starts = [call.arguments for cell in notebook.cells for call in cell.calls if call.verb == "start"]
    if starts != [(lesson.id,)]:
        begin = f'import secondsight as ss; ss.start("{lesson.id}")'
        yield Problem(notebook.file, 0, f"does not start its own lesson once; its first code cell is: {begin}")


def _links(course: Course, notebook: Notebook, cell: Cell) -> Iterator[Problem]:
    for image, label, target in _LINK.findall(cell.source):
        if image and not label.strip():
            yield _cell(notebook, cell, f"shows '{target}' without a description; write one between the brackets")
        if re.match(r"(?i)(https?:|mailto:|#|attachment:|data:)", target):
            continue
        path = course.root / PurePosixPath(notebook.file).parent / unquote(target.split("#")[0])
        if not _exists(path):
            what = "picture" if image else "link"
            yield _cell(
                notebook, cell, f"has a {what} to '{target}', which is not there; add the file or mend the {what}"
            )


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _objectives(course: Course) -> Iterator[Problem]:
    if "item" in course.unread:
        return
    tested = {item.objective for item in course.items.values()}
    for lesson in course.lessons.values():
        for objective in lesson.objectives:
            if objective.id not in tested:
                yield problem_at(
                    course, "objective", objective.id, "is tested by no item; add one, or drop the objective"
                )


def facts_taught(course: Course) -> dict[str, set[str]]:
    """For each lesson, the facts that its notebook shows."""
    taught: dict[str, set[str]] = {}
    for lesson, notebook in course.notebooks.items():
        shown = taught.setdefault(lesson, set())
        for call in (call for cell in notebook.cells for call in cell.calls):
            if call.verb == "key_points":
                shown.update(call.arguments)
            if call.verb in ("symptoms", "body_map"):
                for site in filter(None, map(course.sites.get, call.arguments or course.sites)):
                    shown.update(fact for symptom in site.symptoms for fact in symptom.facts)
            if call.verb == "picture":
                for picture in filter(None, map(course.pictures.get, call.arguments)):
                    shown.update(picture.facts)
    return taught


def _statements(course: Course) -> Iterator[Problem]:
    """Each statement of the founding page is covered by a fact, taught by a lesson, asked by an item."""
    if course.unread:
        return
    covers: dict[str, set[str]] = {}
    for fact in course.facts.values():
        for statement in fact.seed:
            covers.setdefault(statement, set()).add(fact.id)
    taught = set().union(*facts_taught(course).values())
    asked = {fact for item in course.items.values() for fact in item.facts}
    for statement in course.statements:
        facts = covers.get(statement, set())
        if not facts:
            yield problem_at(course, "statement", statement, "is covered by no fact; name it under 'seed' of one")
        elif not facts & taught:
            yield problem_at(
                course, "statement", statement, "is taught by no lesson; show one of its facts as a key point"
            )
        elif not facts & asked:
            yield problem_at(course, "statement", statement, "is asked by no item; rest one on its facts")


def _unused(course: Course) -> Iterator[Problem]:
    if course.unread:
        return
    used = set().union(*facts_taught(course).values())
    for item in course.items.values():
        used.update(item.all_facts)
    for fact in course.facts:
        if fact not in used:
            yield problem_at(course, "fact", fact, "is shown by no lesson and used by no item; use it, or take it out")
    symptoms = [symptom for site in course.sites.values() for symptom in site.symptoms]
    resting = [*course.facts.values(), *course.terms.values(), *course.red_flags.values(), *symptoms]
    resting += course.items.values()
    cited = {source for part in resting for source in part.sources}
    for source in course.sources:
        if source not in cited:
            yield problem_at(course, "source", source, "is cited by nothing; cite it, or take it out")
