"""The spotter's clinic: sessions of ten, what is told of them, and figures that are true."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from secondsight.course import Course
from secondsight.course.items import Vignette
from secondsight.course.part import Level
from secondsight.export import site as export_site
from small_course import HEAD

from .kept import attempt as kept_attempt
from .kept import known, progress_file, stored
from .trainee import HANDS, Hand, Mouse, check, option

LEVELS = Level.__args__
NOW, DAYS, LASTS, CALM = LEVELS
CLINIC = "spotters-clinic"


@pytest.fixture(scope="module")
def vignettes(real: Course) -> dict[str, Vignette]:
    found = {vignette.id: vignette for vignette in real.vignettes[CLINIC]}
    assert len(found) >= 60
    return found


@pytest.fixture(scope="module")
def level_names(real: Course) -> dict[str, str]:
    return {level: real.actions[level].name for level in LEVELS}


def attempt(vignette: Vignette, number: int, at: str = "2026-01-01T10:00:00.000Z") -> dict[str, Any]:
    """A right answer given before, as it is kept."""
    return kept_attempt(vignette, number, at, lesson=CLINIC, answer=[vignette.action])


def text(locator: Locator) -> str:
    """What stands there, also where it is folded away; spaces and line breaks as one space."""
    return " ".join(locator.text_content().split())


def session(clinic: Locator, choose: Callable[[str], str], hand: Hand) -> list[str]:
    """Go through a session; ``choose`` gives for a vignette's words the name of the level. What was met, in order."""
    met = []
    vignette = clinic.locator("ss-vignette")
    while True:
        expect(vignette.locator(".text")).to_be_focused()
        words = text(vignette.locator(".text"))
        met.append(words)
        hand.press(option(vignette, choose(words), ".options"))
        check(hand, vignette)
        expect(vignette.locator(".verdict")).to_be_visible()
        further = vignette.locator("button[type=submit]")
        last = further.inner_text() == "See how you did"
        hand.press(further)
        if last:
            return met
        expect(vignette.locator(".number")).to_have_text(f"{len(met) + 1} of 10")


def plain(vignette: Vignette) -> str:
    return " ".join("".join(piece for piece, _ in vignette.pieces).split())


