"""The course as QTI, opened by readers that others wrote: pyslet takes 2.1, qti_convert takes 3.0.

pyslet reads and scores as the specification has it, and quotes the published schema for each element; it refuses what
stands where it may not. Order and attributes are checked with a grammar of our own, ``qti_part.xsd``. In
``tests/browser/test_qti_player.py`` a player scores and shows the items of 3.0.
"""

from __future__ import annotations

import io
import logging
import shutil
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
import qti_convert
import xmlschema
from lxml import etree
from pyslet.qtiv2 import variables
from pyslet.qtiv2.items import AssessmentItem
from pyslet.qtiv2.tests import AssessmentItemRef, AssessmentTest
from pyslet.qtiv2.xml import QTIDocument

from qti_answers import Answer, Offered, answers, scores
from secondsight.course import Course, load_course
from secondsight.course.items import Case, Choice, Hotspot, Item, Match, Order, Reflect, Spot, Vignette, Worked
from secondsight.export import qti, qti_3
from secondsight.export.edition import Edition
from secondsight.export.handover import hand_over
from secondsight.export.still_picture import still_picture

Q = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
CP = "{http://www.imsglobal.org/xsd/imscp_v1p1}"
GRAMMAR = Path(__file__).with_name("qti_part.xsd")


def files(made) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(made.data)) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.fixture(scope="module")
def real_files(real) -> dict[str, bytes]:
    return files(qti.make(real, Edition()))


@pytest.fixture(scope="module")
def small_files(small_read) -> dict[str, bytes]:
    return files(qti.make(small_read, Edition()))


@pytest.fixture(params=["small_read", "real"])
def both(request) -> tuple[Course, dict[str, bytes]]:
    """Each course with its package."""
    name = {"small_read": "small_files", "real": "real_files"}[request.param]
    return request.getfixturevalue(request.param), request.getfixturevalue(name)


def asked(course: Course) -> list[Item]:
    return [item for items in course.items_by_lesson.values() for item in items]


@cache
def opened(data: bytes) -> AssessmentItem | AssessmentTest:
    """An item or a test as pyslet reads it; it refuses elements that stand where they may not."""
    text = data.decode()
    if "<hottext " in text:
        # The specification's own example has hottext in a paragraph; pyslet 0.7 takes it only in a division.
        text = text.replace("<p>", "<div>").replace("</p>", "</div>")
    document = QTIDocument()
    document.read(src=text)
    return document.root


def words(element: ElementTree.Element | None) -> str:
    """What a person reads, a line for each paragraph, break and entry of a list."""
    assert element is not None
    lines = [""]
    for part in element.iter():
        if part.tag.split("}")[-1] in ("p", "li", "br", "prompt"):
            lines.append("")
        lines[-1] += part.text or ""
        lines[-1] += "" if part is element else (part.tail or "")
    return "\n".join(line for line in lines if line.strip())


def offered(data: bytes) -> Offered:
    root = ElementTree.fromstring(data)
    found: dict[str, dict[str, str]] = {}
    for interaction in root.find(f"{Q}itemBody"):
        if response := interaction.get("responseIdentifier"):
            texts = found.setdefault(response, {})
            for part in interaction.iter():
                if part.get("identifier"):
                    texts[part.get("identifier")] = part.text
    return Offered(found)


def test_every_item_and_test_has_the_form_of_the_specification(both):
    course, package = both
    grammar = xmlschema.XMLSchema(GRAMMAR)
    checked = 0
    for name, data in package.items():
        if name.startswith(("items/", "tests/")):
            assert [f"{name}: {error.reason}" for error in grammar.iter_errors(data)] == []
            checked += 1
    assert checked == len(asked(course)) + sum(bool(items) for items in course.items_by_lesson.values())


def test_the_grammar_of_ours_refuses_what_the_specification_does(small_files):
    grammar = xmlschema.XMLSchema(GRAMMAR)
    good = small_files["items/which-ache.xml"].decode()
    assert grammar.is_valid(good)
    for old, new in [
        ('identifier="a"', 'identifier="1a"'),
        ('responseIdentifier="RESPONSE" ', ""),
        ("<prompt>", "<prompt><p>No.</p>"),
        ("<itemBody>", "<itemBody>Loose words."),
        ('cardinality="single"', 'cardinality="twin"'),
        (
            "<responseProcessing>",
            '<modalFeedback outcomeIdentifier="FEEDBACK" identifier="z" showHide="show"/><responseProcessing>',
        ),
    ]:
        assert old in good
        assert not grammar.is_valid(good.replace(old, new, 1)), new


def test_a_reader_of_qti_takes_every_file_without_a_word_of_warning(both, caplog):
    course, package = both
    with caplog.at_level(logging.WARNING):
        read = [opened(data) for name, data in package.items() if name.startswith(("items/", "tests/"))]
    assert len(read) > len(asked(course))
    assert caplog.messages == []


