"""One item of each kind, from the small course: how it is answered partly right and wholly right, and what is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Locator, expect

from .trainee import Hand, check, option


@dataclass(frozen=True)
class Kind:
    """An item of one kind.

    Attributes:
        partly: answers it partly right, from the first press to the check.
        parts: what is told of the parts of that answer, each with how often.
        reasons: words of the feedback to it.
        verdict: what is told of it as a whole; empty for what is never scored.
        kept: the answer as an attempt holds it, with its score.
        rightly: answers it wholly right, after "Try again"; None for what is never scored.
        shown: words that its printed form shows without JavaScript, and those it keeps folded away.
    """

    name: str
    element: str
    partly: Callable[[Hand, Locator], None]
    parts: dict[str, int]
    reasons: list[str]
    verdict: str
    kept: tuple[list[str], float | None]
    rightly: Callable[[Hand, Locator], None] | None
    page: str = "02-third.html"
    right: str = "Right."
    again: str = "Try again"
    shown: list[str] = field(default_factory=list)
    folded: list[str] = field(default_factory=list)


def _choice(hand: Hand, item: Locator) -> None:
    hand.press(option(item, "A strain"))
    check(hand, item)


def _choice_right(hand: Hand, item: Locator) -> None:
    hand.press(option(item, "A strain"))
    hand.press(option(item, "A bruise"))
    check(hand, item)


def _match(hand: Hand, item: Locator) -> None:
    hand.carry(item, "An ache after digging", "It passes")
    hand.carry(item, "An ache that eases", "It is talked about")
    hand.carry(item, "An ache since May", "It is talked about")
    check(hand, item)


def _match_right(hand: Hand, item: Locator) -> None:
    # A card can be put elsewhere as long as the answer is not checked.
    hand.carry(item, "An ache that eases", "It is talked about")
    hand.carry(item, "An ache that eases", "It passes")
    hand.carry(item, "An ache after digging", "It passes")
    hand.carry(item, "An ache since May", "It is talked about")
    check(hand, item)


def _order(hand: Hand, item: Locator) -> None:
    hand.carry(item, "Hear what the person says", "1")
    check(hand, item)


def _order_right(hand: Hand, item: Locator) -> None:
    hand.carry(item, "Write down who was told", "3")
    hand.carry(item, "Hear what the person says", "1")
    check(hand, item)


def _hotspot(hand: Hand, item: Locator) -> None:
    hand.press(item.get_by_role("button", name="a: The shoulder blades"))
    expect(item.get_by_role("checkbox", name="The shoulder blades")).to_be_checked()
    check(hand, item)


def _hotspot_right(hand: Hand, item: Locator) -> None:
    hand.press(option(item, "The shoulder blades"))
    hand.press(option(item, "The small of the back"))
    expect(item.get_by_role("button", name="b: The small of the back")).to_have_attribute("aria-pressed", "true")
    check(hand, item)


def _spot(hand: Hand, item: Locator) -> None:
    hand.press(option(item, "My legs give way"))
    hand.press(option(item, "I sleep badly"))
    check(hand, item)


def _spot_right(hand: Hand, item: Locator) -> None:
    hand.press(option(item, "a cold"))
    hand.press(option(item, "a cold"))
    hand.press(option(item, "My legs give way"))
    check(hand, item)


def _worked(hand: Hand, item: Locator) -> None:
    hand.press(option(item, "He booked a talk for Monday."))
    hand.press(option(item, "Book a talk for Friday"))
    check(hand, item)


def _worked_right(hand: Hand, item: Locator) -> None:
    hand.press(option(item, "He booked a talk for Monday."))
    hand.press(option(item, "Ring the helpline now"))
    check(hand, item)


def _reflect(hand: Hand, item: Locator) -> None:
    hand.write(item.get_by_role("textbox"), "Aches mostly pass.")
    hand.press(item.get_by_role("button", name="Compare with a model answer"))
    expect(item.get_by_role("status").first).to_contain_text("Most aches pass, and I say when to come back.")
    hand.press(option(item, "Most pass."))
    hand.press(item.get_by_role("button", name="Keep my answer"))


def _case(hand: Hand, item: Locator) -> None:
    hand.press(item.get_by_role("button", name="Since when?"))
    expect(item.locator(".reply")).to_have_text("“Since May.”")
    expect(item.locator(".clock")).to_have_text("You have 2 minutes left for questions.")
    # The wrong turn shows what comes of it, and leads back, where it is not offered a second time.
    hand.press(item.get_by_role("button", name="Wish her well"))
    expect(item.locator(".here")).to_contain_text("She rings again, from the floor.")
    hand.press(item.get_by_role("button", name="Go on", exact=True))
    expect(item.get_by_role("button", name="Wish her well")).to_have_count(0)
    hand.press(item.get_by_role("button", name="Ask her to stand up"))
    hand.press(item.get_by_role("button", name="Go on to the decision"))
    hand.press(option(item, "Act within days"))
    check(hand, item)


def _case_right(hand: Hand, item: Locator) -> None:
    hand.press(item.get_by_role("button", name="Since when?"))
    hand.press(item.get_by_role("button", name="And your legs?"))
    expect(item.locator(".clock")).to_have_text("Your time for questions is used up.")
    expect(item.get_by_role("button", name="Any plans?")).to_have_attribute("aria-disabled", "true")
    hand.press(item.get_by_role("button", name="Ask her to stand up"))
    hand.press(item.get_by_role("button", name="Go on to the decision"))
    hand.press(option(item, "Act now"))
    check(hand, item)


_CASE_WAY = ["ask:listen:a", "way:listen:b", "way:waved-away:a", "way:listen:a", "way:look:a"]

KINDS = [
    Kind(
        "choice",
        "ss-choice:last-of-type",
        _choice,
        {"✓ Your answer, and right": 1, "✓ A right answer": 1},
        ["A strain: It passes.", "A bruise: It passes too."],
        "Partly right.",
        (["a"], 0.5),
        _choice_right,
        page="00-first.html",
        shown=["Which of these pass?", "A strain", "A scar"],
        folded=["It passes too.", "A scar stays."],
    ),
    Kind(
        "match",
        "ss-match",
        _match,
        {"✓ Right here": 2, "✗ Belongs to: It passes": 1},
        ["An ache that eases → It passes: It is going."],
        "Partly right.",
        (["a-a", "b-b", "c-b"], 2 / 3),
        _match_right,
        shown=["An ache since May", "It passes", "It is talked about"],
        folded=["It is talked about. It has lasted.", "It passes. It is going."],
    ),
    Kind(
        "order",
        "ss-order",
        _order,
        {"✓ Right place": 1, "✗ Belongs at place 3": 1, "✗ Belongs at place 2": 1},
        ["1. Hear what the person says: All else rests on it.", "2. Ask about walking: The answer decides."],
        "Partly right.",
        (["c", "a", "b"], 1 / 3),
        _order_right,
        shown=["Put the call in order.", "Ask about walking"],
        folded=["c. All else rests on it.", "a. There is something to write now."],
    ),
    Kind(
        "hotspot",
        "ss-hotspot",
        _hotspot,
        {"✓ Your answer, and right": 1, "✓ A right answer": 1},
        ["The shoulder blades: It may last there.", "The small of the back: There too."],
        "Partly right.",
        (["a"], 0.5),
        _hotspot_right,
        shown=["Where may an ache be talked about?", "The chair"],
        folded=["It may last there.", "A chair has no ache."],
    ),
    Kind(
        "spot",
        "ss-spot",
        _spot,
        {"1 Hits: cues you marked": 1, "0 Misses: cues you left": 1, "1 False alarms: harmless phrases you marked": 1},
        ["✓ Hit · “My legs give way” Weak legs cannot wait.", "✗ False alarm · “I sleep badly” The cat explains it."],
        "Partly right.",
        (["b", "c"], 0.5),
        _spot_right,
        shown=["Ann rings.", "I have had a cold", "that is the cat"],
        folded=["Colds pass.", "Cue. Weak legs cannot wait."],
    ),
    Kind(
        "worked",
        "ss-worked",
        _worked,
        {"✓ The slip · your answer": 1, "✗ Not this · your answer": 1, "✓ The safer way": 1},
        ["The slip: Monday is too late.", "Book a talk for Friday: Still too late."],
        "Partly right.",
        (["b", "a"], 0.5),
        _worked_right,
        shown=["Which step is the slip?", "He wrote it down.", "Ring the helpline now"],
        folded=["The slip. Monday is too late.", "Right. It cannot wait."],
    ),
    Kind(
        "reflect",
        "ss-reflect",
        _reflect,
        {},
        ["You covered 1 of 2. What is not ticked is worth adding when you say it the next time."],
        "",
        (["a"], None),
        None,
        again="Write on",
        shown=["Why do most aches need no call?"],
        folded=["Most aches pass, and I say when to come back.", "It says when to come back."],
    ),
    Kind(
        "case",
        "ss-case",
        _case,
        {"✗ Your decision": 1, "✓ The right level": 1},
        [
            "Act within days: Days are too many.",
            "Act now: Weak legs cannot wait.",
            "What happens now Ring the helpline.",
            "Questions worth asking next time And your legs?",
            "What could mislead a stiff back is common",
        ],
        "Too slow for this one.",
        (
            [*_CASE_WAY, "act:contact-team-within-days"],
            1 / 6,
        ),
        _case_right,
        right="The right speed.",
        shown=["Ann, 60", "“My back is stiff.”", "She rings again, from the floor.", "Act within days"],
        folded=["“They give way.”", "Right. Weak legs cannot wait.", "Ring the helpline.", "Legs decide."],
    ),
]

# Any item that is scored, of any course.
ANY = "ss-choice, ss-match, ss-order, ss-hotspot, ss-spot, ss-worked, ss-case, ss-vignette"


def answer_any(hand: Hand, item: Locator, button: str = "Check my answer") -> None:
    """Answer an item of any kind, rightly or not, and end with this button."""
    _FILL[item.evaluate("each => each.item.kind")](hand, item)
    hand.press(item.get_by_text("Fairly sure", exact=True))
    hand.press(item.get_by_role("button", name=button, exact=True))


def _any_option(hand: Hand, item: Locator) -> None:
    hand.press(item.locator(".options label").first)


def _any_match(hand: Hand, item: Locator) -> None:
    groups = item.locator(".group").evaluate_all("all => all.map((each) => each.getAttribute('aria-label'))")
    for number, card in enumerate(item.locator(".tray .card .words").all_inner_texts()):
        hand.carry(item, card, groups[number % len(groups)])


def _any_order(hand: Hand, item: Locator) -> None:
    hand.carry(item, item.locator(".card .words").last.inner_text(), "1")


def _any_spot(hand: Hand, item: Locator) -> None:
    hand.press(item.locator("label.phrase").first)


def _any_worked(hand: Hand, item: Locator) -> None:
    hand.press(item.locator(".steps label").first)
    hand.press(item.locator(".mends label").first)


def _any_case(hand: Hand, item: Locator) -> None:
    steps = item.locator("section.step")
    while True:
        expect(item.locator(".here .ways, .here.step .decision").first).to_be_attached()
        if item.locator(".decision").count():
            break
        before = steps.count()
        if item.locator(".here .asks button").count():
            hand.press(item.locator(".here .asks button").first)
        hand.press(item.locator(".here .ways button").first)
        expect(steps).to_have_count(before + 1)
    hand.press(item.locator(".decision label").first)


_FILL: dict[str, Callable[[Hand, Locator], None]] = {
    "choice": _any_option,
    "hotspot": _any_option,
    "vignette": _any_option,
    "match": _any_match,
    "order": _any_order,
    "spot": _any_spot,
    "worked": _any_worked,
    "case": _any_case,
}
