"""What a course is made of: the types that YAML files are read into.

Every file starts with a head that says when its content was reviewed and by whom. Text is plain
text: it is escaped wherever it is shown.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from .notebook import Notebook

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
StatementId = Annotated[str, Field(pattern=r"^S[0-9]{2}$")]
Text = Annotated[str, Field(min_length=1, max_length=4000)]
Level = Literal[
    "same-day-emergency", "contact-team-within-days", "discuss-if-beyond-1-2-weeks", "reassure-and-safety-net"
]
Url = Annotated[str, Field(pattern=r"^https?://[^\s<>\"']+$")]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


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


class Option(Part):
    """An option of a choice; ``facts`` overrides the item's where its feedback rests on others."""

    text: Text
    correct: bool = False
    feedback: Text
    facts: list[Id] = []


class Choice(Part):
    """An item answered by choosing one option, or several."""

    id: Id
    kind: Literal["choice"]
    answers: Literal["one", "several"]
    objective: Id
    facts: list[Id] = Field(min_length=1)
    stem: Text
    options: list[Option] = Field(min_length=2, max_length=8)
    hints: list[Text] = Field(default=[], max_length=2)

    @model_validator(mode="after")
    def _has_its_keys(self) -> Choice:
        keys = sum(option.correct for option in self.options)
        if keys == 0:
            raise PydanticCustomError("no_key", "has no option marked correct; mark the right one with 'correct: true'")
        if self.answers == "one" and keys > 1:
            raise PydanticCustomError(
                "two_keys",
                "has {keys} options marked correct; a 'choice' with 'answers: one' takes exactly one",
                {"keys": keys},
            )
        if self.answers == "several" and keys == len(self.options):
            raise PydanticCustomError("all_keys", "has every option marked correct; add one that is not")
        texts = [option.text for option in self.options]
        if len(set(texts)) < len(texts):
            raise PydanticCustomError("same_option", "has two options with the same text; change one of them")
        return self

    @cached_property
    def version(self) -> str:
        """A hash of all that a trainee sees of the item: an answer belongs to one wording."""
        seen = self.model_dump(mode="json", exclude={"objective", "facts"})
        return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()[:12]


class Quiz(Part):
    """Items asked together at one place of a lesson."""

    id: Id
    title: Text
    says: Text
    items: list[Choice] = Field(min_length=1)


class File(Part):
    reviewed_on: date
    review_by: date
    reviewed_by: Text

    @model_validator(mode="after")
    def _review_is_ahead(self) -> File:
        if self.review_by <= self.reviewed_on:
            raise PydanticCustomError("review_order", "has a 'review_by' that is not after 'reviewed_on'; set it later")
        return self


class CourseFile(File):
    id: Id
    title: Text
    says: Text
    notice: Text
    lessons: list[Id] = Field(min_length=1)
    sites: list[Id] = []


class Lesson(File):
    id: Id
    notebook: Annotated[str, Field(pattern=r"^[0-9]{2}-[a-z0-9-]+\.ipynb$")]
    title: Text
    says: Text
    minutes: int = Field(ge=1, le=120)
    objectives: list[Objective] = Field(min_length=1)


class Site(File):
    """A place of the body, its symptoms and the emergencies that belong to it."""

    id: Id
    name: Text
    red_flags: list[Id] = []
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


@dataclass
class Course:
    """The whole course, each part by its id. Dictionaries keep the order of the files.

    ``places`` gives, for a kind of part and its id, the file and line it was read from.
    ``unread`` holds, for each kind that a file with a problem could define, the ids seen in such
    files; None among them where not even ids could be seen.
    ``lessons`` and ``sites`` stand in the order of content/course.yaml; ``notebooks`` are by lesson id.
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
    items: dict[str, Choice] = field(default_factory=dict)
    notebooks: dict[str, Notebook] = field(default_factory=dict)
    places: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    unread: dict[str, set[str | None]] = field(default_factory=dict)

    @cached_property
    def lesson_of_quiz(self) -> dict[str, str]:
        """For each quiz that a notebook asks, the lesson it is asked in."""
        return {
            argument: lesson
            for lesson, notebook in self.notebooks.items()
            for cell in notebook.cells
            for call in cell.calls
            if call.verb == "quiz"
            for argument in call.arguments
        }

    def sources_of(self, facts: list[str]) -> list[str]:
        """Ids of the sources that these facts rest on, each once, in the order they are met."""
        return list(dict.fromkeys(source for fact in facts for source in self.facts[fact].sources))