def stem_of(item: Item) -> str:
    if isinstance(item, Vignette):
        return "".join(piece for piece, _ in item.pieces)
    return item.patient if isinstance(item, Case) else item.stem


def offers(course: Course, item: Item) -> list[set[str]]:
    """The texts that each interaction of an item offers."""
    match item:
        case Choice():
            return [{option.text for option in item.options}]
        case Hotspot():
            return [{f"{'abcdefghij'[at]}. {place.text}" for at, place in enumerate(item.places)}]
        case Match():
            return [{card.text for card in item.cards} | set(item.groups)]
        case Order():
            return [{step.text for step in item.steps}]
        case Spot():
            return [{phrase.says for phrase in item.phrases}]
        case Worked():
            return [{step.says for step in item.steps}, {mend.text for mend in item.mends}]
        case Reflect():
            return [set()]
    return [{action.name for action in course.actions.values()}]


def test_every_item_asks_what_the_course_asks(both):
    course, package = both
    kinds = set()
    for item in asked(course):
        data = package[f"items/{item.id}.xml"]
        root = opened(data)
        assert root.identifier == f"item-{item.id}"
        body = words(ElementTree.fromstring(data).find(f"{Q}itemBody"))
        assert stem_of(item) in body
        assert [set(texts.values()) for texts in offered(data).responses.values()] == offers(course, item)
        kinds.add(type(item).__name__)
    assert kinds == {"Choice", "Match", "Order", "Hotspot", "Spot", "Worked", "Reflect", "Case", "Vignette"}


def test_a_text_with_phrases_is_whole_and_keeps_its_paragraphs(both):
    course, package = both
    spots = [item for item in asked(course) if isinstance(item, Spot)]
    assert spots
    for item in spots:
        interaction = ElementTree.fromstring(package[f"items/{item.id}.xml"]).find(f".//{Q}hottextInteraction")
        told = [line for line in item.text.replace("[", "").replace("]", "").split("\n") if line]
        assert words(interaction) == "\n".join([item.stem, *told])


@cache
def session(data: bytes) -> variables.ItemSessionState:
    state = variables.ItemSessionState(opened(data))
    state.select_clone()
    return state


def answered(data: bytes, answer: Answer) -> variables.ItemSessionState:
    """An attempt as pyslet carries it out."""
    state = session(data)
    state.begin_session()
    for response in state.item.ResponseDeclaration:
        state[response.identifier].set_value(answer.given.get(response.identifier))
    state.end_attempt()
    return state


def every_answer(course: Course, package: dict[str, bytes]) -> Iterator[tuple[Item, bytes, Answer]]:
    for item in asked(course):
        if item.is_scored:
            data = package[f"items/{item.id}.xml"]
            for answer in answers(item, offered(data)):
                yield item, data, answer


def test_every_answer_earns_what_the_course_gives_for_it(both):
    course, package = both
    all_of_them = list(every_answer(course, package))
    assert len(all_of_them) > len(asked(course))
    given = [answered(data, answer)["SCORE"].value for _, data, answer in all_of_them]
    assert given == pytest.approx(scores([answer.asked for *_, answer in all_of_them]))
    assert {0.0, 0.5, 1.0} < set(given)


def test_an_empty_answer_earns_nothing_and_still_tells_the_answer(small_read, small_files):
    for item in asked(small_read):
        state = answered(small_files[f"items/{item.id}.xml"], Answer({}, {}))
        assert "KEY" in state["FEEDBACK"].value
        if item.is_scored:
            assert state["SCORE"].value == 0


def test_after_an_answer_the_reasons_of_what_was_chosen_and_of_what_is_right_are_shown(small_read, small_files):
    data = small_files["items/which-ache.xml"]
    shown = {part.get("identifier"): words(part) for part in ElementTree.fromstring(data).iter(f"{Q}modalFeedback")}
    wrong = answered(data, Answer({"RESPONSE": "a"}, {}))
    assert set(wrong["FEEDBACK"].value) == {"a", "b", "KEY"}
    assert shown["a"] == "One that eased yesterday\nMost aches pass.\nSources: Ward book 2025; Old letter"
    assert shown["b"] == "One that lasts\nRight. It has lasted."
    assert set(answered(data, Answer({"RESPONSE": "b"}, {}))["FEEDBACK"].value) == {"b", "KEY"}


