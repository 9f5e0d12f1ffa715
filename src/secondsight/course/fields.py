"""What each field of a course's files says, in a sentence: for editors' help, and for who is asked to fill it in."""

from __future__ import annotations

from pydantic import BaseModel

_ID = "its name for other files and for records: small letters, digits and hyphens; never changed once published"
_SOURCES = "the sources that state it, by their ids in content/sources.yaml"
_FACTS = "the facts that it rests on, by their ids in content/facts"
_HINTS = "up to two, opened one at a time: the first wide, the second narrower, neither gives the answer away"
_STEM = "what is asked: a small scene with a person, a time and a decision, answerable before the options are read"
_ONE_OR_SEVERAL = "one: exactly one is right; several: at least one is right and at least one is not"
_ACTION = "how fast to act; between two, the faster"

FIELDS: dict[str, dict[str, str]] = {
    "File": {
        "reviewed_on": "the day on which somebody last compared the whole file with its sources",
        "review_by": "the day by which that must be done again; a year later is usual",
        "reviewed_by": "who has read it, honestly; 'not yet reviewed by a clinician' as long as none has",
    },
    "CourseFile": {
        "id": _ID,
        "title": "the course's title",
        "says": "what the course is for, in a sentence or two",
        "notice": "what every lesson says at its head, word for word: what this is not, and who has reviewed it",
        "lessons": "every notebook's id, in the course's order",
        "sites": "places of the body, by their ids in content/sites, in the order of the chart and the body map",
    },
    "Source": {
        "id": _ID,
        "label": "the short name in a line of citations, from 2 to 40 characters",
        "title": "the title as the source gives it",
        "publisher": "who published it",
        "year": "the year as the source gives it; 'undated' is a fair year",
        "url": "where it can be read, beginning with http; leave it out if it has no address",
        "kind": "what sort of source it is",
        "read": "whether you read it yourself",
        "read_note": "how much of it was read; it finishes the sentence 'Read: …' or 'Not read at first hand: …'",
    },
    "Statement": {
        "id": "its number on the founding page, as in S01",
        "kind": "what sort of statement it is",
        "says": "the statement in short",
    },
    "Fact": {
        "id": _ID,
        "says": "one thing that is true, in one to three short sentences of your own",
        "seed": "the founding page's statements that it covers, as in [S24]; leave it out where there is none",
        "sources": _SOURCES,
        "moved_on": "how advice has changed since the founding page",
        "note": "a word for contributors; trainees do not see it",
    },
    "Term": {
        "id": _ID,
        "term": "the word",
        "says": "what it means, in everyday words",
        "also": "other words for the same thing",
        "nuance": "where people go wrong with the word",
        "sources": _SOURCES,
    },
    "Action": {
        "id": "one of the four levels; all four are there",
        "name": "its name on buttons and charts",
        "says": "what it asks somebody to do",
    },
    "RedFlag": {
        "id": _ID,
        "name": "the emergency",
        "features": "what to look for",
        "act_within": "how fast",
        "who_to_call": "whom to call, and what to say",
        "while_waiting": "what to do until they come",
        "trainee_note": "what a trainee should keep in mind",
        "sources": _SOURCES,
    },
    "Symptom": {
        "id": _ID,
        "lay": "the symptom in a person's words",
        "clinical": "the symptom in the words of the notes",
        "facts": "facts that say that it can be a sign of spread to this place, by their ids",
        "look_alikes": "what else it can be",
        "more_worried": "what makes it more worrying, the emergency first",
        "less_worried": "what makes it less worrying; leave it out where nothing does",
        "action": "how fast to act when nothing more is known; between two, the faster",
        "note": "a sentence shown below",
        "sources": _SOURCES,
    },
    "Picture": {
        "id": _ID,
        "file": "the drawing, as in pictures/name.svg, in the folder content",
        "caption": "what is read below it",
        "facts": "the facts that it shows, by their ids",
    },
    "Objective": {
        "id": _ID,
        "says": "what a trainee can do at the end; it begins with a verb",
    },
    "Quiz": {
        "id": _ID,
        "title": "the quiz's heading",
        "says": "a sentence that invites to it",
        "items": "its questions, in the order in which they are asked",
    },
    "Lesson": {
        "id": _ID,
        "kind": "lesson: tells and asks; practice: asks; reference: at hand; record: looks at one's own answers",
        "notebook": "the file in notebooks/: two digits, a hyphen, a name, and .ipynb",
        "title": "the lesson's title",
        "says": "what it is about, in a sentence",
        "minutes": "how long it takes, from 1 to 120; be generous",
        "objectives": "what a trainee can do at the end; each is tested by at least one question",
    },
    "BodyPlace": {
        "view": "which figure",
        "x": "units to the right, from the upper left corner of the figure",
        "y": "units down, from the upper left corner of the figure",
        "name": "what a screen reader says of the dot, before the name of the site",
    },
    "Site": {
        "id": _ID,
        "name": "the place of the body",
        "red_flags": "the emergencies that belong to it, by their ids in content/red_flags.yaml",
        "places": "where it is on the body map; leave it out to keep it off the map",
        "symptoms": "what people may feel or see here",
    },
    "SourcesFile": {"sources": "every source of the course"},
    "StatementsFile": {"statements": "every statement of the founding page; [] where the course has none"},
    "FactsFile": {"facts": "facts on one subject"},
    "GlossaryFile": {"terms": "every word of the glossary; [] where there is none"},
    "ActionsFile": {"actions": "the four levels of how fast to act"},
    "RedFlagsFile": {"red_flags": "every emergency card; [] where there is none"},
    "PicturesFile": {"pictures": "every picture; [] where there is none"},
    "QuestionsFile": {"quizzes": "quizzes, each asked at one place of one notebook"},
    "CasesFile": {"cases": "cases, each asked at one place of one notebook"},
    "Clinic": {
        "id": _ID,
        "title": "the clinic's heading",
        "says": "a sentence that invites to it",
        "in_ten": "of ten vignettes, about so many need action within days or sooner; it must be true of the set",
    },
    "VignettesFile": {
        "clinic": "the clinic that shows them, by its id in exercises/clinics",
        "vignettes": "short cases of this clinic",
    },
    "Want": {
        "objective": "an objective, by its id in content/lessons",
        "kind": "the kind of item that is wanted",
        "site": "a place of the body, by its id; leave it out to count items anywhere",
        "least": "how many there should be, at least",
    },
    "Blueprint": {"wants": "which items the course wants, at least"},
    "Draw": {
        "objectives": "what is drawn from, by ids; each objective stands in one draw only",
        "items": "how many items are taken from these objectives together; the course has at least twice as many",
    },
    "FinalCheck": {
        "title": "its name",
        "says": "what a trainee reads before it begins",
        "before": "the quiz that trainees met before the course, by its id; the result is put beside it",
        "draws": "what is drawn, entry by entry",
    },
    "Item": {
        "id": _ID,
        "kind": "the kind of item",
        "objective": "the objective that it tests, by its id; one of the notebook that asks it",
        "facts": "the facts that the right answer rests on, by their ids; their sources are shown with the feedback",
        "sources": "sources cited beside those of the facts; seldom needed",
        "site": "the place of the body that it is about, by its id in content/sites; leave it out where there is none",
        "answers": _ONE_OR_SEVERAL,
        "stem": _STEM,
        "hints": _HINTS,
    },
    "Choice": {"options": "from two to eight, all as long as each other; the right one not always in the same place"},
    "Option": {
        "text": "what somebody might choose; a wrong one is what a thoughtful beginner might say",
        "correct": "whether it is right",
        "feedback": "why it is right or wrong, to somebody who chose it and had a reason",
        "facts": "only where its feedback rests on other facts than the item's, by their ids",
    },
    "Hotspot": {
        "picture": "the picture, by its id in content/pictures.yaml",
        "places": "from two to ten places on the picture",
    },
    "Place": {
        "text": "the place's name in the list",
        "x": "units to the right, from the upper left corner of the picture",
        "y": "units down, from the upper left corner of the picture",
    },
    "Match": {
        "groups": "from two to eight, each short; every group gets at least one card",
        "cards": "from two to twelve; the program shuffles them",
    },
    "Card": {
        "text": "what stands on the card, at most 140 characters",
        "group": "the group it belongs to, word for word",
        "feedback": "why it belongs there",
    },
    "Order": {"steps": "from three to eight, in the right order; they are dealt shuffled"},
    "Step": {
        "text": "the step, at most 140 characters, without words that give its place away",
        "feedback": "why it stands there",
    },
    "Spot": {
        "form": "how the text reached the trainee, and how it looks",
        "text": "the text, with each phrase that can be marked in square brackets",
        "phrases": "from two to sixteen, one for each pair of brackets, with the same words",
    },
    "Phrase": {
        "says": "the words in brackets, word for word",
        "cue": "whether it should raise concern",
        "why": "why it does, or why it does not",
    },
    "Worked": {
        "steps": "from three to eight steps of a colleague's account; exactly one is the slip",
        "mends": "from two to six ways to mend the slip, of which one is right",
    },
    "WorkedStep": {
        "says": "what the colleague heard, thought or did",
        "wrong": "whether this is the slip",
        "why": "why it is sound, or what the slip could cost",
    },
    "Reflect": {
        "model": "a good answer, as somebody would say it, in about a hundred words",
        "points": "from two to eight things that a good answer covers",
    },
    "Case": {
        "title": "the case's heading; it does not give the answer away",
        "patient": "who it is: an invented name, the age, the background",
        "history": "what the notes say",
        "setting": "where the trainee is, and how much time there is",
        "minutes": "the time for questions, in all steps together",
        "steps": "from one to twelve; the first is where it begins",
        "action": _ACTION,
        "actions": "a word on each of the four levels: why it is right, too slow, or more than is needed",
        "detail": "exactly what happens now",
        "consider": "what the team will be thinking of",
        "cues": "what mattered",
        "lures": "what could mislead; may be left out",
        "debrief": "a few sentences to end on",
    },
    "CaseStep": {
        "id": "the step's name, for the ways that lead to it",
        "says": "what the person says, or what is seen",
        "asks": "the questions to choose from",
        "next": "the step that comes after this one; 'decide' ends the asking",
        "turns": "instead of 'next': ways to choose from",
    },
    "Question": {
        "text": "the question to the person",
        "minutes": "what it costs, in whole minutes",
        "answer": "what it brings",
        "key": "whether the decision rests on it",
        "why": "why it mattered, or did not",
    },
    "Turn": {"text": "a way to go on", "next": "the step that it leads to, or 'decide'"},
    "Who": {
        "age": "in years",
        "sex": "woman or man",
        "ethnicity": "as the person would say it",
        "setting": "where they are met",
        "story": "primary: cancer in the past; secondary: known secondaries; de-novo: no cancer known before",
        "years": "whole years since the primary cancer; leave it out where there was none",
    },
    "Vignette": {
        "about": "what it is most like",
        "who": "whom it is about, so that a set can be seen to be varied; trainees do not see it",
        "action": _ACTION,
        "card": "with same-day-emergency, and only then: the emergency card, by its id in content/red_flags.yaml",
        "text": "a few sentences, with the words that matter in square brackets",
        "why": "which words mattered, and what happens now",
    },
}


def says(model: type[BaseModel], field: str) -> str:
    """What a field of a model is for.

    Raises:
        KeyError: where nobody has said so.
    """
    for one in model.__mro__:
        if field in FIELDS.get(one.__name__, {}):
            return FIELDS[one.__name__][field]
    raise KeyError(f"{model.__name__}.{field}")