@pytest.mark.parametrize("hand", HANDS)
def test_ten_then_ten_more_that_were_not_met_before(
    visit, parts: dict[str, Path], vignettes: dict[str, Vignette], level_names: dict[str, str], real: Course, hand: str
) -> None:
    """Every emergency is explained away, everything else judged rightly."""
    by_words = {plain(vignette): vignette for vignette in vignettes.values()}
    assert len(by_words) == len(vignettes)
    touch = {"has_touch": True, "viewport": {"width": 390, "height": 800}} if hand == "finger" else {}
    seen = visit(parts[CLINIC], **touch)
    own, clinic = HANDS[hand](seen.page), seen.page.locator("ss-clinic")
    in_ten, total = real.clinics[CLINIC].in_ten, len(vignettes)
    expect(clinic).to_contain_text(
        f"About {in_ten} in 10 of these {total} vignettes need action within days or sooner."
    )
    expect(clinic).to_contain_text(f"You have met 0 of {total}.")
    expect(clinic).to_contain_text("They are not a measure of clinical competence")
    expect(clinic.locator(".chart")).to_have_count(0)

    met: list[str] = []
    all_missed: list[str] = []
    for sitting, begin in enumerate(["Begin with ten", "Ten more"], start=1):
        own.press(clinic.get_by_role("button", name=begin))
        now = session(
            clinic,
            lambda words: level_names[CALM if by_words[words].action == NOW else by_words[words].action],
            own,
        )
        met += now
        assert len(now) == 10
        assert len(set(met)) == 10 * sitting, "a vignette came back though others were unseen"

        missed = [words for words in now if by_words[words].action == NOW]
        result = clinic.locator(".result")
        expect(result).to_be_focused()
        expect(result).to_contain_text(f"You chose the right level in {10 - len(missed)} of 10.")
        assert [text(each.locator("p").first) for each in result.locator(".missed").all()] == missed
        for words, card in zip(missed, result.locator(".missed").all(), strict=True):
            flag = real.red_flags[by_words[words].card]
            own.press(card.locator("summary"))
            expect(card.locator("summary")).to_have_text(f"The card: {flag.name}")
            expect(card.get_by_text(flag.who_to_call)).to_be_visible()
            expect(card).to_contain_text(f"You chose: {level_names[CALM]}. It needs: {level_names[NOW]}.")
        expect(clinic).to_contain_text(f"You have met {10 * sitting} of {total}.")
        all_missed += missed
        if all_missed:
            expect(clinic).to_contain_text(f"0 of {len(all_missed)} acted on at once")
        both = len({by_words[words].needs_action for words in met}) == 2
        charts = {"Of vignettes that needed": int(both), "Sure: right in": 1, "Right in each ten": sitting - 1}
        for chart, times in charts.items():
            expect(clinic.get_by_role("img", name=chart)).to_have_count(times)
        own.press(clinic.get_by_text("The figures as a table"))
        detection = clinic.get_by_role("row", name="d′").filter(has_text="from 20" if sitting == 1 else "likely")
        expect(detection).to_have_count(1)

    # It is all there again when the page is opened the next day.
    figures = text(clinic.locator(".panel", has_text="Your figures so far"))
    seen.page.reload()
    expect(clinic.get_by_role("button", name="Begin with ten")).to_be_visible()
    assert text(clinic.locator(".panel", has_text="Your figures so far")) == figures
    assert [text(each.locator("p").first) for each in clinic.locator(".missed").all()] == all_missed
    assert (seen.requests, seen.errors) == ([], [])
    assert len(stored(seen.page)) == 20


def test_missed_emergencies_are_named_with_their_cards(
    visit, parts: dict[str, Path], vignettes: dict[str, Vignette], level_names: dict[str, str], real: Course
) -> None:
    """All but ten vignettes were met before, so the session is those ten: nine emergencies and one that can wait."""
    emergencies = [each for each in vignettes.values() if each.action == NOW]
    calm = next(each for each in vignettes.values() if each.action == CALM)
    ten = {each.id for each in [*emergencies[:9], calm]}
    assert len(ten) == 10
    page = visit(parts[CLINIC]).page
    known(page, [attempt(each, number) for number, each in enumerate(vignettes.values()) if each.id not in ten])
    clinic = page.locator("ss-clinic")
    expect(clinic).to_contain_text(f"You have met {len(vignettes) - 10} of {len(vignettes)}.")
    clinic.get_by_role("button", name="Begin with ten").click()

    # Act within days on the first emergency, at once on the second, wait with the third, and so on.
    chosen = {plain(each): [DAYS, NOW, LASTS][number % 3] for number, each in enumerate(emergencies[:9])}
    met = session(clinic, lambda words: level_names[chosen.get(words, CALM)], Mouse(page))

    assert set(met) == {*chosen, plain(calm)}
    result = clinic.locator(".result")
    expect(result.get_by_role("heading", name="6 emergencies were not acted on at once")).to_be_visible()
    missed = [words for words in met if chosen.get(words, NOW) != NOW]
    by_words = {plain(each): each for each in emergencies}
    for words, card in zip(missed, result.locator(".missed").all(), strict=True):
        expect(card).to_contain_text(words)
        expect(card).to_contain_text(f"You chose: {level_names[chosen[words]]}. It needs: {level_names[NOW]}.")
        flag = real.red_flags[by_words[words].card]
        expect(card.locator("summary")).to_have_text(f"The card: {flag.name}")
        expect(card.get_by_text(flag.features[0])).to_be_hidden()
        card.locator("summary").click()
        expect(card.get_by_text(flag.features[0])).to_be_visible()
        expect(card.get_by_text(flag.who_to_call)).to_be_visible()
    # To act within days on an emergency is to act, but not in time: it counts for sensitivity, and is told as missed.
    expect(result.get_by_role("row", name="Sensitivity")).to_contain_text("6 of 9")


