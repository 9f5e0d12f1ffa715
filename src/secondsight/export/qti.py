"""QTI 2.1: a content package with every item, and a test for each lesson."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from ..course import Course
from ..course.items import Hotspot, Item
from .archive import archive
from .edition import Edition
from .package import Package
from .qti_items import assessment_item, identifier, picture_name
from .qti_scoring import element
from .still_picture import with_places
from .told import left_out

NO_HINTS = "QTI has no place for help that is given when asked for"
NO_TALK = "nobody answers back in QTI, so each story is told to its end and only the decision is asked"
SCHEMA = "http://www.w3.org/2001/XMLSchema-instance"


@dataclass(frozen=True)
class Version:
    """What tells a version of QTI from another.

    Attributes:
        items: the namespace of items and tests, and where its schema is published.
        manifest: the same of the manifest.
        package: what the manifest says it is, and the version of that.
        resource: how the types of its resources end.
        named: from an element in the names of 2.1 to one in its own.
    """

    items: tuple[str, str]
    manifest: tuple[str, str]
    package: tuple[str, str]
    resource: str
    named: Callable[[Element], Element]


QTI_2_1 = Version(
    items=("http://www.imsglobal.org/xsd/imsqti_v2p1", "http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"),
    manifest=(
        "http://www.imsglobal.org/xsd/imscp_v1p1",
        "http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd",
    ),
    package=("QTIv2.1 Package", "1.0.0"),
    resource="xmlv2p1",
    named=lambda made: made,
)


def make(course: Course, edition: Edition) -> Package:
    """The items and tests as QTI 2.1."""
    return package(course, QTI_2_1)


def package(course: Course, version: Version) -> Package:
    """The items and tests in a version of QTI: the manifest, ``tests/``, ``items/``, and ``pictures/`` beside them."""
    tests, items, pictures = {}, {}, {}
    asked: list[Item] = []
    for lesson, its_items in course.items_by_lesson.items():
        if its_items:
            tests[f"tests/{lesson}.xml"] = _file(_test(course, lesson, its_items), version)
        for item in its_items:
            asked.append(item)
            items[_item_file(item)] = _file(assessment_item(course, item), version)
            if isinstance(item, Hotspot):
                pictures[picture_name(item)] = with_places(course, item)
    manifest = {"imsmanifest.xml": _bytes(_manifest(course, version))}
    return Package(archive({**manifest, **tests, **items, **pictures}), len(asked), left_out(asked, NO_HINTS, NO_TALK))


def _item_file(item: Item) -> str:
    return f"items/{item.id}.xml"


def _test(course: Course, lesson: str, items: list[Item]) -> Element:
    part = course.lessons[lesson]
    total = element("sum", {}, element("testVariables", {"variableIdentifier": "SCORE"}))
    notice = element("rubricBlock", {"view": "candidate"}, element("p", {}, course.head.notice))
    references = (
        element("assessmentItemRef", {"identifier": identifier(item.id), "href": f"../{_item_file(item)}"})
        for item in items
    )
    return element(
        "assessmentTest",
        {"identifier": _test_id(lesson), "title": part.title},
        element(
            "outcomeDeclaration",
            {"identifier": "SCORE", "cardinality": "single", "baseType": "float"},
            element("defaultValue", {}, element("value", {}, "0")),
        ),
        element(
            "testPart",
            {"identifier": "part", "navigationMode": "nonlinear", "submissionMode": "individual"},
            element("itemSessionControl", {"maxAttempts": "1", "showFeedback": "true"}),
            element(
                "assessmentSection",
                {"identifier": "section", "title": part.title, "visible": "true"},
                notice,
                *references,
            ),
        ),
        element("outcomeProcessing", {}, element("setOutcomeValue", {"identifier": "SCORE"}, total)),
    )


def _test_id(lesson: str) -> str:
    return f"test-{lesson}"


def _manifest(course: Course, version: Version) -> Element:
    schema, schema_version = version.package
    resources = []
    for lesson, items in course.items_by_lesson.items():
        if items:
            needs = [element("dependency", {"identifierref": identifier(item.id)}) for item in items]
            resources.append(_resource(_test_id(lesson), "test", version, [f"tests/{lesson}.xml"], needs))
    for items in course.items_by_lesson.values():
        for item in items:
            files = [_item_file(item), *([picture_name(item)] if isinstance(item, Hotspot) else [])]
            resources.append(_resource(identifier(item.id), "item", version, files, []))
    made = element(
        "manifest",
        {"identifier": f"course-{course.head.id}"},
        element("metadata", {}, element("schema", {}, schema), element("schemaversion", {}, schema_version)),
        element("organizations"),
        element("resources", {}, *resources),
    )
    return _in_namespace(made, *version.manifest)


def _resource(id: str, kind: str, version: Version, files: list[str], needs: list[Element]) -> Element:
    attributes = {"identifier": id, "type": f"imsqti_{kind}_{version.resource}", "href": files[0]}
    return element("resource", attributes, *(element("file", {"href": file}) for file in files), *needs)


def _file(made: Element, version: Version) -> bytes:
    return _bytes(_in_namespace(version.named(made), *version.items))


def _in_namespace(made: Element, namespace: str, place: str) -> Element:
    made.set("xmlns", namespace)
    made.set(f"{{{SCHEMA}}}schemaLocation", f"{namespace} {place}")
    return made


def _bytes(made: Element) -> bytes:
    return ElementTree.tostring(made, encoding="UTF-8", xml_declaration=True)


ElementTree.register_namespace("xsi", SCHEMA)
