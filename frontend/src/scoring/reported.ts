/** What a learning platform is told of a trainee's work: whether it is done, how much of it, and a score. */

import type { Attempt } from "../attempt";
import type { FinalCheck, PlannedItem, PlannedLesson } from "../plan";
import { answersTo } from "./right";
import { lengthOf, sittings } from "./sittings";
import { isDone, lessonsOf, proper } from "./standing";

export interface Asked {
  lessons: PlannedLesson[];
  items: PlannedItem[];
  check: FinalCheck | null;
}

export interface Reported {
  /** Whether the course is done, by the rule of its certificate. */
  done: boolean;
  /** The share of what is asked for that is answered, from 0 to 1. */
  progress: number;
  /** From 0 to 1; null while there is none. */
  score: number | null;
}

/**
 * What is reported, from answers to today's wordings:
 *
 * - done is who has answered every question of the lessons proper, rightly or not, and has finished a final check if
 *   there is one to take, as for the certificate. (Many platforms keep nothing of a course that is done, and a check
 *   that came later would not count.) Where no lesson proper asks anything, every question counts; where nothing is
 *   asked, to open it is enough;
 * - the score is the share right in the newest final check that was finished; until there is one, the points of the
 *   newest answers to those questions out of all that they can earn, so that what is not yet answered earns nothing.
 *
 * @param inOrder answers, oldest first
 */
export function reported({ lessons, items, check }: Asked, inOrder: readonly Attempt[]): Reported {
  const all = lessonsOf({ lessons, items }, inOrder);
  const counted = proper(all).length ? proper(all) : all;
  const ids = new Set(counted.map(({ lesson }) => lesson.id));
  const scored = items.filter(({ lesson, kind }) => ids.has(lesson) && kind !== "reflect");
  const answers = [...answersTo(scored, inOrder).values()];
  const points = sum(answers.map((given) => given.at(-1)!.score ?? 0));
  const taken = check ? sittings(check, inOrder) : [];
  const finished = taken.filter((sitting) => sitting.finished).at(-1);
  const [more, given] = check ? [lengthOf(check), finished ? lengthOf(check) : (taken.at(-1)?.answers.length ?? 0)] : [0, 0];
  const [asked, answered] = [more + sum(counted.map((each) => each.items)), given + sum(counted.map((each) => each.answered))];
  return {
    done: counted.every(isDone) && (!check || !!finished),
    progress: asked ? answered / asked : 1,
    score: finished ? finished.right.value : answers.length ? points / scored.length : null,
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
