"""What is asked: the kinds of item, each with what must hold inside it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from .marks import segments
from .part import Id, Level, Part, Text, unfit

Short = Annotated[str, Field(min_length=1, max_length=140)]
DECIDE = "decide"


def _all_different(texts: Iterable[str], what: str) -> None:
    for text, times in Counter(texts).items():
        if times > 1:
            raise unfit(f"has two {what} with the same text, '{text[:40]}'; change one of them")


def dealt(id: str, length: int) -> list[int]:
    """The order in which ``length`` cards lie before a trainee: shuffled, the same everywhere, never sorted."""
    order = sorted(range(length), key=lambda index: hashlib.sha256(f"{id} {index}".encode()).digest())
    return order if order != sorted(order) else [*order[1:], order[0]]


class Item(Part):
    """One thing that is asked.

    ``facts`` are what its feedback rests on; ``sources`` are cited beside those of its facts.
    ``site`` is the place of the body it is about, where it is about one.
    """

    # What a trainee does not see; the rest is the item's wording.
    UNSEEN: ClassVar[set[str]] = {"objective", "facts", "sources", "site"}

    id: Id
    objective: Id
    facts: list[Id] = Field(min_length=1)
    sources: list[Id] = []
    site: Id | None = None

    @cached_property
    def version(self) -> str:
        """A hash of all that a trainee sees of the item: an answer belongs to one wording."""
        seen = self.model_dump(mode="json", exclude=self.UNSEEN)
        return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()[:12]

    @property
    def is_scored(self) -> bool:
        """Whether its answers are scored."""
        return True

    @property
    def all_facts(self) -> set[str]:
        """Every fact that some of its feedback rests on."""
        return set(self.facts)


class Option(Part):
    """An option of a choice; ``facts`` overrides the item's where its feedback rests on others."""

    text: Text
    correct: bool = False
    feedback: Text
    facts: list[Id] = []


def _has_its_keys(options: Sequence[Option], answers: str, kind: str, what: str = "option") -> None:
    keys = sum(option.correct for option in options)
    if keys == 0:
        raise unfit(f"has no {what} marked correct; mark the right one with 'correct: true'")
    if answers == "one" and keys > 1:
        raise unfit(f"has {keys} {what}s marked correct; a '{kind}' with 'answers: one' takes exactly one")
    if answers == "several" and keys == len(options):
        raise unfit(f"has every {what} marked correct; add one that is not")
    _all_different((option.text for option in options), f"{what}s")


class Choice(Item):
    """An item answered by choosing one option, or several."""

    kind: Literal["choice"]
    answers: Literal["one", "several"]
    stem: Text
    options: list[Option] = Field(min_length=2, max_length=8)
    hints: list[Text] = Field(default=[], max_length=2)

    @model_validator(mode="after")
    def _fits(self) -> Choice:
        _has_its_keys(self.options, self.answers, "choice")
        return self

    @property
    def all_facts(self) -> set[str]:
        return {*self.facts, *(fact for option in self.options for fact in option.facts)}


class Place(Option):
    """A place to choose on a picture, at (x, y) in the units of its viewBox."""

    x: float
    y: float


class Hotspot(Item):
    """An item answered by choosing places on a picture, or in the list of them."""

    kind: Literal["hotspot"]
    answers: Literal["one", "several"]
    picture: Id
    stem: Text
    places: list[Place] = Field(min_length=2, max_length=10)
    hints: list[Text] = Field(default=[], max_length=2)

    @model_validator(mode="after")
    def _fits(self) -> Hotspot:
        _has_its_keys(self.places, self.answers, "hotspot", "place")
        return self

    @property
    def all_facts(self) -> set[str]:
        return {*self.facts, *(fact for place in self.places for fact in place.facts)}


class Card(Part):
    """A card to be put into a group."""

    text: Short
    group: Short
    feedback: Text


class Match(Item):
    """An item answered by putting each card into its group; with one card to a group, by pairing."""

    kind: Literal["match"]
    stem: Text
    groups: list[Short] = Field(min_length=2, max_length=8)
    cards: list[Card] = Field(min_length=2, max_length=12)
    hints: list[Text] = Field(default=[], max_length=2)

    @model_validator(mode="after")
    def _fits(self) -> Match:
        _all_different(self.groups, "groups")
        _all_different((card.text for card in self.cards), "cards")
        for card in self.cards:
            if card.group not in self.groups:
                raise unfit(
                    f"has the card '{card.text[:40]}' for the group '{card.group}', which is not among its groups; "
                    "add the group or mend its name"
                )
        for group in self.groups:
            if all(card.group != group for card in self.cards):
                raise unfit(f"has the group '{group}' to which no card belongs; give it one or take it out")
        return self


