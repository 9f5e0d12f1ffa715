"""From a folder of YAML files and notebooks to a Course, with every problem at its file and line."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from . import drawing, located_yaml, notebook
from .located_yaml import Located, YamlProblem
from .model import (
    ActionsFile,
    Blueprint,
    CasesFile,
    Clinic,
    Course,
    CourseFile,
    FactsFile,
    File,
    FinalCheck,
    GlossaryFile,
    Lesson,
    PicturesFile,
    QuestionsFile,
    RedFlagsFile,
    Site,
    SourcesFile,
    StatementsFile,
    VignettesFile,
)
from .problem import CourseError, Problem

BIGGEST_FILE = 2_000_000
PACKAGED = Path(__file__).parent.parent / "data"

SINGLE_FILES: dict[str, type[BaseModel]] = {
    "content/course.yaml": CourseFile,
    "content/sources.yaml": SourcesFile,
    "content/statements.yaml": StatementsFile,
    "content/glossary.yaml": GlossaryFile,
    "content/actions.yaml": ActionsFile,
    "content/red_flags.yaml": RedFlagsFile,
    "content/pictures.yaml": PicturesFile,
}
OPTIONAL_FILES: dict[str, type[BaseModel]] = {
    "exercises/blueprint.yaml": Blueprint,
    "exercises/final-check.yaml": FinalCheck,
}
FOLDERS: dict[str, type[BaseModel]] = {
    "content/facts": FactsFile,
    "content/sites": Site,
    "content/lessons": Lesson,
    "exercises/questions": QuestionsFile,
    "exercises/cases": CasesFile,
    "exercises/clinics": Clinic,
    "exercises/vignettes": VignettesFile,
}

# What each kind of file defines; where one cannot be read, nobody is told that these do not exist.
DEFINES: dict[type[BaseModel], tuple[str, ...]] = {
    SourcesFile: ("source",),
    StatementsFile: ("statement",),
    GlossaryFile: ("term",),
    ActionsFile: ("action",),
    RedFlagsFile: ("red flag",),
    PicturesFile: ("picture",),
    FactsFile: ("fact",),
    Site: ("site", "symptom"),
    Lesson: ("lesson", "objective"),
    QuestionsFile: ("quiz", "item"),
    CasesFile: ("case", "item"),
    Clinic: ("clinic",),
    VignettesFile: ("item", "vignette"),
    CourseFile: ("course",),
    FinalCheck: ("final check",),
}
_ID = re.compile(r"^[\s\-{]*id:\s*[\"']?([\w-]+)", re.M)


def find_course(start: Path | None = None) -> Path:
    """The course's root: the nearest folder at or above ``start`` with ``content/course.yaml``.

    Without one, the course that ships inside the package.

    Raises:
        CourseError: where there is neither.
    """
    start = (start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / "content" / "course.yaml").is_file():
            return folder
    checkout = Path(__file__).parents[3]
    for folder in (PACKAGED, checkout):
        if (folder / "content" / "course.yaml").is_file():
            return folder
    raise CourseError([Problem(str(start), 0, "no course is here; go to a folder that holds content/course.yaml")])


def course_files(root: Path) -> list[Path]:
    """Every file that the course is read from, in a stable order."""
    found: list[Path] = []
    for folder, endings in (
        ("content", {".yaml", ".yml", ".svg"}),
        ("exercises", {".yaml", ".yml"}),
        ("notebooks", {".ipynb"}),
    ):
        for parent, folders, names in os.walk(root / folder):
            folders[:] = sorted(f for f in folders if not f.startswith("."))
            found += [Path(parent) / name for name in sorted(names) if Path(name).suffix in endings]
    return found


def read_course(root: Path, instead: Mapping[str, str] | None = None) -> tuple[Course, list[Problem]]:
    """Read all that can be read; what cannot is left out and named among the problems.

    Args:
        root: the course's folder.
        instead: texts that are read in place of what stands in files, by path from the root; new files too.
    """
    return _Reader(root, instead or {}).read()


class _Reader:
    def __init__(self, root: Path, instead: Mapping[str, str]):
        self.course = Course(root)
        self.instead = instead
        self.problems: list[Problem] = []

    def read(self) -> tuple[Course, list[Problem]]:
        root = self.course.root
        notebooks: dict[str, notebook.Notebook] = {}
        files = course_files(root)
        files += [root / name for name in self.instead if root / name not in files]
        for path in files:
            name = path.relative_to(root).as_posix()
            text = self._text(path, name)
            if text is None:
                self._unread(name, None)
                continue
            if path.suffix == ".svg":
                found = [Problem(name, 0, says) for says in drawing.faults(text)]
                self.problems += found
                if found:
                    self._unread(name, None)
                    continue
                self.course.svgs[name.removeprefix("content/")] = text
            elif path.suffix == ".ipynb":
                try:
                    notebooks[path.name] = notebook.parse(text, name)
                except notebook.NotebookProblem as problem:
                    self.problems.append(Problem(name, 0, str(problem)))
                    self._unread(name, text)
            else:
                self._yaml(name, text)
        for missing in (name for name in SINGLE_FILES if name not in self.instead and not (root / name).is_file()):
            self.problems.append(Problem(missing, 0, "this file is missing; the course needs it"))
            self._unread(missing, None)
        self._order(notebooks)
        return self.course, self.problems

    def _text(self, path: Path, name: str) -> str | None:
        if name in self.instead:
            return self.instead[name]
        try:
            size = path.stat().st_size
            if size > BIGGEST_FILE:
                self._problem(name, 0, f"this file has {size:,} bytes, more than {BIGGEST_FILE:,}; split it")
                return None
            return path.read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            line = path.read_bytes()[: error.start].count(b"\n") + 1
            self._problem(name, line, "this line is not UTF-8 text; save the file as UTF-8")
        except OSError as error:
            self._problem(name, 0, f"this file cannot be read ({error.strerror}); check its permissions")
        return None

    def _yaml(self, name: str, text: str) -> None:
        model = _model(name)
        if model is None:
            self._problem(
                name, 0, "no part of the course is read from here; see docs/write-content.md for where it belongs"
            )
            return
        try:
            located = located_yaml.parse(text)
        except YamlProblem as problem:
            self._problem(name, problem.line, problem.says)
            self._unread(name, text)
            return
        try:
            read = model.model_validate(located.value)
        except ValidationError as error:
            self.problems += _sentences(name, located, error, model)
            self._unread(name, text)
            return
        self._take(name, located, read)

    def _unread(self, name: str, text: str | None) -> None:
        """Remember what a file would have defined, as far as it can be seen."""
        kinds = {".svg": ("file",), ".ipynb": ("notebook",)}.get(Path(name).suffix) or DEFINES.get(_model(name), ())
        for kind in kinds:
            ids = self.course.unread.setdefault(kind, set())
            ids.update(_ID.findall(text) if text else [None])

    def _take(self, name: str, located: Located, read: File) -> None:
        course = self.course
        course.places["review", name] = (name, located.line(("review_by",)))
        course.files[name] = read
        match read:
            case CourseFile():
                course.head = read
            case SourcesFile(sources=parts):
                self._add("source", course.sources, parts, name, located, ("sources",))
            case StatementsFile(statements=parts):
                self._add("statement", course.statements, parts, name, located, ("statements",))
            case FactsFile(facts=parts):
                self._add("fact", course.facts, parts, name, located, ("facts",))
            case GlossaryFile(terms=parts):
                self._add("term", course.terms, parts, name, located, ("terms",))
            case ActionsFile(actions=parts):
                self._add("action", course.actions, parts, name, located, ("actions",))
            case RedFlagsFile(red_flags=parts):
                self._add("red flag", course.red_flags, parts, name, located, ("red_flags",))
            case PicturesFile(pictures=parts):
                self._add("picture", course.pictures, parts, name, located, ("pictures",))
            case Site():
                self._add("site", course.sites, [read], name, located, None)
                self._add("symptom", {}, read.symptoms, name, located, ("symptoms",))
            case Lesson():
                self._add("lesson", course.lessons, [read], name, located, None)
                self._add("objective", {}, read.objectives, name, located, ("objectives",))
            case QuestionsFile(quizzes=parts):
                self._add("quiz", course.quizzes, parts, name, located, ("quizzes",))
                for index, quiz in enumerate(parts):
                    self._add("item", course.items, quiz.items, name, located, ("quizzes", index, "items"))
            case CasesFile(cases=parts):
                self._add("case", course.cases, parts, name, located, ("cases",))
                self._add("item", course.items, parts, name, located, ("cases",))
            case Clinic():
                self._add("clinic", course.clinics, [read], name, located, None)
            case VignettesFile(vignettes=parts):
                self._add("item", course.items, parts, name, located, ("vignettes",))
                course.places.setdefault(("vignettes", read.clinic), (name, located.line(("clinic",))))
                course.vignettes.setdefault(read.clinic, []).extend(parts)
            case Blueprint():
                course.blueprint = read
                course.places["blueprint", ""] = (name, located.line(("wants",)))
                for index, _ in enumerate(read.wants):
                    course.places["blueprint", str(index)] = (name, located.line(("wants", index)))

            case FinalCheck():
                course.final_check = read
                course.places["final check", "before"] = (name, located.line(("before",)))
                for index, _ in enumerate(read.draws):
                    course.places["final check", str(index)] = (name, located.line(("draws", index)))

    def _add(
        self, kind: str, into: dict[str, Any], parts: list[Any], name: str, located: Located, at: tuple | None
    ) -> None:
        for index, part in enumerate(parts):
            line = located.line((*at, index, "id") if at else ("id",))
            first = self.course.places.get((kind, part.id))
            if first:
                self._problem(
                    name, line, f"{kind} '{part.id}' is already at {first[0]}:{first[1]}; give this one another id"
                )
                continue
            self.course.places[kind, part.id] = (name, line)
            into[part.id] = part

    def _order(self, notebooks: dict[str, notebook.Notebook]) -> None:
        course = self.course
        if course.head:
            course.lessons = _in_order(course.lessons, course.head.lessons)
            course.sites = _in_order(course.sites, course.head.sites)
        for lesson in course.lessons.values():
            if lesson.notebook in notebooks:
                course.notebooks[lesson.id] = notebooks[lesson.notebook]

    def _problem(self, name: str, line: int, says: str) -> None:
        self.problems.append(Problem(name, line, says))


def _in_order(parts: dict[str, Any], order: list[str]) -> dict[str, Any]:
    """Parts in the order given; those it does not name, after them."""
    return {id: parts[id] for id in [*order, *parts] if id in parts}


def _model(name: str) -> type[BaseModel] | None:
    return SINGLE_FILES.get(name) or OPTIONAL_FILES.get(name) or FOLDERS.get(name.rsplit("/", 1)[0])


def _sentences(name: str, located: Located, error: ValidationError, model: type[BaseModel]) -> Iterator[Problem]:
    """Each of pydantic's findings as one sentence at its line."""
    for finding in error.errors(include_url=False):
        path = _without_kinds(located.value, finding["loc"])
        what = _named(located.value, path)
        field = str(path[-1]) if path else "file"
        match finding["type"]:
            case "missing":
                says = f"{what} has no '{field}'; add it"
            case "extra_forbidden":
                known = _fields_at(model, finding["loc"][:-1])
                near = difflib.get_close_matches(field, known, n=1)
                hint = f"did you mean '{near[0]}'?" if near else f"the known ones are {', '.join(known)}"
                says = f"{what} has an unknown field '{field}'; {hint}"
            case "unfit":
                says = f"{what} {finding['msg']}"
            case "union_tag_not_found":
                says = f"{what} has no 'kind'; add one of {', '.join(_kinds(model, finding['loc']))}"
            case "union_tag_invalid":
                says = (
                    f"{what} has kind '{finding['ctx']['tag']}'; it takes one of "
                    f"{', '.join(_kinds(model, finding['loc']))}"
                )
            case "literal_error" if field == "[key]":
                says = f"{what} has '{finding['input']}' under '{path[-3]}'; it takes {finding['ctx']['expected']}"
            case "literal_error":
                says = f"{what} has {field} '{finding['input']}'; it takes {finding['ctx']['expected']}"
            case "string_pattern_mismatch":
                says = (
                    f"{what} has {field} '{str(finding['input'])[:60]}', which is not of the form it takes"
                    f" ({finding['ctx']['pattern']})"
                )
            case "string_too_short" | "too_short":
                says = f"{what} has an empty or too short '{field}'; fill it in"
            case "model_type" | "model_attributes_type" | "dict_type":
                says = f"{what} should hold fields, as in 'id: ...', but holds {_shape(finding['input'])}"
            case "list_type":
                says = f"{what} should have a list under '{field}', but has {_shape(finding['input'])}"
            case "string_type":
                says = f"{what} should have text as '{field}', but has {_shape(finding['input'])}"
            case _:
                says = f"{what} has '{field}' that does not fit: {finding['msg'][:1].lower()}{finding['msg'][1:]}"
        yield Problem(name, located.line(path), " ".join(says.split()))


