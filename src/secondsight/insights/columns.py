"""What stands in each table of a class's report: its columns, their types and units, in one place.

The tables themselves, their CSV, the page and the notebook all follow from here.
"""

from __future__ import annotations

from typing import NamedTuple

CERTAINTIES = ("sure", "fairly-sure", "guessing")
STANDINGS = ("not-met", "met", "practised", "holding")
LEANINGS = ("over", "under", "none", "unknown")
VERDICTS = ("key", "works", "nobody", "draws-best", "may-draw-best", "unknown")


class Column(NamedTuple):
    """A column of a table.

    Attributes:
        name: as it stands in the table and in the CSV.
        dtype: "text", "count" (whole number), "share" (0 to 1), "number", "yes-no", "time" (UTC), or the values
            it takes, joined by "|".
        says: what it is, in words for an educator.
    """

    name: str
    dtype: str
    says: str


def _interval(name: str, dtype: str, what: str) -> tuple[Column, ...]:
    return (
        Column(name, dtype, what),
        Column(f"{name}_low", dtype, "lower end of its 95 % interval"),
        Column(f"{name}_high", dtype, "upper end of its 95 % interval"),
    )


_TRAINEE = Column("trainee", "text", "pseudonym of the trainee")
_SMALL = Column("small", "yes-no", "whether the numbers are too small to lean on")