class Step(Part):
    """A step to be put in order, with why it stands where it does."""

    text: Short
    feedback: Text


class Order(Item):
    """An item answered by putting steps in order; ``steps`` stand in the right order."""

    kind: Literal["order"]
    stem: Text
    steps: list[Step] = Field(min_length=3, max_length=8)
    hints: list[Text] = Field(default=[], max_length=2)

    @model_validator(mode="after")
    def _fits(self) -> Order:
        _all_different((step.text for step in self.steps), "steps")
        return self


class Phrase(Part):
    """A phrase that can be marked: a cue that should raise concern, or noise, and why."""

    says: Text
    cue: bool = False
    why: Text


class Spot(Item):
    """A text in which the phrases that should raise concern are to be marked.

    In ``text`` each phrase that can be marked stands in square brackets; ``phrases`` says of each
    whether it is a cue.
    """

    kind: Literal["spot"]
    form: Literal["words", "call", "letter", "note"]
    stem: Text
    text: Text
    phrases: list[Phrase] = Field(min_length=2, max_length=16)
    hints: list[Text] = Field(default=[], max_length=2)

    @model_validator(mode="after")
    def _fits(self) -> Spot:
        marked = [piece for piece, is_marked in segments(self.text) if is_marked]
        known = [phrase.says for phrase in self.phrases]
        _all_different(marked, "marks")
        _all_different(known, "phrases")
        for phrase in marked:
            if phrase not in known:
                raise unfit(f"marks '{phrase[:60]}' but gives no rationale for it; add it to 'phrases' with its why")
        for phrase in known:
            if phrase not in marked:
                raise unfit(f"explains '{phrase[:60]}', which its text does not mark; put it in square brackets there")
        if not any(phrase.cue for phrase in self.phrases):
            raise unfit("has no cue; mark at least one phrase with 'cue: true'")
        if all(phrase.cue for phrase in self.phrases):
            raise unfit("has no noise; add a phrase that should raise no concern")
        return self

    @cached_property
    def pieces(self) -> list[tuple[str, Phrase | None]]:
        """The text in its pieces, each marked one with its phrase."""
        by_words = {phrase.says: phrase for phrase in self.phrases}
        return [(piece, by_words[piece] if marked else None) for piece, marked in segments(self.text)]


class WorkedStep(Part):
    """What a colleague heard, thought or did; ``wrong`` where the slip is."""

    says: Text
    wrong: bool = False
    why: Text


class Worked(Item):
    """A worked case with one slip of a colleague's in it, to be found and mended."""

    kind: Literal["worked"]
    stem: Text
    steps: list[WorkedStep] = Field(min_length=3, max_length=8)
    mends: list[Option] = Field(min_length=2, max_length=6)

    @model_validator(mode="after")
    def _fits(self) -> Worked:
        slips = sum(step.wrong for step in self.steps)
        if slips != 1:
            raise unfit(f"has {slips} steps marked wrong; a 'worked' case takes exactly one 'wrong: true'")
        _has_its_keys(self.mends, "one", "worked", "mend")
        return self

    @property
    def all_facts(self) -> set[str]:
        return {*self.facts, *(fact for mend in self.mends for fact in mend.facts)}


class Reflect(Item):
    """A question answered in own words, beside a model answer; never scored."""

    kind: Literal["reflect"]
    stem: Text
    model: Text
    points: list[Text] = Field(min_length=2, max_length=8)

    @property
    def is_scored(self) -> bool:
        return False


class Question(Part):
    """A question to a patient: what it costs (whole minutes) and brings, and why it did or did not matter."""

    text: Text
    minutes: int = Field(ge=1, le=30)
    answer: Text
    key: bool = False
    why: Text


class Turn(Part):
    """A way to go on from a step of a case."""

    text: Text
    next: Id


class CaseStep(Part):
    """A step of a case: what is said or seen, what can be asked, and how it goes on."""

    id: Id
    says: Text
    asks: list[Question] = []
    next: Id | None = None
    turns: list[Turn] = []

    @property
    def ways(self) -> list[str]:
        return [self.next] if self.next else [turn.next for turn in self.turns]


