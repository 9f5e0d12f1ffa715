"""The blueprint: how many items there are, and how many are wanted, by objective, kind and site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from .items import kind_of
from .model import Course, Want
from .places import may_be_unread
from .problem import Problem


class BlueprintCell(NamedTuple):
    """How many items there are for an objective, of a kind, at a site; and how many are wanted at least.

    ``site`` is "" for items without one, and "anywhere" for a want that counts every site.
    """

    objective: str
    kind: str
    site: str
    items: int
    wanted: int


def blueprint(course: Course) -> list[BlueprintCell]:
    """The items of the course by objective, kind and site, beside what its blueprint wants."""
    have = Counter((item.objective, kind_of(item), item.site or "") for item in course.items.values())
    wanted: dict[tuple[str, str, str], int] = {}
    for want in wants(course):
        sites = {site for objective, kind, site in have if (objective, kind) == (want.objective, want.kind)}
        # Where no item has a site, anywhere is the one cell there is.
        site = want.site or ("" if sites == {""} else "anywhere")
        wanted[want.objective, want.kind, site] = want.least
    cells = [BlueprintCell(*cell, _count(have, *cell), wanted.get(cell, 0)) for cell in dict.fromkeys([*have, *wanted])]
    order = {o.id: n for n, o in enumerate(o for lesson in course.lessons.values() for o in lesson.objectives)}
    return sorted(cells, key=lambda cell: (order.get(cell.objective, len(order)), cell.kind, cell.site))


def _count(have: Counter, objective: str, kind: str, site: str) -> int:
    if site != "anywhere":
        return have[objective, kind, site]
    return sum(count for (o, k, _), count in have.items() if (o, k) == (objective, kind))


def wants(course: Course) -> list[Want]:
    return course.blueprint.wants if course.blueprint else []


def short_of_the_blueprint(course: Course) -> Iterator[Problem]:
    """Wants that nothing answers, or too little."""
    if {"item", "objective"} & course.unread.keys():
        return
    objectives = {objective.id for lesson in course.lessons.values() for objective in lesson.objectives}
    have = Counter((item.objective, kind_of(item), item.site or "") for item in course.items.values())
    for index, want in enumerate(wants(course)):
        file, line = course.places["blueprint", str(index)]
        if want.objective not in objectives:
            says = f"wants items for the objective '{want.objective}', which does not exist; mend the name"
            yield Problem(file, line, says)
            continue
        if want.site and want.site not in course.sites and not may_be_unread(course, "site", want.site):
            says = f"wants items at the site '{want.site}', which does not exist; add it or mend the name"
            yield Problem(file, line, says)
            continue
        count = _count(have, want.objective, want.kind, want.site or "anywhere")
        if count < want.least:
            at = f" at the site '{want.site}'" if want.site else ""
            yield Problem(
                file,
                line,
                f"wants {want.least} items of kind '{want.kind}' for '{want.objective}'{at}, but there are {count}; "
                "add some or want fewer",
            )
