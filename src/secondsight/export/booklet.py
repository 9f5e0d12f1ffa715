"""All questions on paper without their answers, and the answers on their own, under the same numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from markupsafe import Markup

from .. import printed, printed_items
from ..course import Course, Lesson
from . import page
from .edition import Edition

SVG = "http://www.w3.org/2000/svg"


@dataclass
class Part:
    """What a lesson asks: as a booklet has it, and its key."""

    lesson: Lesson
    asked: list[Markup] = field(default_factory=list)
    keys: list[Markup] = field(default_factory=list)


def booklet(course: Course, edition: Edition) -> str:
    """The page of the questions, with room to answer."""
    return _page(course, edition, "booklet.html.j2", "Questions")


def key(course: Course, edition: Edition) -> str:
    """The page of the answers, each with its reasons and its sources."""
    return _page(course, edition, "key.html.j2", "Key to the questions")


def _page(course: Course, edition: Edition, template: str, name: str) -> str:
    parts = list(_parts(course))
    items = [item for items in course.items_by_lesson.values() for item in items]
    facts = dict.fromkeys(fact for item in items for fact in item.all_facts)
    cited = course.sources_of(facts, (source for item in items for source in item.sources))
    references = [
        (course.sources[id].label, Markup(printed.reference(course.sources[id])))
        for id in sorted(cited, key=lambda id: course.sources[id].label.lower())
    ]
    title = f"{name} · {course.head.title}"
    return page.render(
        course, template, [], title=title, name=name, parts=parts, references=references, edition=edition, paper=True
    )


def _parts(course: Course) -> Iterator[Part]:
    numbers = count(1)
    for lesson in course.lessons.values():
        part = Part(lesson)
        for (verb, id), place in course.asked_in.items():
            if place == lesson.id:
                html = getattr(printed_items, verb)(course, id, printed.to_web)
                section = ElementTree.fromstring(html)
                part.keys.append(_markup(_keys_taken_out(section, numbers)))
                part.asked.append(_markup(section))
        if part.asked:
            yield part


def _markup(element: Element) -> Markup:
    ElementTree.register_namespace("", SVG)
    return Markup(ElementTree.tostring(element, encoding="unicode", method="html"))


def _keys_taken_out(section: Element, numbers: Iterator[int]) -> Element:
    """Number the items of a quiz, a case or a clinic and take what answers them out of it; what was taken."""
    keys = Element("div", {"class": "ss-panel"})
    SubElement(keys, "h3").text = section.findtext("h3")
    for item in [element for element in section.iter("div") if "data-item" in element.attrib]:
        number = f"{next(numbers)}."
        item.insert(0, _words("p", number, "number"))
        entry = SubElement(keys, "div", {"class": "key item"})
        entry.append(_words("p", f"{number} {item.get('data-item')}", "number"))
        _case_replies(item, entry)
        for details in item.findall("details"):
            item.remove(details)
            if details.get("class") != "hint":
                entry.extend(part for part in details if part.tag != "summary")
        for marked in item.iter("mark"):
            # The words that matter are for the trainee to find.
            marked.tag = "span"
        item.append(_words("p", "Your answer:", "answer wide" if item.get("data-kind") == "reflect" else "answer"))
    for details in section.findall("details"):
        section.remove(details)
    return keys


def _case_replies(item: Element, entry: Element) -> None:
    """What a patient answers is told when it is asked; on paper, by the key."""
    for ask in item.iterfind(".//ul[@class='asks']/li"):
        ask.attrib.pop("class", None)
        details = ask.find("details")
        asked = details.find("summary")
        ask.remove(details)
        ask.extend(asked)
        for piece in asked:
            ask.text = (ask.text or "") + "".join(piece.itertext()) + (piece.tail or "")
            ask.remove(piece)
        entry.append(_words("p", "".join(asked.itertext()), "asked"))
        entry.extend(part for part in details if part.tag != "summary")


def _words(tag: str, text: str, name: str) -> Element:
    element = Element(tag, {"class": name})
    element.text = text
    return element