def test_no_vignette_is_scored_before_a_level_and_a_certainty(visit, small_site: Path) -> None:
    page = visit(small_site / "02-third.html").page
    page.get_by_role("button", name="Begin with ten").click()
    vignette = page.locator("ss-vignette")
    told = vignette.locator(".told")
    vignette.get_by_role("button", name="Check my answer").click()
    expect(told).to_have_text("Choose how fast to act first.")
    vignette.get_by_text("Act now", exact=True).click()
    vignette.get_by_role("button", name="Check my answer").click()
    expect(told).to_have_text("Say how sure you are, then check your answer.")
    expect(vignette.locator("mark")).to_have_count(0)
    vignette.get_by_text("Sure", exact=True).click()
    vignette.get_by_role("button", name="Check my answer").click()
    expect(told).to_contain_text("Sources: ")
    assert vignette.locator("mark").count() >= 1


def test_five_hundred_vignettes_open_and_the_first_can_be_answered(visit, make_course) -> None:
    small = make_course()
    small.write("exercises/vignettes/third.yaml", HEAD + many(500))
    export_site.export(small.root, small.root / "site")
    seen = visit(small.root / "site" / "02-third.html")
    clinic = seen.page.locator("ss-clinic")
    expect(clinic).to_contain_text("About 5 in 10 of these 500 vignettes need action within days or sooner.")
    clinic.get_by_role("button", name="Begin with ten").click()
    vignette = clinic.locator("ss-vignette")
    expect(vignette.locator(".number")).to_have_text("1 of 10")
    vignette.get_by_text("Act now", exact=True).click()
    vignette.get_by_text("Sure", exact=True).click()
    vignette.get_by_role("button", name="Check my answer").click()
    expect(vignette.locator(".verdict")).to_be_visible()
    vignette.get_by_role("button", name="Next").click()
    expect(vignette.locator(".number")).to_have_text("2 of 10")
    assert len(stored(seen.page, "small")) == 1
    assert (seen.requests, seen.errors) == ([], [])


def many(count: int) -> str:
    """A clinic's file of so many vignettes, half of which need action."""
    one = """\
  - id: v-made-{n}
    objective: third-clinic
    site: back
    facts: [legs-weak]
    about: emergency
    who: {{age: 60, sex: woman, ethnicity: White Irish, setting: phone, story: secondary, years: 12}}
    action: {action}
    text: Caller {n} has legs [that {does}] on the stairs.
    why: It is how legs are.
"""
    act = one.replace("action: {action}", f"action: {NOW}\n    card: weak-legs").replace("{does}", "give way")
    leave = one.replace("{action}", CALM).replace("{does}", "ache a little")
    return "clinic: small-clinic\nvignettes:\n" + "".join((act, leave)[n % 2].format(n=n) for n in range(count))


SENSITIVITY, SPECIFICITY = 0.8, 0.65
# z(0.8) - z(0.35) and -(z(0.8) + z(0.35)) / 2
D_PRIME, CRITERION = 1.2269, -0.2281
SENSITIVE = "Sensitivity: of those that needed action within days or sooner, you acted on"
SPECIFIC = "Specificity: of those that could wait or needed none, you left"
TELLS = "d′, how well you tell one from the other (0 is guessing)"
LEANS = "c, your leaning (below 0 over-calls, above 0 under-calls)"
# Goes through sessions: `choices` says for each vignette, by its words, which levels to choose, time after time.
SITTINGS = """async ({choices, sessions}) => {
  const root = document.querySelector("ss-clinic").shadowRoot;
  for (let session = 0; session < sessions; session += 1) {
    [...root.querySelectorAll("button")].find((each) => /^(Begin with ten|Ten more)$/.test(each.textContent)).click();
    await root.host.updateComplete;
    for (let vignette; (vignette = root.querySelector("ss-vignette")); ) {
      await vignette.updateComplete;
      const own = vignette.shadowRoot;
      const words = own.querySelector(".text").textContent.split(/\\s+/).join(" ").trim();
      own.querySelectorAll("input[name=level]")[choices[words].shift()].click();
      own.querySelectorAll("input[name=certainty]")[2].click();
      own.querySelector("button[type=submit]").click();
      await vignette.updateComplete;
      own.querySelector("button[type=submit]").click();
      await root.host.updateComplete;
    }
  }
}"""