TABLES: dict[str, tuple[Column, ...]] = {
    # One row a file that was named, in the order of their names.
    "files": (
        Column("file", "text", "name of the file, with its folder where two have one name"),
        Column("read", "yes-no", "whether it counts; one that does not is left out"),
        Column("trainee", "text", "pseudonym of the trainee; null where it holds no attempt or is left out"),
        Column("attempts", "count", "attempts in it, each once"),
        Column("doubled", "count", "attempts in it that stand in it once more, or count for another file"),
        Column("unread", "count", "lines that hold no attempt"),
        Column("missing", "count", "attempts that its head promises and it does not have"),
        Column("changed", "yes-no", "whether it was changed or cut after it was saved"),
        Column("future", "count", "attempts dated more than a day ahead, by a wrong clock"),
        Column("says", "text", "what was found, in a sentence or more; empty where all is well"),
    ),
    # One row a trainee, in the order of pseudonyms.
    "trainees": (
        _TRAINEE,
        Column("files", "count", "files of this trainee"),
        Column("attempts", "count", "attempts, each once"),
        Column("first", "time", "the first attempt"),
        Column("last", "time", "the newest attempt that is not in the future"),
        Column("items", "count", "items answered in today's wording"),
        Column("of_items", "count", "items that the course asks"),
        Column("lessons_done", "count", "lessons with every item answered"),
        Column("of_lessons", "count", "lessons that ask something; practice is not among them"),
        Column("practised", "count", "objectives that are practised or holding"),
        Column("of_objectives", "count", "objectives that have items"),
    ),
    # One row a lesson or practice that asks something, in the course's order.
    "lessons": (
        Column("lesson", "text", "id"),
        Column("title", "text", "title"),
        Column("kind", "text", "lesson or practice, as the course has it"),
        Column("items", "count", "items it asks"),
        Column("n", "count", "trainees of the class"),
        Column("begun", "count", "trainees who answered at least one of its items"),
        Column("done", "count", "trainees who answered all of its items"),
        *_interval("share", "share", "share of the class that is done"),
        _SMALL,
    ),
    # One row a trainee and lesson.
    "finished": (
        _TRAINEE,
        Column("lesson", "text", "id of the lesson"),
        Column("answered", "count", "items of it that are answered in today's wording"),
        Column("items", "count", "items it asks"),
        Column("done", "yes-no", "whether all are answered"),
    ),
    # One row an objective that has items, in the course's order.
    "objectives": (
        Column("objective", "text", "id"),
        Column("says", "text", "the objective"),
        Column("lesson", "text", "id of its lesson"),
        Column("items", "count", "items that test it"),
        Column("n", "count", "trainees of the class"),
        Column("not_met", "count", "trainees who answered none of its items"),
        Column("met", "count", "trainees who met it and have not practised it"),
        Column("practised", "count", "trainees who practised it"),
        Column("holding", "count", "trainees with whom it holds"),
        *_interval("share", "share", "share of the class with whom it is practised or holding"),
        _SMALL,
    ),
    # One row a trainee and objective.
    "standings": (
        _TRAINEE,
        Column("objective", "text", "id of the objective"),
        Column("standing", "|".join(STANDINGS), "how it stands"),
    ),
    # The first row is the class (its trainee is null); then one row a trainee who answered a vignette.
    "spotting": (
        Column("trainee", "text", "pseudonym of the trainee; null in the row of the whole class"),
        Column("answers", "count", "answers to vignettes in today's wording"),
        Column("emergencies", "count", "answers to vignettes that are a same-day emergency"),
        Column("emergencies_missed", "count", "of these, not acted on the same day"),
        *_interval("missed_share", "share", "share of emergencies that were missed"),
        Column("hits", "count", "action was needed and taken within days"),
        Column("misses", "count", "action was needed and not taken within days"),
        Column("false_alarms", "count", "no action was needed and one was taken"),
        Column("correct_rejections", "count", "no action was needed and none was taken"),
        *_interval("sensitivity", "share", "hits among those that needed action"),
        *_interval("specificity", "share", "correct rejections among those that needed none"),
        *_interval("d_prime", "number", "d', how well signal is told from noise; null below 20 answers"),
        *_interval("criterion", "number", "criterion: below 0 over-calls, above 0 under-calls; null below 20 answers"),
        Column("leaning", "|".join(LEANINGS), "which way the answers lean, where the criterion's interval shows it"),
        _SMALL,
    ),
    # One row an emergency vignette that somebody met, the most missed first.
    "missed": (
        Column("vignette", "text", "id of the vignette"),
        Column("site", "text", "id of the site"),
        Column("card", "text", "id of the emergency card"),
        Column("card_name", "text", "name of the emergency card"),
        Column("text", "text", "the vignette"),
        Column("trainees", "count", "trainees who met it"),
        Column("n", "count", "answers to it"),
        Column("missed", "count", "answers other than the same-day emergency"),
        *_interval("share", "share", "share missed"),
        Column("instead", "text", "the level most often chosen instead; null where nobody missed it"),
        _SMALL,
    ),
    # One row a certainty, from the surest, of the whole class; then the same of each trainee.
    "calibration": (
        Column("trainee", "text", "pseudonym of the trainee; null in the rows of the whole class"),
        Column("certainty", "|".join(CERTAINTIES), "how sure the trainee said they were"),
        Column("n", "count", "scored answers with this certainty"),
        Column("right", "count", "of these, right"),
        *_interval("share", "share", "share right; null where there is no such answer"),
        _SMALL,
    ),
    # One row: the class. No row where the course has no final check.
    "gain": (
        Column("n", "count", "trainees who have both checks"),
        Column("n_before", "count", "trainees who answered something of the check before the course"),
        Column("n_after", "count", "trainees who finished a final check"),
        Column("before", "share", "mean share right before, of those who have both"),
        Column("after", "share", "mean share right in the newest finished final check, of those who have both"),
        *_interval("gain", "number", "mean of after minus before, from -1 to 1"),
        _SMALL,
        Column("says", "text", "what cannot be worked out and why, and what the gain is not"),
    ),
    # One row a trainee who has one check or both, in the order of pseudonyms.
    "gains": (
        _TRAINEE,
        Column("before_right", "count", "right before the course; null where not answered"),
        Column("before_of", "count", "answered before the course"),
        Column("after_right", "count", "right in the newest finished final check; null where there is none"),
        Column("after_of", "count", "answered in it"),
        *_interval("gain", "number", "after minus before; null where one of them is missing"),
    ),
    # One row an item that the course asks and scores, in the course's order. First answers only.
    "items": (
        Column("item", "text", "id"),
        Column("kind", "text", "choice, match, order, hotspot, spot, worked, case or vignette"),
        Column("lesson", "text", "id of the lesson that asks it"),
        Column("objective", "text", "id of its objective"),
        Column("asks", "text", "what it asks: its stem, a case's title, a vignette's text"),
        Column("n", "count", "trainees who answered it: first answers to today's wording"),
        *_interval("facility", "share", "mean score of first answers"),
        Column("right", "count", "first answers that were right (score from 0.8 on)"),
        Column("sure", "count", "first answers that were sure"),
        Column("sure_wrong", "count", "first answers that were sure and not right"),
        Column("discrimination_n", "count", "trainees who also answered other items"),
        *_interval("discrimination", "number", "corrected point-biserial, from -1 to 1; null where it is not defined"),
        Column("small", "yes-no", "whether the facility rests on too few"),
        Column("discrimination_small", "yes-no", "whether the discrimination rests on too few"),
        Column("says", "text", "what cannot be worked out and why, or what to look at; empty where there is nothing"),
    ),
    # One row an option of a choice, a place of a hotspot, a step or mend of a worked case, a level of a vignette.
    "options": (
        Column("item", "text", "id of the item"),
        Column("part", "text", "option, place, slip, mend or level"),
        Column("option", "text", "its letter, or the level"),
        Column("text", "text", "what it says"),
        Column("key", "yes-no", "whether it is right to take it"),
        Column("n", "count", "first answers to the item"),
        Column("taken", "count", "of these, how many took it"),
        *_interval("share", "share", "share that took it"),
        Column("r_n", "count", "trainees whom the correlation rests on"),
        *_interval("r", "number", "how taking it goes with doing well on other items, -1 to 1; null where undefined"),
        Column("verdict", "|".join(VERDICTS), "what that says about a distractor"),
        _SMALL,
    ),
    # One row a quiz, and one a lesson with several quizzes, that has at least one scored item.
    "scales": (
        Column("scale", "text", "id of the quiz or the lesson"),
        Column("part", "quiz|lesson", "which of the two"),
        Column("title", "text", "its title"),
        Column("items", "count", "scored items"),
        Column("n", "count", "trainees who answered all of them"),
        *_interval("alpha", "number", "Cronbach's alpha of first answers; null where it is not defined"),
        _SMALL,
        Column("says", "text", "what cannot be worked out and why; empty where there is nothing to say"),
    ),
    # One row an item with answers that do not count, the most answers first.
    "reworded": (
        Column("item", "text", "id, as the files have it"),
        Column("gone", "yes-no", "whether the course asks it no longer; else it was reworded"),
        Column("versions", "count", "other wordings that were answered"),
        Column("answers", "count", "answers that do not count"),
        Column("trainees", "count", "trainees who gave them"),
        Column("last", "time", "the newest of them that is not in the future"),
    ),
}