def test_every_reason_of_the_course_is_told(both):
    course, package = both
    for item in asked(course):
        told = "\n".join(
            words(part) for part in ElementTree.fromstring(package[f"items/{item.id}.xml"]).iter(f"{Q}modalFeedback")
        )
        told_once = " ".join(told.split())
        match item:
            case Choice(options=parts) | Hotspot(places=parts):
                reasons = [part.feedback for part in parts]
            case Match(cards=parts) | Order(steps=parts):
                reasons = [part.feedback for part in parts]
            case Spot():
                reasons = [phrase.why for phrase in item.phrases]
            case Worked():
                reasons = [*(step.why for step in item.steps), *(mend.feedback for mend in item.mends)]
            case Reflect():
                reasons = [item.model, *item.points]
            case Case():
                reasons = [*item.actions.values(), item.detail, item.debrief, item.consider, *item.cues, *item.lures]
            case Vignette():
                reasons = [item.why, *(piece for piece, marked in item.pieces if marked)]
        for reason in reasons:
            assert " ".join(reason.split()) in told_once, item.id


def test_the_answer_names_its_sources_how_far_each_was_read_and_the_notice(small_read, small_files):
    key = next(
        words(part)
        for part in ElementTree.fromstring(small_files["items/mark-call.xml"]).iter(f"{Q}modalFeedback")
        if part.get("identifier") == "KEY"
    )
    assert key.split("\n") == [
        "The answer",
        "My legs give way",
        "Sources, and how far each was read",
        "Ward book 2025: The ward book. A hospital, 2025. https://example.org/ward-book Read: whole text.",
        "Old letter: A letter without an address. A clinic, 1999. Not read at first hand: quoted by the ward book.",
        "Practice, not advice.",
    ]


def test_each_lesson_that_asks_is_a_test_of_its_items_in_order(both):
    course, package = both
    tests = [name for name in package if name.startswith("tests/")]
    assert tests == [f"tests/{lesson}.xml" for lesson, items in course.items_by_lesson.items() if items]
    for name in tests:
        lesson = name[6:-4]
        root = opened(package[name])
        assert root.title == course.lessons[lesson].title
        references = list(root.find_children_depth_first(AssessmentItemRef))
        assert [str(each.href) for each in references] == [
            f"../items/{item.id}.xml" for item in course.items_by_lesson[lesson]
        ]
        assert [each.identifier for each in references] == [
            f"item-{item.id}" for item in course.items_by_lesson[lesson]
        ]
        assert course.head.notice in words(ElementTree.fromstring(package[name]))


def test_the_manifest_names_every_file_once_and_none_that_is_missing(both):
    course, package = both
    manifest = ElementTree.fromstring(package["imsmanifest.xml"])
    resources = {each.get("identifier"): each for each in manifest.iter(f"{CP}resource")}
    named = [file.get("href") for each in resources.values() for file in each.iter(f"{CP}file")]
    assert sorted(named) == sorted(set(package) - {"imsmanifest.xml"})
    assert manifest.findtext(f"{CP}metadata/{CP}schema") == "QTIv2.1 Package"
    for id, each in resources.items():
        kind = id.split("-")[0]
        assert each.get("type") == f"imsqti_{kind}_xmlv2p1"
        assert ElementTree.fromstring(package[each.get("href")]).get("identifier") == id
        for needed in each.iter(f"{CP}dependency"):
            assert needed.get("identifierref") in resources
    assert {id for id in resources if id.startswith("item-")} == {f"item-{item.id}" for item in asked(course)}


def test_a_place_is_chosen_by_the_letter_that_the_picture_shows(both):
    course, package = both
    spots = [item for item in asked(course) if isinstance(item, Hotspot)]
    assert spots
    for item in spots:
        image = ElementTree.fromstring(package[f"items/{item.id}.xml"]).find(f".//{Q}img")
        assert image.get("alt") == course.pictures[item.picture].caption
        picture = package[f"items/{image.get('src')}".replace("items/../", "")]
        svg = ElementTree.fromstring(picture)
        letters = [text.text for text in svg.iter("{http://www.w3.org/2000/svg}text") if text.get("class") == "p-num"]
        assert letters == list("abcdefghij"[: len(item.places)])
        assert picture != still_picture(course, item.picture)


def test_version_3_is_the_same_package_to_a_converter_that_others_wrote(both):
    course, package = both
    turned = qti_convert.downgrade_package_files(
        files(qti_3.make(course, Edition())), inject_shared_vocabulary_stylesheet=False
    )
    # 2.1 has no place for what a rubric is for, and no shared words for styles; they are harmless there.
    assert {warning.code for warning in turned.warnings} == {"removed-attribute", "shared-vocabulary-classes"}
    assert {warning.message.split('"')[1] for warning in turned.warnings if "attribute" in warning.code} == {"use"}
    assert set(turned.files) == set(package)
    for name, data in package.items():
        if name.endswith(".xml"):
            assert canonical(turned.files[name]) == canonical(data), name
        else:
            assert turned.files[name] == data


