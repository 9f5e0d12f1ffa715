"""What a course is made of: the types that YAML files are read into.

Every file starts with a head that says when its content was reviewed and by whom. Text is plain
text: it is escaped wherever it is shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from .items import Asked, Case, Item, Vignette
from .notebook import Call, Notebook
from .part import Id, Level, Part, Text, unfit

StatementId = Annotated[str, Field(pattern=r"^S[0-9]{2}$")]
Url = Annotated[str, Field(pattern=r"^https?://[^\s<>\"']+$")]


class Source(Part):
    """Where a fact comes from, named in a line of citations by its ``label``.

    ``read`` and ``read_note`` say how much of it was read.
    """

    id: Id
    label: Annotated[str, Field(min_length=2, max_length=40)]
    title: Text
    publisher: Text
    year: Text
    url: Url | None = None
    kind: Literal["patient-information", "guideline", "study", "registry", "review"]
    read: bool
    read_note: Text


class Statement(Part):
    """A statement of the founding page, numbered S01 onwards."""

    id: StatementId
    kind: Text
    says: Text


class Fact(Part):
    """One thing that is true, with its sources.

    ``seed`` names the founding page's statements it covers; ``moved_on`` says how advice has
    changed since that page; ``note`` is for contributors and is not shown to trainees.
    """

    id: Id
    says: Text
    seed: list[StatementId] = []
    sources: list[Id] = Field(min_length=1)
    moved_on: Text | None = None
    note: Text | None = None


class Term(Part):
    """A word of the glossary; ``also`` holds other words for it."""

    id: Id
    term: Text
    says: Text
    also: list[Text] = []
    nuance: Text | None = None
    sources: list[Id] = Field(min_length=1)


class Action(Part):
    """One of the four levels of how fast to act."""

    id: Level
    name: Text
    says: Text


class RedFlag(Part):
    """An emergency card."""

    id: Id
    name: Text
    features: list[Text] = Field(min_length=1)
    act_within: Text
    who_to_call: Text
    while_waiting: Text
    trainee_note: Text
    sources: list[Id] = Field(min_length=1)


class Symptom(Part):
    """A symptom in a person's words and in clinical words, with what else it can be."""

    id: Id
    lay: Text
    clinical: Text
    facts: list[Id] = Field(min_length=1)
    look_alikes: list[Text] = Field(min_length=1)
    more_worried: list[Text] = Field(min_length=1)
    less_worried: list[Text] = []
    action: Level
    note: Text | None = None
    sources: list[Id] = Field(min_length=1)


class Picture(Part):
    """A picture of ours; the SVG carries its own title and description."""

    id: Id
    file: Annotated[str, Field(pattern=r"^pictures/[a-z0-9-]+\.svg$")]
    caption: Text
    facts: list[Id] = Field(min_length=1)


class Objective(Part):
    id: Id
    says: Text


class Quiz(Part):
    """Items asked together at one place of a lesson."""

    id: Id
    title: Text
    says: Text
    items: list[Asked] = Field(min_length=1)


class File(Part):
    reviewed_on: date
    review_by: date
    reviewed_by: Text

    @model_validator(mode="after")
    def _review_is_ahead(self) -> File:
        if self.review_by <= self.reviewed_on:
            raise unfit("has a 'review_by' that is not after 'reviewed_on'; set it later")
        return self


class CourseFile(File):
    id: Id
    title: Text
    says: Text
    notice: Text
    lessons: list[Id] = Field(min_length=1)
    sites: list[Id] = []


class Lesson(File):
    """A notebook of the course: a lesson, a practice, a reference to keep at hand, or a look at one's own record."""

    id: Id
    kind: Literal["lesson", "practice", "reference", "record"] = "lesson"
    notebook: Annotated[str, Field(pattern=r"^[0-9]{2}-[a-z0-9-]+\.ipynb$")]
    title: Text
    says: Text
    minutes: int = Field(ge=1, le=120)
    objectives: list[Objective] = []

    @model_validator(mode="after")
    def _has_its_objectives(self) -> Lesson:
        if not self.objectives and self.kind in ("lesson", "practice"):
            raise unfit("has no objectives; add at least one, or make it 'kind: reference' or 'kind: record'")
        return self


class BodyPlace(Part):
    """Where a site is on the body map, in the units of the figure's viewBox."""

    view: Literal["front", "back"]
    x: float
    y: float
    name: Text


class Site(File):
    """A place of the body, its symptoms and the emergencies that belong to it."""

    id: Id
    name: Text
    red_flags: list[Id] = []
    places: list[BodyPlace] = []
    symptoms: list[Symptom] = Field(min_length=1)


class SourcesFile(File):
    sources: list[Source]


class StatementsFile(File):
    statements: list[Statement]


class FactsFile(File):
    facts: list[Fact]


class GlossaryFile(File):
    terms: list[Term]


class ActionsFile(File):
    actions: list[Action]


class RedFlagsFile(File):
    red_flags: list[RedFlag]


class PicturesFile(File):
    pictures: list[Picture]


class QuestionsFile(File):
    quizzes: list[Quiz]


class CasesFile(File):
    cases: list[Case]


class Clinic(File):
    """A set of vignettes met in sessions of ten.

    ``in_ten`` is the base rate a trainee is told: of ten vignettes, about so many need action
    within days or sooner.
    """

    id: Id
    title: Text
    says: Text
    in_ten: int = Field(ge=1, le=9)


class VignettesFile(File):
    clinic: Id
    vignettes: list[Vignette]


