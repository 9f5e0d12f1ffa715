"""QTI 3.0: the same package under the names of version 3.0.

From 2.1 to 3.0 the model is the same. Its elements are named ``qti-`` and their words parted by hyphens, its
attributes' words too; what is shown as feedback or rubric stands in a ``qti-content-body``.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from ..course import Course
from .edition import Edition
from .package import Package
from .qti import Version, package

# Elements of HTML, which keep their names.
HTML = {"br", "div", "img", "li", "p", "strong", "ul"}
SHOWN = {"modalFeedback", "rubricBlock"}


def make(course: Course, edition: Edition) -> Package:
    """The items and tests as QTI 3.0."""
    return package(course, QTI_3_0)


def renamed(made: Element) -> Element:
    """An element of QTI 2.1, with all that is in it, as one of 3.0."""
    if made.tag in HTML:
        new = Element(made.tag, made.attrib)
    else:
        new = Element(f"qti-{_parted(made.tag)}", {_parted(name): value for name, value in made.attrib.items()})
    new.text, new.tail = made.text, made.tail
    children = [renamed(child) for child in made]
    if made.tag in SHOWN:
        body = Element("qti-content-body")
        body.extend(children)
        children = [body]
    if made.tag == "rubricBlock":
        new.set("use", "instructions")
    new.extend(children)
    return new


def _parted(name: str) -> str:
    """A name whose words begin with capitals, in small letters with hyphens; one in a namespace stays as it is."""
    return name if name.startswith("{") else re.sub(r"(?<=[a-z])([A-Z])", r"-\1", name).lower()


QTI_3_0 = Version(
    items=(
        "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
        "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0_v1p0.xsd",
    ),
    manifest=(
        "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
        "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqtiv3p0_imscpv1p2_v1p0.xsd",
    ),
    package=("QTI Package", "3.0.0"),
    resource="xmlv3p0",
    named=renamed,
)