def _reached(steps: dict[str, CaseStep], start: Iterable[str], without: str = "") -> set[str]:
    """Where the ways from ``start`` lead in the end, none of them through ``without``."""
    reached, to_do = set(), [*start]
    while to_do:
        at = to_do.pop()
        if at not in reached and at != without:
            reached.add(at)
            to_do += steps[at].ways if at in steps else []
    return reached


class Case(Item):
    """A patient met step by step, from the first step to a decision on one of the four levels."""

    kind: Literal["case"]
    title: Text
    patient: Text
    history: Text
    setting: Text
    minutes: int = Field(ge=1, le=60)
    steps: list[CaseStep] = Field(min_length=1, max_length=12)
    action: Level
    actions: dict[Level, Text]
    detail: Text
    consider: Text
    cues: list[Text] = Field(min_length=1)
    lures: list[Text] = []
    debrief: Text

    @model_validator(mode="after")
    def _fits(self) -> Case:
        self._each_step_leads_on()
        self._time_is_enough()
        if missing := [level for level in Level.__args__ if level not in self.actions]:
            raise unfit(f"gives no feedback for '{missing[0]}'; add it under 'actions'")
        return self

    def _each_step_leads_on(self) -> None:
        steps = {step.id: step for step in self.steps}
        if len(steps) < len(self.steps) or DECIDE in steps:
            raise unfit(f"has two steps with one id, or a step named '{DECIDE}'; give each a name of its own")
        for step in self.steps:
            if bool(step.next) == bool(step.turns):
                raise unfit(f"has the step '{step.id}', which needs either 'next' or 'turns'; give it one of them")
            for way in step.ways:
                if way not in steps and way != DECIDE:
                    raise unfit(
                        f"has the step '{step.id}', which leads to '{way}', a step that does not exist; add it, "
                        f"or lead to '{DECIDE}'"
                    )
        reached = _reached(steps, [self.steps[0].id])
        for id in steps:
            if id not in reached:
                raise unfit(f"has the step '{id}', which no way leads to; lead to it or take it out")
        for id, step in steps.items():
            if DECIDE not in _reached(steps, step.ways, without=id):
                raise unfit(f"goes in a circle from the step '{id}' and never comes to '{DECIDE}'; give it a way out")

    def _time_is_enough(self) -> None:
        keys = sum(ask.minutes for step in self.steps for ask in step.asks if ask.key)
        if keys > self.minutes:
            raise unfit(f"has questions that matter for {keys} minutes, but only {self.minutes} minutes; give it more")


class Who(Part):
    """Whom a vignette is about, so that a set can be seen to be varied; not shown to trainees.

    ``story`` is what is known of a cancer, and ``years`` are whole years since a primary one; None where there was
    none, or where the course is about something else.
    """

    age: int = Field(ge=0, le=110)
    sex: Literal["woman", "man"]
    ethnicity: Text
    setting: Literal["gp", "ward", "phone", "home", "pharmacy", "clinic", "emergency", "community", "care-home"]
    story: Literal["primary", "secondary", "de-novo"] | None = None
    years: int | None = Field(default=None, ge=0, le=60)


class Vignette(Item):
    """A short case of a clinic; in ``text`` the words that matter stand in square brackets."""

    UNSEEN: ClassVar[set[str]] = {*Item.UNSEEN, "about", "who", "card"}

    site: Id
    about: Literal["secondary", "emergency", "look-alike", "treatment", "everyday"]
    who: Who
    action: Level
    card: Id | None = None
    text: Text
    why: Text

    @model_validator(mode="after")
    def _fits(self) -> Vignette:
        if not any(marked for _, marked in segments(self.text)):
            raise unfit("marks no words that matter; put them in square brackets")
        if (self.action == "same-day-emergency") != (self.card is not None):
            raise unfit("needs a 'card' exactly where its action is same-day-emergency; add it or take it out")
        return self

    @property
    def needs_action(self) -> bool:
        """Whether action is needed within days or sooner."""
        return self.action in ("same-day-emergency", "contact-team-within-days")

    @cached_property
    def pieces(self) -> list[tuple[str, bool]]:
        return segments(self.text)


def kind_of(item: Item) -> str:
    """The name of an item's kind; a vignette has no field for it."""
    return getattr(item, "kind", "vignette")


Asked = Annotated[Choice | Match | Order | Hotspot | Spot | Worked | Reflect, Field(discriminator="kind")]
