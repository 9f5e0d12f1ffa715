"""Which fields an author is asked for, and in which order, for everything that can be written."""

from __future__ import annotations

from ..course.items import Case, Choice, Hotspot, Item, Match, Order, Reflect, Spot, Vignette, Worked

QUESTIONS: dict[str, type[Item]] = {
    "choice": Choice,
    "match": Match,
    "order": Order,
    "hotspot": Hotspot,
    "spot": Spot,
    "worked": Worked,
    "reflect": Reflect,
}

# What a model holds beyond these is worked out, asked for elsewhere, or left to the file's editor.
ORDER: dict[str, tuple[str, ...]] = {
    "Source": ("title", "publisher", "year", "url", "label", "kind", "read", "read_note"),
    "Fact": ("says", "sources"),
    "Choice": ("stem", "options", "hints"),
    "Match": ("stem", "groups", "cards", "hints"),
    "Order": ("stem", "steps", "hints"),
    "Hotspot": ("picture", "stem", "places", "hints"),
    "Spot": ("form", "stem", "text", "phrases", "hints"),
    "Worked": ("stem", "steps", "mends"),
    "Reflect": ("stem", "model", "points"),
    "Option": ("text", "correct", "feedback"),
    "Place": ("text", "x", "y", "correct", "feedback"),
    "Card": ("text", "group", "feedback"),
    "Case": (
        *("title", "patient", "history", "setting", "minutes", "steps", "action", "actions"),
        *("detail", "consider", "cues", "lures", "debrief"),
    ),
    "CaseStep": ("id", "says", "asks", "turns", "next"),
    "Vignette": ("site", "about", "who", "action", "card", "text", "why"),
    "Who": ("age", "sex", "ethnicity", "setting", "story", "years"),
}
ITEMS: dict[str, type[Item]] = {**QUESTIONS, "case": Case, "vignette": Vignette}
