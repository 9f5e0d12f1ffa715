"""The class as spotters: answers to vignettes as a detection task, by the rules of ``spotting.ts`` in the frontend.

A signal is a vignette that needs action within days or sooner; a response is to act within days or sooner. Every
answer to today's wording counts, as in the clinic, also the second to the same vignette.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from math import sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, Any, get_args

from ..course import Course
from ..course.items import Item, Vignette
from ..course.part import Level
from .base import fill
from .frames import frame, spread
from .intervals import NOTHING, Estimate, Z, clustered_share, design_effect, is_small

if TYPE_CHECKING:
    import duckdb
    import polars

# d' and the criterion are noise below so many answers (Pusic et al., Academic Radiology 2011).
ENOUGH = 20
LEVELS = get_args(Level)
EMERGENCY = LEVELS[0]
COUNTS = ("emergencies", "emergencies_missed", "hits", "misses", "false_alarms", "correct_rejections")
_NORMAL = NormalDist()


def prepare(base: duckdb.DuckDBPyConnection, items: list[Item]) -> None:
    """Make ``met``: for each trainee and vignette, answers by the level that was chosen."""
    base.execute("CREATE TABLE levels (item USMALLINT, emergency BOOL, needed BOOL)")
    rows = [
        (number, item.action == EMERGENCY, item.needs_action)
        for number, item in enumerate(items)
        if isinstance(item, Vignette)
    ]
    fill(base, "levels", rows)
    levels = ", ".join(f"'{level}'" for level in LEVELS)
    base.execute(
        f"""
        CREATE TABLE met AS SELECT trainee, item, answer AS level, count(*) AS n, needed, emergency,
            answer IN ('{LEVELS[0]}', '{LEVELS[1]}') AS acted
        FROM attempts JOIN levels USING (item)
        WHERE certainty IS NOT NULL AND answer IN ({levels}) GROUP BY ALL
        """
    )


def spotting(base: duckdb.DuckDBPyConnection, pseudonyms: list[str]) -> polars.DataFrame:
    """The class in the first row, then each trainee who answered a vignette.

    - Missed emergencies: same-day emergencies answered with another level, of all that were met.
    - Sensitivity: hits / (hits + misses). Specificity: correct rejections / (correct rejections + false alarms).
    - d' and criterion: see ``detection``.

    Intervals of a trainee's shares are Wilson's. In those of the class, the answers of one trainee count as going
    together (``clustered_share``). d' of the class is that of all answers together; where trainees lean differently it
    is a little lower than their average (N. A. Macmillan and H. L. Kaplan, Psychological Bulletin 1985;98:185-199).
    """
    found = base.execute(
        """
        SELECT trainee, sum(n) FILTER (emergency), sum(n) FILTER (emergency AND level <> ?),
            sum(n) FILTER (needed AND acted), sum(n) FILTER (needed AND NOT acted),
            sum(n) FILTER (NOT needed AND acted), sum(n) FILTER (NOT needed AND NOT acted)
        FROM met GROUP BY trainee ORDER BY trainee
        """,
        [EMERGENCY],
    ).fetchall()
    each = [(pseudonyms[trainee], {name: int(n or 0) for name, n in zip(COUNTS, counts, strict=True)})
            for trainee, *counts in found]  # fmt: skip
    rows = [_row(None, [counts for _, counts in each])]
    rows += [_row(pseudonym, [counts]) for pseudonym, counts in each]
    return frame("spotting", rows)


def _row(trainee: str | None, each: list[dict[str, int]]) -> dict[str, Any]:
    """The figures of one trainee or of several together."""
    total = {name: sum(counts[name] for counts in each) for name in COUNTS}
    answers = sum(total[name] for name in COUNTS[2:])
    effects = []
    shares = {}
    for name, count, other in (
        ("missed_share", "emergencies_missed", None),
        ("sensitivity", "hits", "misses"),
        ("specificity", "correct_rejections", "false_alarms"),
    ):
        pairs = [(counts[count], counts[count] + counts[other] if other else counts["emergencies"]) for counts in each]
        sums = clusters(pairs)
        effects.append(design_effect(*sums))
        shares |= spread(name, clustered_share(*sums))
    d_prime, criterion = detection(*(total[name] for name in COUNTS[2:]), effects[1], effects[2])
    return {
        "trainee": trainee,
        "answers": answers,
        **total,
        **shares,
        **spread("d_prime", d_prime),
        **spread("criterion", criterion),
        "leaning": _leaning(criterion),
        "small": is_small(answers),
    }


def clusters(pairs: list[tuple[int, int]]) -> tuple[int, int, int, int, int, int]:
    """What ``design_effect`` takes, from each trainee's count and number of answers."""
    pairs = [(x, n) for x, n in pairs if n]
    return (
        len(pairs),
        sum(x for x, _ in pairs),
        sum(n for _, n in pairs),
        sum(x * x for x, _ in pairs),
        sum(x * n for x, n in pairs),
        sum(n * n for _, n in pairs),
    )


