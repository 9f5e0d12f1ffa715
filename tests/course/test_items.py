"""Each kind of item: everything wrong in one is a sentence at its file and line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsight.course import load_course
from secondsight.course.items import dealt

QUESTIONS = "exercises/questions/third.yaml"
CASES = "exercises/cases/third.yaml"
CLINIC = "exercises/clinics/small-clinic.yaml"
VIGNETTES = "exercises/vignettes/third.yaml"
SITE = "content/sites/back.yaml"
SECOND = "content/lessons/second.yaml"

LEVELS = "'same-day-emergency', 'contact-team-within-days', 'discuss-if-beyond-1-2-weeks' or 'reassure-and-safety-net'"
KINDS = "choice, match, order, hotspot, spot, worked, reflect"

# What is broken, by kind: the file, what stands there, what comes instead, at which text the line is, and all
# that is said.
MATCH = {
    "card without a group": (
        "group: It passes, feedback: Digging",
        "group: It lasts, feedback: Digging",
        "item 'sort-aches' has the card 'An ache after digging' for the group 'It lasts', which is not among its"
        " groups; add the group or mend its name",
    ),
    "group without a card": (
        "groups: [It passes, It is talked about]",
        "groups: [It passes, It is talked about, Nobody knows]",
        "item 'sort-aches' has the group 'Nobody knows' to which no card belongs; give it one or take it out",
    ),
    "group twice": (
        "groups: [It passes, It is talked about]",
        "groups: [It passes, It is talked about, It passes]",
        "item 'sort-aches' has two groups with the same text, 'It passes'; change one of them",
    ),
    "card twice": (
        "text: An ache that eases",
        "text: An ache since May",
        "item 'sort-aches' has two cards with the same text, 'An ache since May'; change one of them",
    ),
}
ORDER = {
    "step twice": (
        "text: Ask about walking",
        "text: Hear what the person says",
        "item 'order-call' has two steps with the same text, 'Hear what the person says'; change one of them",
    ),
}
HOTSPOT = {
    "place beside its picture": (
        "x: 5, y: 2",
        "x: 50, y: 2",
        "item 'find-back' has the place 'The shoulder blades' at 50, 2, outside its picture 'back' (0, 0 to 10, 10);"
        " move it inside",
    ),
    "place above its picture": (
        "x: 5, y: 7.5",
        "x: 5, y: -0.5",
        "item 'find-back' has the place 'The small of the back' at 5, -0.5, outside its picture 'back'"
        " (0, 0 to 10, 10); move it inside",
    ),
    "place nowhere": (
        "x: 5, y: 2",
        "x: nan, y: 2",
        "item 'find-back' has the place 'The shoulder blades' at nan, 2, outside its picture 'back' (0, 0 to 10, 10);"
        " move it inside",
    ),
    "no such picture": (
        "picture: back",
        "picture: front",
        "item 'find-back' names the picture 'front', which does not exist; add it or mend the name",
    ),
    "no such fact of a place": (
        "facts: [legs-weak]}",
        "facts: [nothing]}",
        "item 'find-back' names the fact 'nothing', which does not exist; add it or mend the name",
    ),
    "no such site": (
        "        site: back\n",
        "        site: knee\n",
        "item 'find-back' names the site 'knee', which does not exist; add it or mend the name",
    ),
    "every place right": (
        "y: 9, feedback",
        "y: 9, correct: true, feedback",
        "item 'find-back' has every place marked correct; add one that is not",
    ),
    "two places right of one": (
        "answers: several\n        picture",
        "answers: one\n        picture",
        "item 'find-back' has 2 places marked correct; a 'hotspot' with 'answers: one' takes exactly one",
    ),
    "wrong place greeted": (
        "feedback: A chair has",
        "feedback: Yes; a chair has",
        "item 'find-back' greets the wrong option 'The chair' as right; begin its feedback otherwise",
    ),
}
SPOT = {
    "mark in a mark": (
        "[a cold]. [My legs give way]",
        "[a cold. [My legs give way]",
        "item 'mark-call' has a mark inside the mark '[a cold.'; close the first with ']' before the next",
    ),
    "mark never opened": (
        "[a cold]",
        "a cold]",
        "item 'mark-call' closes a mark after '“I have had a cold' that was never opened; add its '['",
    ),
    "mark never closed": (
        "[I sleep badly], but",
        "[I sleep badly, but",
        "item 'mark-call' opens a mark at '[I sleep badly, but that is the cat.”' and never closes it; add its ']'",
    ),
    "mark around nothing": (
        "[a cold]",
        "[a cold] [ ]",
        "item 'mark-call' has a mark with no words in it; put the phrase between '[' and ']'",
    ),
    "mark without a rationale": (
        "[a cold]",
        "[a cold] and [a cough]",
        "item 'mark-call' marks 'a cough' but gives no rationale for it; add it to 'phrases' with its why",
    ),
    "rationale without a mark": (
        "[a cold]",
        "a cold",
        "item 'mark-call' explains 'a cold', which its text does not mark; put it in square brackets there",
    ),
    "mark twice": (
        "[a cold]",
        "[a cold] and [a cold]",
        "item 'mark-call' has two marks with the same text, 'a cold'; change one of them",
    ),
    "rationale twice": (
        "says: a cold,",
        "says: I sleep badly,",
        "item 'mark-call' has two phrases with the same text, 'I sleep badly'; change one of them",
    ),
    "no cue": ("cue: true, ", "", "item 'mark-call' has no cue; mark at least one phrase with 'cue: true'"),
    "all cues": (
        "why: Colds pass.}\n          - {says: My legs give way, cue: true, why: Weak legs cannot wait.}\n"
        "          - {says: I sleep badly, why",
        "cue: true, why: Colds pass.}\n          - {says: My legs give way, cue: true, why: Weak legs cannot wait.}\n"
        "          - {says: I sleep badly, cue: true, why",
        "item 'mark-call' has no noise; add a phrase that should raise no concern",
    ),
}
WORKED = {
    "no slip": (
        "wrong: true, ",
        "",
        "item 'slip-call' has 0 steps marked wrong; a 'worked' case takes exactly one 'wrong: true'",
    ),
    "two slips": (
        "{says: He wrote it down., why",
        "{says: He wrote it down., wrong: true, why",
        "item 'slip-call' has 2 steps marked wrong; a 'worked' case takes exactly one 'wrong: true'",
    ),
    "no mend": (
        "text: Ring the helpline now, correct: true",
        "text: Ring the helpline now",
        "item 'slip-call' has no mend marked correct; mark the right one with 'correct: true'",
    ),
    "mend twice": (
        "text: Book a talk for Friday",
        "text: Ring the helpline now",
        "item 'slip-call' has two mends with the same text, 'Ring the helpline now'; change one of them",
    ),
    "wrong mend greeted": (
        "feedback: Still too late.,",
        "feedback: Right you are.,",
        "item 'slip-call' greets the wrong option 'Book a talk for Friday' as right; begin its feedback otherwise",
    ),
}
CASE = {
    "step that leads nowhere": (
        "        next: decide\n",
        "        next: nowhere\n",
        "case 'stiff-back' has the step 'look', which leads to 'nowhere', a step that does not exist; add it, or lead"
        " to 'decide'",
    ),
    "turn that leads nowhere": (
        "next: look}",
        "next: looks}",
        "case 'stiff-back' has the step 'listen', which leads to 'looks', a step that does not exist; add it, or lead"
        " to 'decide'",
    ),
    "step that ends": (
        "        next: decide\n",
        "",
        "case 'stiff-back' has the step 'look', which needs either 'next' or 'turns'; give it one of them",
    ),
    "step with next and turns": (
        "        next: decide\n",
        "        next: decide\n        turns: [{text: Go on, next: decide}]\n",
        "case 'stiff-back' has the step 'look', which needs either 'next' or 'turns'; give it one of them",
    ),
    "circle of all steps": (
        "        next: decide\n",
        "        next: listen\n",
        "case 'stiff-back' goes in a circle from the step 'listen' and never comes to 'decide'; give it a way out",
    ),
    "circle beside the way": (
        "        next: listen\n",
        "        next: waved-away\n",
        "case 'stiff-back' goes in a circle from the step 'waved-away' and never comes to 'decide'; give it a way out",
    ),
    "step that nothing leads to": (
        "{text: Wish her well, next: waved-away}",
        "{text: Wish her well, next: look}",
        "case 'stiff-back' has the step 'waved-away', which no way leads to; lead to it or take it out",
    ),
    "step twice": (
        "id: waved-away",
        "id: look",
        "case 'stiff-back' has two steps with one id, or a step named 'decide'; give each a name of its own",
    ),
    "step named as the end": (
        "id: waved-away",
        "id: decide",
        "case 'stiff-back' has two steps with one id, or a step named 'decide'; give each a name of its own",
    ),
    "too little time": (
        "    minutes: 4",
        "    minutes: 3",
        "case 'stiff-back' has questions that matter for 4 minutes, but only 3 minutes; give it more",
    ),
    "level without feedback": (
        "      contact-team-within-days: Days are too many.\n",
        "",
        "case 'stiff-back' gives no feedback for 'contact-team-within-days'; add it under 'actions'",
    ),
    "no such site": (
        "site: back",
        "site: knee",
        "item 'stiff-back' names the site 'knee', which does not exist; add it or mend the name",
    ),
    "no such source": (
        "sources: [old-letter]",
        "sources: [nothing]",
        "item 'stiff-back' names the source 'nothing', which does not exist; add it or mend the name",
    ),
}
VIGNETTE = {
    "mark in a mark": (
        "[Her legs give way]",
        "[Her legs give way",
        "vignette 'v-stairs' has a mark inside the mark '[Her legs give way on'; close the first with ']' before the"
        " next",
    ),
    "mark never opened": (
        "[Her legs give way]",
        "Her legs give way]",
        "vignette 'v-stairs' closes a mark after 'Ann rings. Her legs give way' that was never opened; add its '['",
    ),
    "mark never closed": (
        "[the stairs]",
        "[the stairs",
        "vignette 'v-stairs' opens a mark at '[the stairs since noon.' and never closes it; add its ']'",
    ),
    "nothing marked": (
        "[Her legs give way] on [the stairs]",
        "Her legs give way on the stairs",
        "vignette 'v-stairs' marks no words that matter; put them in square brackets",
    ),
    "emergency without its card": (
        "    card: weak-legs\n",
        "",
        "vignette 'v-stairs' needs a 'card' exactly where its action is same-day-emergency; add it or take it out",
    ),
    "card without an emergency": (
        "action: same-day-emergency",
        "action: contact-team-within-days",
        "vignette 'v-stairs' needs a 'card' exactly where its action is same-day-emergency; add it or take it out",
    ),
    "no such card": (
        "card: weak-legs",
        "card: weak-arms",
        "item 'v-stairs' names the red flag 'weak-arms', which does not exist; add it or mend the name",
    ),
}
# Each kind's table, the file of its item, and where the item starts.
TABLES = {
    "match": (MATCH, QUESTIONS, "- id: sort-aches"),
    "order": (ORDER, QUESTIONS, "- id: order-call"),
    "hotspot": (HOTSPOT, QUESTIONS, "- id: find-back"),
    "spot": (SPOT, QUESTIONS, "- id: mark-call"),
    "worked": (WORKED, QUESTIONS, "- id: slip-call"),
    "case": (CASE, CASES, "- id: stiff-back"),
    "vignette": (VIGNETTE, VIGNETTES, "- id: v-stairs"),
}
# What names the line of a field, or stands in a file other than the one that was broken.
ELSEWHERE = {
    "cue without its why": (
        QUESTIONS,
        "cue: true, why: Weak legs cannot wait.}",
        "cue: true}",
        QUESTIONS,
        "{says: My legs give way",
        "item 'mark-call' has no 'why'; add it",
    ),
    "no such form": (
        QUESTIONS,
        "form: call",
        "form: shout",
        QUESTIONS,
        "form: shout",
        "item 'mark-call' has form 'shout'; it takes 'words', 'call', 'letter' or 'note'",
    ),
    "no such kind": (
        QUESTIONS,
        "kind: match",
        "kind: sort",
        QUESTIONS,
        "- id: sort-aches",
        f"item 'sort-aches' has kind 'sort'; it takes one of {KINDS}",
    ),
    "no kind": (
        QUESTIONS,
        "        kind: order\n",
        "",
        QUESTIONS,
        "- id: order-call",
        f"item 'order-call' has no 'kind'; add one of {KINDS}",
    ),
    "answer in words with one point": (
        QUESTIONS,
        "        points: [Most pass., It says when to come back.]",
        "        points: [Most pass.]",
        QUESTIONS,
        "points:",
        "item 'write-why' has an empty or too short 'points'; fill it in",
    ),
    "hints that a kind does not have": (
        QUESTIONS,
        "        model: Most",
        "        hints: [Think.]\n        model: Most",
        QUESTIONS,
        "hints: [Think.]",
        "item 'write-why' has an unknown field 'hints'; did you mean 'points'?",
    ),
    "case with no such level": (
        CASES,
        "    action: same-day-emergency",
        "    action: at-once",
        CASES,
        "action: at-once",
        f"case 'stiff-back' has action 'at-once'; it takes {LEVELS}",
    ),
    "feedback for no such level": (
        CASES,
        "      contact-team-within-days: Days",
        "      in-days: Days",
        CASES,
        "in-days",
        f"case 'stiff-back' has 'in-days' under 'actions'; it takes {LEVELS}",
    ),
    "case without cues": (
        CASES,
        "cues: [legs that give way, an ache since May]",
        "cues: []",
        CASES,
        "cues: []",
        "case 'stiff-back' has an empty or too short 'cues'; fill it in",
    ),
    "vignette with no such level": (
        VIGNETTES,
        "action: same-day-emergency",
        "action: soon",
        VIGNETTES,
        "action: soon",
        f"vignette 'v-stairs' has action 'soon'; it takes {LEVELS}",
    ),
    "vignette without a site": (
        VIGNETTES,
        "    site: back\n",
        "",
        VIGNETTES,
        "- id: v-stairs",
        "vignette 'v-stairs' has no 'site'; add it",
    ),
    "base rate that was mistold": (
        CLINIC,
        "in_ten: 5",
        "in_ten: 4",
        CLINIC,
        "id: small-clinic",
        "clinic 'small-clinic' tells that 4 in ten need action within days or sooner, but 2 of its 4 vignettes do"
        " (5.0 in ten); mend 'in_ten' or the set",
    ),
    "base rate that the set has left": (
        VIGNETTES,
        "action: contact-team-within-days",
        "action: reassure-and-safety-net",
        CLINIC,
        "id: small-clinic",
        "clinic 'small-clinic' tells that 5 in ten need action within days or sooner, but 1 of its 4 vignettes do"
        " (2.5 in ten); mend 'in_ten' or the set",
    ),
    "place beside the body": (
        SITE,
        "x: 50, y: 60",
        "x: 150, y: 60",
        SITE,
        "id: back",
        "site 'back' has the place 'Between the shoulder blades' at 150, 60, outside its picture 'body-back'"
        " (0, 0 to 100, 200); move it inside",
    ),
    "body without its figure": (
        "content/pictures.yaml",
        "id: body-front",
        "id: body-side",
        SITE,
        "id: back",
        "site 'back' names the picture 'body-front', which does not exist; add it or mend the name",
    ),
    "no such side of the body": (
        SITE,
        "view: front",
        "view: side",
        SITE,
        "view: side",
        "this file has view 'side'; it takes 'front' or 'back'",
    ),
    "no such kind of notebook": (
        SECOND,
        "id: second\n",
        "id: second\nkind: game\n",
        SECOND,
        "kind: game",
        "this file has kind 'game'; it takes 'lesson', 'practice', 'reference' or 'record'",
    ),
    "practice without objectives": (
        "content/lessons/fourth.yaml",
        "kind: reference",
        "kind: practice",
        "content/lessons/fourth.yaml",
        "reviewed_on",
        "this file has no objectives; add at least one, or make it 'kind: reference' or 'kind: record'",
    ),
}
CASES_OF_ALL = {
    **{
        f"{kind}: {name}": (file, old, new, file, at, says)
        for kind, (table, file, at) in TABLES.items()
        for name, (old, new, says) in table.items()
    },
    **ELSEWHERE,
}


@pytest.mark.parametrize("broken", CASES_OF_ALL.values(), ids=CASES_OF_ALL)
def test_what_is_wrong_in_an_item_is_one_sentence_at_its_line(small, broken):
    file, old, new, where, at, says = broken
    small.edit(file, old, new)
    assert small.problems() == [f"{where}:{small.line(where, at)}: {says}"]


def test_a_worked_case_with_two_right_mends_is_named(small):
    small.edit(QUESTIONS, "feedback: Still too late.,", "feedback: Still too late., correct: true,")
    (problem,) = small.problems()
    assert problem.startswith(f"{QUESTIONS}:{small.line(QUESTIONS, '- id: slip-call')}: item 'slip-call' has 2 mends")


def test_what_is_said_stays_on_one_line_where_a_mark_runs_over_a_paragraph(small):
    small.edit(QUESTIONS, "[My legs give way] on the stairs.", "[My legs give way on the stairs.")
    (problem,) = small.problems()
    assert problem.startswith(f"{QUESTIONS}:{small.line(QUESTIONS, '- id: mark-call')}: item 'mark-call' has a mark in")
    assert "\n" not in problem


def test_each_wrong_item_of_a_file_is_named_and_not_only_the_first(small):
    small.edit(QUESTIONS, "[a cold]", "a cold]")
    small.edit(QUESTIONS, "wrong: true, ", "")
    small.edit(QUESTIONS, "text: Ask about walking", "text: Hear what the person says")
    small.edit(CASES, "next: look}", "next: looks}")
    small.edit(VIGNETTES, "    card: weak-legs\n", "")
    named = [problem.split(": ")[1].split(" ")[1] for problem in small.problems()]
    assert named == ["'stiff-back'", "'order-call'", "'mark-call'", "'slip-call'", "'v-stairs'"]


def test_where_time_is_short_choosing_matters(small_read):
    """The case is valid though all its questions together take longer than there is time."""
    case = small_read.cases["stiff-back"]
    assert sum(ask.minutes for step in case.steps for ask in step.asks) > case.minutes


@given(st.text(min_size=1), st.integers(2, 12))
def test_cards_are_dealt_whole_and_never_in_the_right_order(id, length):
    order = dealt(id, length)
    assert sorted(order) == list(range(length))
    assert order != list(range(length))
    assert dealt(id, length) == order


def test_cards_of_two_items_are_dealt_differently():
    assert len({tuple(dealt(f"item-{number}", 6)) for number in range(20)}) > 15


# What a trainee sees of an item makes its version; an answer belongs to one version.
SEEN = {
    "a card": (QUESTIONS, "sort-aches", "text: An ache since May", "text: An ache since June"),
    "a reason": (QUESTIONS, "order-call", "feedback: The answer decides.", "feedback: That decides."),
    "a place": (QUESTIONS, "find-back", "x: 5, y: 2", "x: 6, y: 2"),
    "a phrase": (QUESTIONS, "mark-call", "on the stairs.", "on stairs."),
    "a cue": (QUESTIONS, "mark-call", "{says: a cold,", "{says: a cold, cue: true,"),
    "a mend": (QUESTIONS, "slip-call", "text: Book a talk for Friday", "text: Book a talk for Sunday"),
    "a model": (QUESTIONS, "write-why", "model: Most aches", "model: Many aches"),
    "an answer": (CASES, "stiff-back", "“Since May.”", "“Since June.”"),
    "a decision": (VIGNETTES, "v-may", "why: It grows", "why: It is growing"),
}
UNSEEN = {
    "a fact": (QUESTIONS, "sort-aches", "facts: [ache-lasts, ache-passes]", "facts: [ache-lasts]"),
    "a site": (QUESTIONS, "find-back", "        site: back\n", ""),
    "a source": (CASES, "stiff-back", "    sources: [old-letter]\n", ""),
    "whom it is about": (VIGNETTES, "v-may", "age: 41", "age: 42"),
}


@pytest.mark.parametrize(("file", "id", "old", "new"), SEEN.values(), ids=SEEN)
def test_an_answer_to_another_wording_is_an_answer_to_another_version(small, small_read, file, id, old, new):
    small.edit(file, old, new)
    changed = load_course(small.root).items
    assert {item for item in changed if changed[item].version != small_read.items[item].version} == {id}


@pytest.mark.parametrize(("file", "id", "old", "new"), UNSEEN.values(), ids=UNSEEN)
def test_what_a_trainee_does_not_see_leaves_answers_as_they_are(small, small_read, file, id, old, new):
    small.edit(file, old, new)
    assert load_course(small.root).items[id].version == small_read.items[id].version