class SimulatedTrainee:
    """Acts on what needs action, and leaves what does not, each with a probability of its own."""

    def __init__(self) -> None:
        self.tosses = random.Random(11)

    def choose(self, vignette: Vignette) -> str:
        if vignette.needs_action:
            return vignette.action if self.tosses.random() < SENSITIVITY else LASTS
        return vignette.action if self.tosses.random() < SPECIFICITY else DAYS


def likely(row: str) -> tuple[float, float]:
    """The two ends of a row's interval."""
    low, high = re.search(r"likely (−?[\d.]+) to (−?[\d.]+)", row).groups()
    return float(low.replace("−", "-")), float(high.replace("−", "-"))


def test_two_thousand_answers_give_back_what_the_trainee_is(
    visit, parts: dict[str, Path], vignettes: dict[str, Vignette], tmp_path: Path
) -> None:
    """1,900 answers come from a progress file; 100 are given here, in ten sessions."""
    trainee, all_of_them = SimulatedTrainee(), list(vignettes.values())
    given = [trainee.tosses.choice(all_of_them) for _ in range(1900)]
    attempts = [
        attempt(vignette, number, f"2026-01-{1 + number // 100:02}T10:{number % 60:02}:00.000Z")
        | {"answer": [trainee.choose(vignette)], "certainty": ["guessing", "fairly-sure", "sure"][number % 3]}
        for number, vignette in enumerate(given)
    ]
    # What is left to chance in a session is which vignettes are met; what is chosen for each is settled here.
    choices = {plain(each): [trainee.choose(each) for _ in range(10)] for each in all_of_them}
    seen = visit(parts[CLINIC])
    page, clinic = seen.page, seen.page.locator("ss-clinic")
    file = tmp_path / "progress.jsonl"
    file.write_text(progress_file(attempts), encoding="utf-8")
    page.locator("ss-progress-file input").set_input_files(file)
    expect(page.locator("ss-progress-file").get_by_role("status")).to_have_text("1900 answers loaded.")
    expect(clinic).to_contain_text("1900 answers")

    levels = {words: [LEVELS.index(level) for level in row] for words, row in choices.items()}
    page.evaluate(SITTINGS, {"choices": levels, "sessions": 10})

    expect(clinic).to_contain_text("2000 answers")
    rows = {text(each.locator("th")): text(each) for each in clinic.locator("tr").all()}
    answers = [(vignettes[each["item"]], each["answer"][0]) for each in stored(page)]
    acted = {
        needed: [level in (NOW, DAYS) for vignette, level in answers if vignette.needs_action is needed]
        for needed in (True, False)
    }
    assert f"{sum(acted[True])} of {len(acted[True])}" in rows[SENSITIVE]
    assert f"{acted[False].count(False)} of {len(acted[False])}" in rows[SPECIFIC]
    true = {SENSITIVE: 100 * SENSITIVITY, SPECIFIC: 100 * SPECIFICITY, TELLS: D_PRIME, LEANS: CRITERION}
    for name, value in true.items():
        low, high = likely(rows[name])
        assert low <= value <= high, rows[name]
    expect(clinic).to_contain_text("You tend to over-call")
    assert seen.errors == []
