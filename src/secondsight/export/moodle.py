"""The course's items as Moodle XML, for Moodle's question bank.

Element names, and what their values may be, are those that Moodle's own import reads
(``question/format/xml/format.php`` and ``question/type/ordering/questiontype.php``).
"""

from __future__ import annotations

import base64
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ..course import Course
from ..course.items import Item
from .edition import Edition
from .package import Package
from .question_bank import (
    Category,
    Choosing,
    Drawing,
    Ordering,
    Pairing,
    Question,
    Writing,
    categories,
    parts_lost,
    questions,
)
from .told import plain

TYPES = {Choosing: "multichoice", Pairing: "matching", Ordering: "ordering", Writing: "essay"}
# What another try costs, in quizzes that allow one: Moodle's own default.
PENALTY = "0.3333333"
# The words that the course itself uses.
VERDICTS = {
    "correctfeedback": "Right.",
    "partiallycorrectfeedback": "Partly right.",
    "incorrectfeedback": "Not this time.",
}


def make(course: Course, edition: Edition) -> Package:
    """The items of the course's lessons as a file for "Question bank, Import, Moodle XML format"."""
    quiz = Element("quiz")
    items: list[Item] = []
    for category in categories(course, edition):
        _category(quiz, category)
        items += category.items
        for item in category.items:
            for question in questions(course, item):
                _question(quiz, question)
    indent(quiz)
    data = tostring(quiz, encoding="utf-8", xml_declaration=True) + b"\n"
    return Package(data, len(items), parts_lost(items))


def category_path(names: tuple[str, ...]) -> str:
    """A category's path as Moodle splits it again: a slash in a name is doubled, and never first or last there."""
    written = [name.replace("/", "//") for name in names]
    padded = [" " * name.startswith("/") + name + " " * name.endswith("/") for name in written]
    return "/".join(["$course$", "top", *padded])


def _category(quiz: Element, category: Category) -> None:
    made = SubElement(quiz, "question", type="category")
    _text(SubElement(made, "category"), category_path(category.path))
    _html(made, "info", category.info)
    _field(made, "idnumber", category.id)


def _question(quiz: Element, question: Question) -> None:
    made = SubElement(quiz, "question", type=TYPES[type(question.asks)])
    _text(SubElement(made, "name"), question.name)
    stem = _html(made, "questiontext", question.stem)
    if question.drawing:
        _file(stem, question.drawing)
    _html(made, "generalfeedback", question.feedback)
    _field(made, "defaultgrade", f"{question.mark:g}")
    _field(made, "penalty", PENALTY)
    _field(made, "hidden", "0")
    _field(made, "idnumber", question.id)
    match question.asks:
        case Choosing():
            _choosing(made, question.asks)
        case Pairing():
            _pairing(made, question.asks)
        case Ordering():
            _ordering(made, question.asks)
        case Writing():
            _writing(made, question.asks)
    for hint in question.hints:
        _html(made, "hint", hint)
    tags = SubElement(made, "tags")
    for tag in question.tags:
        _text(SubElement(tags, "tag"), tag)


def _choosing(made: Element, asks: Choosing) -> None:
    _field(made, "single", "true" if asks.single else "false")
    _field(made, "shuffleanswers", "false" if asks.in_order else "true")
    _field(made, "answernumbering", "abc" if asks.lettered else "none")
    # "Select one or more" is news only where several can be chosen.
    _field(made, "showstandardinstruction", "0" if asks.single else "1")
    _verdicts(made)
    if not asks.single:
        SubElement(made, "shownumcorrect")
    for answer in asks.answers:
        option = _html(made, "answer", answer.text, fraction=answer.percent)
        _html(option, "feedback", answer.feedback)


def _pairing(made: Element, asks: Pairing) -> None:
    _field(made, "shuffleanswers", "true")
    _verdicts(made)
    SubElement(made, "shownumcorrect")
    for card, group in asks.pairs:
        _text(SubElement(_html(made, "subquestion", card), "answer"), group)


def _ordering(made: Element, asks: Ordering) -> None:
    _field(made, "layouttype", "VERTICAL")
    _field(made, "selecttype", "ALL")
    _field(made, "selectcount", str(len(asks.steps)))
    # Counts pairs in the right order, as the course does; Moodle takes nothing off for the others.
    _field(made, "gradingtype", "RELATIVE_ALL_PREVIOUS_AND_NEXT")
    _field(made, "showgrading", "SHOW")
    _field(made, "numberingstyle", "none")
    _verdicts(made)
    _field(made, "shownumcorrect", "1")
    for place, step in enumerate(asks.steps, start=1):
        _html(made, "answer", step, fraction=str(place))


def _writing(made: Element, asks: Writing) -> None:
    _field(made, "responseformat", "editor")
    _field(made, "responserequired", "1")
    _field(made, "responsefieldlines", "10")
    _field(made, "attachments", "0")
    _field(made, "attachmentsrequired", "0")
    _html(made, "graderinfo", asks.model)
    _html(made, "responsetemplate", "")


def _verdicts(made: Element) -> None:
    for name, says in VERDICTS.items():
        _html(made, name, says)


def _html(parent: Element, name: str, html: str, **attributes: str) -> Element:
    made = SubElement(parent, name, attributes, format="html")
    _text(made, html)
    return made


def _text(parent: Element, text: str) -> None:
    _field(parent, "text", text)


def _field(parent: Element, name: str, value: str) -> None:
    SubElement(parent, name).text = plain(value)


def _file(parent: Element, drawing: Drawing) -> None:
    made = SubElement(parent, "file", name=drawing.name, path="/", encoding="base64")
    made.text = base64.b64encode(drawing.data).decode()
