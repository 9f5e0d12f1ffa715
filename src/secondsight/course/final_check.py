"""What must hold of the final check."""

from __future__ import annotations

from collections.abc import Iterator

from .model import Course
from .places import may_be_unread
from .problem import Problem


def unfit_draws(course: Course) -> Iterator[Problem]:
    """A final check draws from objectives that are there, with enough items to be taken again with others."""
    check = course.final_check
    if check is None or {"item", "objective"} & course.unread.keys():
        return
    if check.before not in course.quizzes and not may_be_unread(course, "quiz", check.before):
        file, line = course.places["final check", "before"]
        says = f"the final check is put beside the quiz '{check.before}', which does not exist; mend the name"
        yield Problem(file, line, says)
    objectives = {objective.id for lesson in course.lessons.values() for objective in lesson.objectives}
    drawn: set[str] = set()
    for index, draw in enumerate(check.draws):
        file, line = course.places["final check", str(index)]
        for objective in draw.objectives:
            if objective not in objectives:
                says = f"the final check draws from the objective '{objective}', which does not exist; mend the name"
                yield Problem(file, line, says)
            elif objective in drawn:
                says = f"the final check draws from the objective '{objective}' twice; take one of them out"
                yield Problem(file, line, says)
            drawn.add(objective)
        there = sum(item.objective in draw.objectives and item.is_scored for item in course.items.values())
        if there < 2 * draw.items:
            yield Problem(
                file,
                line,
                f"the final check draws {draw.items} of {there} items here, so that it could not be taken again with "
                f"others; draw at most {there // 2}, or add items",
            )