def _without_kinds(value: Any, path: tuple) -> tuple:
    """Pydantic's way to a finding without the kinds it adds after an item's place in its list."""
    kept: list = []
    for key in path:
        if isinstance(value, dict) and key not in value and key == value.get("kind"):
            continue
        kept.append(key)
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            value = None
    return tuple(kept)


def _shape(value: Any) -> str:
    return {dict: "fields", list: "a list", str: "text"}.get(type(value), "nothing")


def _named(value: Any, path: tuple) -> str:
    """The innermost part on the way that has an id, as ``item 'bone-night-pain'``, and the option in it."""
    name, option = "this file", ""
    for step, key in enumerate(path):
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(key, int) and path[step - 1] == "options":
            option = f"option {chr(ord('a') + key)} of "
        if isinstance(value, dict) and isinstance(value.get("id"), str):
            list_name = path[step - 1] if isinstance(key, int) else key
            kind = {"quizzes": "quiz", "red_flags": "red flag"}.get(str(list_name), str(list_name).removesuffix("s"))
            name, option = f"{kind} '{value['id'][:64]}'", ""
    return option + name


def _fields_at(model: type[BaseModel], path: tuple) -> list[str]:
    """The field names of the model that ``path`` leads to; a kind in it chooses among several."""
    among: dict[str, type[BaseModel]] = {}
    for key in path:
        if key in among:
            model, among = among[key], {}
        elif isinstance(key, str) and key in model.model_fields:
            inner = _models_in(model.model_fields[key].annotation)
            among = _by_kind(inner) if len(inner) > 1 else {}
            if inner:
                model = inner[0]
    return list(model.model_fields)


def _kinds(model: type[BaseModel], path: tuple) -> list[str]:
    """The kinds that an item at ``path`` can be of."""
    for key in path:
        if isinstance(key, str) and key in model.model_fields:
            inner = _models_in(model.model_fields[key].annotation)
            if len(inner) > 1:
                return list(_by_kind(inner))
            model = inner[0] if inner else model
    return []


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    """The models that a field of this annotation can hold."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for inner in getattr(annotation, "__args__", ()) for model in _models_in(inner)]


def _by_kind(models: list[type[BaseModel]]) -> dict[str, type[BaseModel]]:
    return {model.model_fields["kind"].annotation.__args__[0]: model for model in models}