def detection(
    hits: int,
    misses: int,
    false_alarms: int,
    correct_rejections: int,
    signals_effect: float = 1,
    noise_effect: float = 1,
) -> tuple[Estimate, Estimate]:
    """d' = z(H) - z(F) and c = -(z(H) + z(F)) / 2, with the log-linear correction.

    It adds 0.5 to the hits and false alarms and 1 to the trials, so that shares of 0 and 1 have a z
    (M. J. Hautus, Behavior Research Methods 1995;27:46-51). Intervals from the variance of V. Gourevitch and
    E. Galanter, Psychometrika 1967;32:25-33. Nothing below ``ENOUGH`` answers, or where all were signals or none was.

    Args:
        signals_effect: design effect of the hits, by which their variance is multiplied; 1 for one trainee.
        noise_effect: design effect of the false alarms.
    """
    signals, noise = hits + misses, false_alarms + correct_rejections
    if signals + noise < ENOUGH or not signals or not noise:
        return NOTHING, NOTHING
    h, f = (hits + 0.5) / (signals + 1), (false_alarms + 0.5) / (noise + 1)
    zh, zf = _NORMAL.inv_cdf(h), _NORMAL.inv_cdf(f)
    error = sqrt(signals_effect * _variance(h, zh, signals + 1) + noise_effect * _variance(f, zf, noise + 1))
    d_prime, c = zh - zf, -(zh + zf) / 2
    return (
        Estimate(d_prime, d_prime - Z * error, d_prime + Z * error),
        Estimate(c, c - Z * error / 2, c + Z * error / 2),
    )


def _variance(p: float, z: float, n: int) -> float:
    return p * (1 - p) / (n * _NORMAL.pdf(z) ** 2)


def _leaning(criterion: Estimate) -> str:
    """Which way the answers lean, as far as the interval of the criterion shows it."""
    if criterion.value is None:
        return "unknown"
    return "over" if criterion.high < 0 else "under" if criterion.low > 0 else "none"


def missed(base: duckdb.DuckDBPyConnection, course: Course, items: list[Item]) -> polars.DataFrame:
    """Emergency vignettes that somebody met, the most missed first: answers with another level / answers.

    The interval counts the answers of one trainee as going together (``clustered_share``).
    """
    found = base.execute(
        "SELECT item, trainee, level, n FROM met WHERE emergency ORDER BY item, trainee, level"
    ).fetchall()
    pairs: dict[int, dict[int, list[int]]] = defaultdict(dict)
    instead: dict[int, Counter[str]] = defaultdict(Counter)
    for item, trainee, level, n in found:
        pair = pairs[item].setdefault(trainee, [0, 0])
        pair[1] += n
        if level != EMERGENCY:
            pair[0] += n
            instead[item][level] += n

    def rows() -> Iterator[dict[str, Any]]:
        for number, by_trainee in pairs.items():
            vignette = items[number]
            sums = clusters([(x, n) for x, n in by_trainee.values()])
            card = course.red_flags.get(vignette.card)
            yield {
                "vignette": vignette.id,
                "site": vignette.site,
                "card": vignette.card,
                "card_name": card.name if card else vignette.card,
                "text": "".join(piece for piece, _ in vignette.pieces),
                "trainees": sums[0],
                "n": sums[2],
                "missed": sums[1],
                **spread("share", clustered_share(*sums)),
                # Of levels chosen equally often, the slower one: it does the more harm.
                "instead": max(instead[number], key=lambda level: (instead[number][level], LEVELS.index(level)))
                if instead[number]
                else None,
                "small": is_small(sums[2]),
            }

    return frame("missed", sorted(rows(), key=lambda row: (-row["share"], -row["missed"], row["vignette"])))