class Want(Part):
    """A cell of the blueprint: at least so many items for an objective, of a kind, at a site or anywhere."""

    objective: Id
    kind: Literal["choice", "match", "order", "hotspot", "spot", "worked", "reflect", "case", "vignette"]
    site: Id | None = None
    least: int = Field(ge=1)


class Blueprint(File):
    """Which items the course wants, beyond one for each objective."""

    wants: list[Want]


class Draw(Part):
    """So many items of a final check, taken from these objectives in turn."""

    objectives: list[Id] = Field(min_length=1)
    items: int = Field(ge=1, le=50)

    def among(self, items: Iterable[Item], objectives: Collection[str]) -> Draw:
        """The draw as it is where only these items are asked and these objectives taught; perhaps of no items."""
        mine = [id for id in self.objectives if id in objectives]
        there = sum(item.objective in mine for item in items)
        return self.model_copy(update={"objectives": mine, "items": min(self.items, there)})


class FinalCheck(File):
    """What the final check asks; ``before`` is the quiz that trainees met before the course."""

    title: Text
    says: Text
    before: Id
    draws: list[Draw] = Field(min_length=1)


@dataclass
class Course:
    """The whole course, each part by its id. Dictionaries keep the order of the files.

    ``places`` gives, for a kind of part and its id, the file and line it was read from.
    ``files`` are those by their name, as they were read: each says when it was reviewed, and by whom.
    ``unread`` holds, for each kind that a file with a problem could define, the ids seen in such
    files; None among them where not even ids could be seen.
    ``lessons`` and ``sites`` stand in the order of content/course.yaml; ``notebooks`` are by lesson id.
    ``items`` holds every item: those of quizzes, the cases, and the vignettes; ``vignettes`` are by clinic.
    """

    root: Path
    head: CourseFile | None = None
    sources: dict[str, Source] = field(default_factory=dict)
    statements: dict[str, Statement] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    terms: dict[str, Term] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)
    red_flags: dict[str, RedFlag] = field(default_factory=dict)
    sites: dict[str, Site] = field(default_factory=dict)
    pictures: dict[str, Picture] = field(default_factory=dict)
    svgs: dict[str, str] = field(default_factory=dict)
    lessons: dict[str, Lesson] = field(default_factory=dict)
    quizzes: dict[str, Quiz] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    clinics: dict[str, Clinic] = field(default_factory=dict)
    vignettes: dict[str, list[Vignette]] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    blueprint: Blueprint | None = None
    final_check: FinalCheck | None = None
    notebooks: dict[str, Notebook] = field(default_factory=dict)
    places: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    unread: dict[str, set[str | None]] = field(default_factory=dict)

    @cached_property
    def asked_in(self) -> dict[tuple[str, str], str]:
        """The lesson that asks a quiz, a case or a clinic, by its verb and id: ``("quiz", "bone-before")``."""
        return {
            (call.verb, argument): lesson
            for lesson, notebook in self.notebooks.items()
            for cell in notebook.cells
            for call in cell.calls
            if call.verb in ("quiz", "case", "clinic")
            for argument in call.arguments
        }

    def room(self, verb: str, among: Iterable[str] | None = None) -> str:
        """The first lesson, of all or ``among`` these, that uses a verb without naming a part; "" where none does."""
        uses = (
            lesson
            for lesson in (self.notebooks if among is None else among)
            if lesson in self.notebooks
            for cell in self.notebooks[lesson].cells
            for call in cell.calls
            if call == Call(verb, ())
        )
        return next(uses, "")

    @cached_property
    def lesson_of_item(self) -> dict[str, str]:
        """For each item that some notebook asks, the lesson it is asked in."""
        return {item.id: lesson for lesson, items in self.items_by_lesson.items() for item in items}

    @cached_property
    def items_by_lesson(self) -> dict[str, list[Item]]:
        """For each lesson, in the course's order, the items it asks, in the order it asks them."""
        return {
            lesson: [
                item for (verb, id), place in self.asked_in.items() if place == lesson for item in self._asked(verb, id)
            ]
            for lesson in self.lessons
        }

    def _asked(self, verb: str, id: str) -> list[Item]:
        match verb:
            case "quiz" if id in self.quizzes:
                return [*self.quizzes[id].items]
            case "case" if id in self.cases:
                return [self.cases[id]]
            case "clinic":
                return [*self.vignettes.get(id, [])]
        return []

    def only(self, lessons: Collection[str]) -> Course:
        """The course with these lessons alone, in its own order; a final check draws from what they ask."""
        kept = {id: lesson for id, lesson in self.lessons.items() if id in lessons}
        there = {objective.id for lesson in kept.values() for objective in lesson.objectives}
        notebooks = {id: notebook for id, notebook in self.notebooks.items() if id in kept}
        course = replace(self, lessons=kept, notebooks=notebooks)
        if self.final_check:
            asked = [item for items in course.items_by_lesson.values() for item in items if item.is_scored]
            draws = [draw.among(asked, there) for draw in self.final_check.draws]
            draws = [draw for draw in draws if draw.items]
            course.final_check = self.final_check.model_copy(update={"draws": draws})
        return course

    def sources_of(self, facts: Iterable[str], more: Iterable[str] = ()) -> list[str]:
        """Ids of the sources that these facts rest on, and ``more``, each once, in the order they are met."""
        return list(dict.fromkeys([*(source for fact in facts for source in self.facts[fact].sources), *more]))
