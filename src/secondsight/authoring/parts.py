"""Parts of the course that an author chooses from, or adds on the way: lessons, objectives, facts, sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from ..course import Course
from ..course.audit import facts_taught
from ..course.located_yaml import parse
from ..course.marks import segments
from ..course.model import Fact, Lesson, Objective, Source
from ..course.schema import modeline
from ..refusal import Refusal
from . import shapes
from .asking import Asker
from .changes import Changes
from .conversation import Conversation, NotThat
from .head import head
from .ids import numbered, propose

# More than a screen of lines would push the question out of sight.
MOST_SHOWN = 9


class Parts:
    """What there is to choose from in a course, and what was added to it in this conversation."""

    def __init__(self, course: Course, changes: Changes, talk: Conversation, today: date):
        self.course = course
        self.changes = changes
        self.talk = talk
        self.today = today
        self.new_facts: dict[str, str] = {}
        self.new_sources: dict[str, str] = {}
        self.new_items: set[str] = set()
        own = {
            ("Fact", "sources"): lambda talk, name, got: self.sources(name),
            ("Item", "site"): lambda talk, name, got: self._one_of(name, "site", course.sites),
            ("Hotspot", "picture"): lambda talk, name, got: self._one_of(name, "picture", course.pictures),
            ("Vignette", "card"): self._card,
            ("Vignette", "text"): self._marked,
            ("Spot", "text"): self._marked,
            ("Spot", "phrases"): self._phrases,
            ("Card", "group"): self._group,
            ("CaseStep", "next"): self._next,
            ("Case", "action"): self._level,
            ("Vignette", "action"): self._level,
            ("Who", "years"): self._years,
            ("Source", "kind"): self._kind_of_source,
        }
        self.asker = Asker(talk, own, shapes.ORDER)

    # What is chosen

    def lesson(self, name: str = "lesson", prompt: str = "Which lesson? Its number") -> Lesson:
        options = {
            lesson.id: lesson.title
            for lesson in self.course.lessons.values()
            if lesson.objectives and lesson.id in self.course.notebooks
        }
        if not options:
            raise Refusal(
                f"{self.changes.root}: no lesson with a readable notebook is here; run 'secondsight new lesson' first"
            )
        return self.course.lessons[self.talk.choose(name, prompt, options)]

    def objective(self, lesson: Lesson, name: str = "objective") -> str:
        options = {objective.id: objective.says for objective in lesson.objectives}
        if len(options) == 1 and not self.talk.knows(name):
            return next(iter(options))
        return self.talk.choose(name, "Which objective does it test? Its number", options)

    def facts(self, name: str, prompt: str, lesson: Lesson | None = None, chosen: Sequence[str] = ()) -> list[str]:
        parts = {fact.id: fact.says for fact in self.course.facts.values()} | self.new_facts
        taught = facts_taught(self.course).get(lesson.id, set()) if lesson else set()
        first = [*self.new_facts, *(id for id in parts if id in taught)]
        if first and not self.talk.knows(name):
            more = f", {MOST_SHOWN} of {len(first)}; search for the others by words" if len(first) > MOST_SHOWN else ""
            self.talk.say(f"\n  Facts at hand{more}:")
        return self.talk.pick(
            name,
            f"{prompt} Numbers, words to search for, or new for a fact that is not there yet",
            parts,
            chosen=chosen,
            first=first[:MOST_SHOWN],
            new=lambda: self.fact(f"new-fact-{len(self.new_facts) + 1}"),
            known=lambda id: self._made_before(name, id, self.fact, self.new_facts, "new-fact"),
        )

    def sources(self, name: str) -> list[str]:
        parts = {id: f"{source.label}: {source.title}" for id, source in self.course.sources.items()} | self.new_sources
        return self.talk.pick(
            name,
            "Which sources state it? Words to search for, numbers, or new for a source that is not there yet",
            parts,
            first=list(parts) if len(parts) <= MOST_SHOWN else (),
            new=lambda: self.source(f"new-source-{len(self.new_sources) + 1}"),
            known=lambda id: self._made_before(name, id, self.source, self.new_sources, "new-source"),
        )

    def _made_before(self, name: str, id: str, make: Any, made: Mapping[str, str], what: str) -> bool:
        """Whether a part was added in an earlier try of this conversation; it is then added again."""
        while id not in made:
            next_one = f"{what}-{len(made) + 1}"
            if not self.talk.knows_some(f"{next_one}."):
                return False
            make(next_one)
        return True

    # What is added

    def fact(self, name: str) -> str:
        """Add a fact; its id."""
        files = {file: "" for (kind, _), (file, _) in self.course.places.items() if kind == "fact"}
        options = {**files, "new": "a file of its own"}
        file = "new"
        if files:
            file = self.talk.choose(f"{name}.file", "\nIn which file does the new fact belong? Its number", options)
        made = self.asker.fields(Fact, name, "fact")
        taken = {*self.course.facts, *self.new_facts, *_unread(self.course, "fact")}
        stem = file.rpartition("/")[2].removesuffix(".yaml") if file != "new" else ""
        id = self.id(f"{name}.id", made["says"], taken, stem)
        made = {"id": id, **made}
        if file == "new":
            file = f"content/facts/{id}.yaml"
            self.changes.put(file, self.head(file) + "facts: []\n")
        self.changes.append(file, ("facts",), made)
        self.new_facts[id] = made["says"]
        return id

    def source(self, name: str) -> str:
        """Add a source; its id."""
        self.talk.say("\nThe new source:")
        made = self.asker.fields(Source, name, "source")
        taken = {*self.course.sources, *self.new_sources, *_unread(self.course, "source")}
        id = self.id(f"{name}.id", made["label"], taken)
        made.setdefault("read", False)
        self.changes.append(
            "content/sources.yaml", ("sources",), {"id": id, **{key: made[key] for key in _order(Source, made)}}
        )
        self.new_sources[id] = f"{made['label']}: {made['title']}"
        return id

    def item(
        self, kind: str, lesson: Lesson, objective: str, name: str = "", chosen: Sequence[str] = ()
    ) -> dict[str, Any]:
        """The fields of one item, ready to be written; the facts ``chosen`` are among those it rests on."""
        model = shapes.ITEMS[kind]
        dot = f"{name}." if name else ""
        facts = self.facts(f"{dot}facts", "Which facts does it rest on?", lesson, chosen)
        rest = self.asker.fields(model, name)
        about = rest.get("stem") or rest.get("title") or rest.get("text", "")
        taken = {*self.course.items, *self.new_items, *_unread(self.course, "item")}
        prefix = {"case": "case", "vignette": "v"}.get(kind, lesson.id)
        id = self.id(f"{dot}id", about, taken, prefix)
        self.new_items.add(id)
        made = {"id": id, "kind": kind, "objective": objective, "facts": facts, **rest}
        if kind == "vignette":
            del made["kind"]
        if "answers" in model.model_fields:
            entries = rest.get("options") or rest.get("places") or []
            made["answers"] = "several" if sum(entry.get("correct", False) for entry in entries) > 1 else "one"
        head = ("id", "kind", "form", "answers", "objective", "site", "facts", "about", "who", "picture", "stem")
        return {key: made[key] for key in [*head, *_order(model, made)] if key in made}

    def id(self, name: str, text: str, taken: Iterable[str], prefix: str = "") -> str:
        taken = set(taken)
        proposed = propose(text, taken, prefix)

        def fits(text: str) -> str:
            if text in taken:
                raise NotThat(f"'{text}' is taken already; '{numbered(text, taken)}' is not")
            try:
                return Objective(id=text, says="-").id
            except ValueError:
                raise NotThat("an id has small letters, digits and hyphens, and at most 64 of them") from None

        return self.talk.ask(name, "\nIts id", default=proposed, check=fits)

    def head(self, file: str) -> str:
        """What a new file begins with; in a course whose files lead editors to their schemas, it does so too."""
        leads = "# yaml-language-server:" in self.changes.text("content/course.yaml")
        return (modeline(file) if leads else "") + head(self.today)

    # Fields that the model alone does not say how to ask for

    def _one_of(self, name: str, what: str, parts: Mapping[str, Any]) -> str:
        if not parts:
            raise Refusal(f"the course has no {what} to choose from; add one first, as docs/write-content.md shows")
        options = {id: getattr(part, "name", "") or getattr(part, "caption", "") for id, part in parts.items()}
        return self.talk.choose(name, f"Which {what}? Its number", options)

    def _card(self, talk: Conversation, name: str, got: dict) -> str | None:
        if got.get("action") != "same-day-emergency":
            return None
        return self._one_of(name, "emergency card", self.course.red_flags)

    def _level(self, talk: Conversation, name: str, got: dict) -> str:
        names = {id: action.name for id, action in self.course.actions.items()}
        return talk.choose(name, "How fast? Its number", names)

    def _marked(self, talk: Conversation, name: str, got: dict) -> str:
        def fits(text: str) -> str:
            try:
                if not any(marked for _, marked in segments(text)):
                    raise NotThat("put the words that matter in [square brackets]")
            except ValueError as error:
                raise NotThat(f"this {error}") from None
            return text

        if not talk.knows(name):
            talk.say("  (A backslash at the end of a line begins a new paragraph.)")
        return talk.text(name, "text", check=fits)

    def _phrases(self, talk: Conversation, name: str, got: dict) -> list[dict[str, Any]]:
        phrases = []
        marked = [piece for piece, is_marked in segments(got["text"]) if is_marked]
        for number, words in enumerate(dict.fromkeys(" ".join(piece.split()) for piece in marked), start=1):
            cue = talk.yes(f"{name}.{number}.cue", f"“{words}”: should this raise concern? y or n")
            why = talk.text(f"{name}.{number}.why", "why")
            phrases.append({"says": words, **({"cue": True} if cue else {}), "why": why})
        return phrases

    def _group(self, talk: Conversation, name: str, got: dict) -> str:
        """A card's group: one of those named before it."""
        groups = self._named_groups(name.rpartition(".cards.")[0])
        return talk.choose(name, "its group's number", dict.fromkeys(groups, ""))

    def _named_groups(self, item: str) -> list[str]:
        start = f"{item}.groups." if item else "groups."
        return [text for name, text in self.talk.answers.items() if name.startswith(start) and text]

    def _next(self, talk: Conversation, name: str, got: dict) -> str | None:
        if got.get("turns"):
            return None
        return talk.ask(name, "the step that comes next, or decide", default="decide")

    def _years(self, talk: Conversation, name: str, got: dict) -> int | None:
        if got.get("story") == "de-novo":
            return None
        return talk.number(name, "whole years since the primary cancer", 0, 60)

    def _kind_of_source(self, talk: Conversation, name: str, got: dict) -> str:
        kinds = Source.model_fields["kind"].annotation.__args__
        return talk.choose(name, "what sort of source is it? Its number", dict.fromkeys(kinds, ""))


def _order(model: type, made: Mapping[str, Any]) -> list[str]:
    return [key for key in model.model_fields if key in made]


def _unread(course: Course, kind: str) -> set[str]:
    """Ids that files with a problem may define."""
    return {id for id in course.unread.get(kind, set()) if id}


def position(text: str, list_name: str, id: str) -> int:
    """Which entry of a file's list has this id, counted from 0."""
    entries = parse(text).value[list_name]
    return next(index for index, entry in enumerate(entries) if entry["id"] == id)
