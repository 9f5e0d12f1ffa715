"""What a page's script reads from the printed form, as ``frontend/src/hosts/printed.ts`` and ``chunks/`` read it.

All of it is text and attributes of the HTML, so that a test can hold it against the data that
JupyterLab is given for the same part.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bs4 import BeautifulSoup, NavigableString, Tag

from secondsight.course import Course
from secondsight.course.part import Level
from secondsight.item_data import case_data, clinic_data, quiz_data
from secondsight.printed import Href
from secondsight.printed_items import case, clinic, quiz

Data = dict[str, Any]


def _text(within: Tag, selector: str) -> str:
    found = within.select_one(selector)
    return found.get_text().strip() if found else ""


def _texts(within: Tag, selector: str) -> list[str]:
    return [each.get_text().strip() for each in within.select(selector)]


def _sources(within: Tag | None) -> list[dict[str, str]]:
    links = within.select("a, span") if within else []
    return [{"label": link.get_text(), "href": link.get("href", "")} for link in links]


def _asked(element: Tag) -> Data:
    return {
        "id": element["data-item"],
        "version": element["data-version"],
        "stem": _text(element, ".stem"),
        "hints": _texts(element, ".hint p"),
        "sources": _sources(element.select_one(".key > .cites")),
    }


def _options(element: Tag, options: str = ".options li", key: str = ".key li") -> list[Data]:
    return [
        {
            "text": words,
            "correct": "right" in why.get("class", []),
            "feedback": _text(why, ".why"),
            "sources": _sources(why.select_one(".cites")),
        }
        for words, why in zip(_texts(element, options), element.select(key), strict=True)
    ]


def _choice(element: Tag) -> Data:
    return {"answers": element["data-answers"], "options": _options(element)}


def _hotspot(element: Tag) -> Data:
    svg = element.select_one("svg")
    pins = svg.select(".p-pins circle")
    options = [
        option | {"x": float(pin["cx"]), "y": float(pin["cy"])}
        for option, pin in zip(_options(element), pins, strict=True)
    ]
    svg.select_one(".p-pins").extract()
    return {"answers": element["data-answers"], "options": options, "svg": str(svg)}


def _match(element: Tag) -> Data:
    whys = element.select(".key li")
    cards = [
        {"text": words, "group": int(why["data-group"]), "feedback": _text(why, ".why")}
        for words, why in zip(_texts(element, ".options li"), whys, strict=True)
    ]
    return {"groups": _texts(element, ".groups li"), "cards": cards}


def _order(element: Tag) -> Data:
    whys = element.select(".key li")
    steps = []
    for index, words in enumerate(_texts(element, ".options li")):
        (place,) = (place for place, why in enumerate(whys) if int(why["data-step"]) == index)
        steps.append({"text": words, "place": place, "feedback": _text(whys[place], ".why")})
    assert len(steps) == len(whys)
    return {"steps": steps}


def _spot(element: Tag) -> Data:
    phrases = [{"cue": "right" in why.get("class", []), "why": _text(why, ".why")} for why in element.select(".key li")]
    left = iter(phrases)
    paragraphs = [
        [
            {"text": node.get_text(), "phrase": None if isinstance(node, NavigableString) else next(left)}
            for node in paragraph.children
        ]
        for paragraph in element.select(".text p")
    ]
    assert next(left, None) is None
    return {"form": element["data-form"], "paragraphs": paragraphs}


def _worked(element: Tag) -> Data:
    steps = [
        {"says": says, "wrong": "right" in why.get("class", []), "why": _text(why, ".why")}
        for says, why in zip(_texts(element, ".steps li"), element.select(".step-why li"), strict=True)
    ]
    return {"steps": steps, "mends": _options(element, ".options li", ".mend-why li")}


def _reflect(element: Tag) -> Data:
    return {"model": _text(element, ".model"), "points": _texts(element, ".covers li")}


def _case(element: Tag) -> Data:
    names, whys = _texts(element, ".options li"), _texts(element, ".level-why .why")
    return {
        "patient": _text(element, ".patient"),
        "history": _text(element, ".history"),
        "minutes": int(element["data-minutes"]),
        "steps": [
            {
                "id": step["data-step"],
                "says": _text(step, ".tells"),
                "asks": [
                    {
                        "text": _text(ask, ".ask"),
                        "minutes": int(ask["data-minutes"]),
                        "answer": _text(ask, ".reply"),
                        "key": "right" in ask.get("class", []),
                        "why": _text(ask, ".why"),
                    }
                    for ask in step.select(".asks > li")
                ],
                "ways": [
                    {"text": way.get_text().strip(), "next": way["data-next"]} for way in step.select("[data-next]")
                ],
            }
            for step in element.select("[data-step]")
        ],
        "action": element["data-action"],
        "levels": [{"name": name, "why": why} for name, why in zip(names, whys, strict=True)],
        "detail": _text(element, ".detail"),
        "consider": _text(element, ".consider"),
        "cues": _texts(element, ".cues li"),
        "lures": _texts(element, ".lures li"),
        "debrief": _text(element, ".debrief"),
    }


READERS: dict[str, Callable[[Tag], Data]] = {
    "choice": _choice, "hotspot": _hotspot, "match": _match, "order": _order, "spot": _spot, "worked": _worked,
    "reflect": _reflect, "case": _case,
}  # fmt: skip


def _item(element: Tag) -> Data:
    kind = element.get("data-kind", "choice")
    return _asked(element) | {"kind": kind} | READERS[kind](element)


def _vignette(element: Tag) -> Data:
    tells, why = element.select("p")[:2]
    pieces = [{"text": node.get_text(), "mattered": isinstance(node, Tag)} for node in tells.children]
    return _asked(element) | {
        "kind": "vignette",
        "action": Level.__args__[int(element["data-level"])],
        "card": element.get("data-card", ""),
        "pieces": pieces,
        "why": list(why.children)[-1].get_text().strip(),
        "sources": _sources(element.select_one(".cites")),
    }


def _card(element: Tag) -> Data:
    rows = zip(_texts(element, "dt"), _texts(element, "dd"), strict=True)
    return {
        "name": _text(element, "h3"),
        "features": _texts(element, "ul li"),
        "rows": [{"head": head, "says": says} for head, says in rows],
    }


def read_quiz(html: str, id: str, lesson: str) -> Data:
    """A quiz, or a case as a quiz of one item."""
    element = BeautifulSoup(html, "html.parser")
    return {
        "id": id,
        "lesson": lesson,
        "title": _text(element, ".title"),
        "says": _text(element, ".says"),
        "items": [_item(item) for item in element.select(".item")],
    }


def read_clinic(html: str, id: str, lesson: str, in_ten: int) -> Data:
    """A clinic; ``in_ten`` stands on the element around it, which the page puts there."""
    element = BeautifulSoup(html, "html.parser")
    return {
        "id": id,
        "lesson": lesson,
        "title": _text(element, ".title"),
        "says": _text(element, ".says"),
        "inTen": in_ten,
        "levels": _texts(element, ".levels li"),
        "vignettes": [_vignette(each) for each in element.select("[data-item]")],
        "cards": {card["data-card"]: _card(card) for card in element.select(".flag[data-card]")},
    }


def printed_and_given(course: Course, href: Href) -> dict[str, tuple[Data, Data]]:
    """For all that the course asks, by name: what a page reads from print, and what JupyterLab is given as data."""
    asked_in = course.asked_in
    pairs = {
        f"quiz {id}": (read_quiz(quiz(course, id, href), id, asked_in["quiz", id]), quiz_data(course, id, href))
        for id in course.quizzes
    }
    pairs |= {
        f"case {id}": (read_quiz(case(course, id, href), id, asked_in["case", id]), case_data(course, id, href))
        for id in course.cases
    }
    for id, part in course.clinics.items():
        read = read_clinic(clinic(course, id, href), id, asked_in["clinic", id], part.in_ten)
        pairs[f"clinic {id}"] = (read, clinic_data(course, id, href))
    for _, given in pairs.values():
        for item in given.get("items", []):
            if "svg" in item:
                # The same picture, written the same way.
                item["svg"] = str(BeautifulSoup(item["svg"], "html.parser"))
    return pairs
