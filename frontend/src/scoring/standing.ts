/** How a trainee stands: by objective, by lesson, and what to do next. */

import type { Attempt } from "../attempt";
import type { Plan, PlannedItem, PlannedLesson } from "../plan";
import { dayOf } from "./day";
import { answersTo, isRight } from "./right";
import type { Sitting } from "./sittings";
import { type Met, missedEmergencies } from "./spotting";

/** From nothing to what lasts. */
export const STANDINGS = ["not-met", "met", "practised", "holding"] as const;
export type Standing = (typeof STANDINGS)[number];

/** Days between two right answers that show that something has stayed. */
export const HOLDS = 3;
/** An objective with many items is practised with so many of them. */
const ENOUGH = 5;

/**
 * How an objective stands, from the answers to today's wording of its items:
 *
 * - not met: none of its items is answered;
 * - met: at least one is;
 * - practised: the newest answer is right at half of its items, though never at fewer than two (where it
 *   has two) and no more than five are asked for; what is never scored counts when it is answered;
 * - holding: practised, and at one of its items the newest answer is right and an earlier right one is at
 *   least three days older.
 *
 * @param answers for each item, by its id, its answers, oldest first
 */
export function standingOf(items: readonly PlannedItem[], answers: ReadonlyMap<string, readonly Attempt[]>): Standing {
  const given = items.flatMap(({ id }) => (answers.get(id)?.length ? [answers.get(id)!] : []));
  if (!given.length) return "not-met";
  const good = given.filter((each) => counts(each.at(-1)!)).length;
  const needed = Math.min(items.length, ENOUGH, Math.max(2, Math.ceil(items.length / 2)));
  if (good < needed) return "met";
  return given.some(holds) ? "holding" : "practised";
}

const counts = (attempt: Attempt): boolean => attempt.score === null || isRight(attempt);

function holds(answers: readonly Attempt[]): boolean {
  const newest = answers.at(-1)!;
  const day = dayOf(new Date(newest.at));
  return counts(newest) && answers.some((each) => counts(each) && day - dayOf(new Date(each.at)) >= HOLDS);
}

/** How a lesson stands. */
export interface LessonStanding {
  lesson: PlannedLesson;
  /** Items it asks, and how many of them are answered. */
  items: number;
  answered: number;
  objectives: { id: string; says: string; standing: Standing }[];
}

/** How each lesson stands that asks something or has objectives, in the order of the course. */
export function lessonsOf(plan: Pick<Plan, "lessons" | "items">, inOrder: readonly Attempt[]): LessonStanding[] {
  const answers = answersTo(plan.items, inOrder);
  return plan.lessons.flatMap((lesson) => {
    const asked = plan.items.filter((item) => item.lesson === lesson.id);
    if (!asked.length) return [];
    const objectives = lesson.objectives.map((objective) => ({
      ...objective,
      standing: standingOf(plan.items.filter((item) => item.objective === objective.id), answers),
    }));
    return [{ lesson, items: asked.length, answered: asked.filter(({ id }) => answers.has(id)).length, objectives }];
  });
}

/** Whether every question of a lesson is answered. */
export const isDone = ({ items, answered }: LessonStanding): boolean => answered === items;

/** The lessons proper: without practice. */
export const proper = (standings: readonly LessonStanding[]): LessonStanding[] => standings.filter(({ lesson }) => lesson.kind === "lesson");

/** What to do next, and from what that follows. */
export type Next =
  | { do: "begin" | "go-on"; lesson: LessonStanding }
  | { do: "review"; due: number }
  | { do: "emergencies"; missed: number; met: number }
  | { do: "practise"; lesson: LessonStanding; weak: number }
  | { do: "check" }
  | { do: "rest" };

/**
 * What to do next, the most useful first: a lesson left halfway; what is due for review; emergencies missed
 * in the clinic; the next lesson; a lesson whose objectives are met but not yet practised; the final check;
 * practice that was never opened. Never nothing: where all is done there is rest.
 */
export function nextSteps(standings: readonly LessonStanding[], due: number, met: readonly Met[], taken: readonly Sitting[], check: boolean): Next[] {
  const steps: Next[] = [];
  const half = standings.find((each) => each.answered > 0 && !isDone(each) && each.lesson.kind === "lesson");
  const emergencies = newest(met).filter(({ key }) => key === "same-day-emergency");
  const missed = missedEmergencies(emergencies).length;
  const fresh = proper(standings).find(({ answered }) => !answered);
  const weak = proper(standings)
    .filter(isDone)
    .map((lesson) => ({ lesson, weak: lesson.objectives.filter(({ standing }) => standing === "met" || standing === "not-met").length }))
    .sort((a, b) => b.weak - a.weak)[0];
  if (half) steps.push({ do: "go-on", lesson: half });
  if (due) steps.push({ do: "review", due });
  if (missed) steps.push({ do: "emergencies", missed, met: emergencies.length });
  if (fresh) steps.push({ do: "begin", lesson: fresh });
  if (weak?.weak) steps.push({ do: "practise", ...weak });
  if (check && !half && !fresh && !taken.some(({ finished }) => finished)) steps.push({ do: "check" });
  const unopened = standings.find(({ answered, lesson }) => !answered && lesson.kind === "practice");
  if (unopened && !fresh) steps.push({ do: "begin", lesson: unopened });
  return steps.length ? steps : [{ do: "rest" }];
}

/** The newest answer to each vignette. */
const newest = (met: readonly Met[]): Met[] => [...new Map(met.map((each) => [each.vignette, each])).values()];