def canonical(data: bytes | str) -> bytes:
    """A document in one form, apart from where its schema is said to be."""
    root = etree.fromstring(data.encode() if isinstance(data, str) else data)
    root.attrib.pop("{http://www.w3.org/2001/XMLSchema-instance}schemaLocation", None)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, method="c14n")


def test_version_3_says_what_it_is(small_read):
    package = files(qti_3.make(small_read, Edition()))
    manifest = ElementTree.fromstring(package["imsmanifest.xml"])
    space = "{http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1}"
    assert manifest.tag == f"{space}manifest"
    assert [manifest.findtext(f"{space}metadata/{space}{name}") for name in ("schema", "schemaversion")] == [
        "QTI Package",
        "3.0.0",
    ]
    types = {each.get("type") for each in manifest.iter(f"{space}resource")}
    assert types == {"imsqti_item_xmlv3p0", "imsqti_test_xmlv3p0"}
    item = ElementTree.fromstring(package["items/which-ache.xml"])
    assert item.tag == "{http://www.imsglobal.org/xsd/imsqtiasi_v3p0}qti-assessment-item"
    assert item.get("time-dependent") == "false"


def test_what_version_3_shows_as_feedback_or_rubric_stands_in_a_body_of_content(small_read):
    shown = 0
    for name, data in files(qti_3.make(small_read, Edition())).items():
        if name.startswith(("items/", "tests/")):
            for part in ElementTree.fromstring(data).iter():
                if part.tag.endswith(("}qti-modal-feedback", "}qti-rubric-block")):
                    assert [child.tag.split("}")[1] for child in part] == ["qti-content-body"]
                    shown += 1
    assert shown > 20


HARD = {
    "markup": "Is 3 < 4 & 5 > 4? ]]> <b>no</b> &amp;",
    "quotes": "“Don’t”, 'she' \"said\"",
    "signs": "😀 𝒳 عربي \u202eright to left",
    "unseen": "before\x07\x1b[31mafter",
    "long": "word " * 799 + "end",
}


@pytest.mark.parametrize("text", HARD.values(), ids=HARD)
def test_hard_texts_come_through_as_they_are(small, text):
    yaml = "".join(f"\\U{ord(sign):08x}" for sign in text)
    small.edit("exercises/questions/first.yaml", "text: One that lasts", f'text: "{yaml}"')
    small.edit("exercises/questions/first.yaml", "feedback: It has lasted.", f'feedback: "{yaml}"')
    seen = text.replace("\x07", "").replace("\x1b", "")
    for make in (qti, qti_3):
        data = files(make.make(load_course(small.root), Edition()))["items/which-ache.xml"]
        read = " ".join("".join(ElementTree.fromstring(data).itertext()).split())
        assert read.count(" ".join(seen.split())) == 4
    data = files(qti.make(load_course(small.root), Edition()))["items/which-ache.xml"]
    assert seen in offered(data).responses["RESPONSE"].values()
    assert answered(data, Answer({"RESPONSE": "b"}, {}))["SCORE"].value == 1


def test_an_item_whose_id_begins_with_a_digit_has_an_identifier_that_does_not(small):
    small.edit("exercises/questions/first.yaml", "id: which-ache\n", "id: 3-weeks\n")
    package = files(qti.make(load_course(small.root), Edition()))
    assert opened(package["items/3-weeks.xml"]).identifier == "item-3-weeks"
    assert xmlschema.XMLSchema(GRAMMAR).is_valid(package["items/3-weeks.xml"].decode())


def test_what_qti_has_no_place_for_is_said_once(small_read):
    made = qti.make(small_read, Edition())
    assert made.items == len(asked(small_read))
    hinted = sum(bool(getattr(item, "hints", [])) for item in asked(small_read))
    assert [left.item for left in made.left_out] == [
        f"the hints of {hinted} items",
        "the questions and turns of 1 case",
    ]


@pytest.mark.parametrize("form", ["qti", "qti-3"])
def test_the_same_course_gives_the_same_bytes_wherever_it_lies(small, tmp_path, form):
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(small.root, elsewhere)
    one = hand_over(small.root, form, tmp_path / "one.zip", Edition())
    other = hand_over(elsewhere, form, tmp_path / "other.zip", Edition())
    assert one.out.read_bytes() == other.out.read_bytes()
    assert str(small.root).encode() not in one.out.read_bytes()


def test_chosen_lessons_alone_are_in_it(small, tmp_path):
    done = hand_over(small.root, "qti", tmp_path / "some.zip", Edition(lessons=("third",)))
    package = files(done.package)
    assert [name for name in package if name.startswith("tests/")] == ["tests/third.xml"]
    assert "items/which-ache.xml" not in package
    assert "items/sort-aches.xml" in package
