/** When an answer counts as right, wherever answers are counted. */

import type { Attempt } from "../attempt";
import type { PlannedItem } from "../plan";

/**
 * From this score on an answer counts as right: the key of a choice, four cards of five, a case decided
 * rightly with at least four in ten of the questions that matter asked.
 */
export const RIGHT = 0.8;

/** Whether an answer is right; what is never scored is neither. */
export const isRight = ({ score }: Pick<Attempt, "score">): boolean => score !== null && score >= RIGHT;

/** Answers to today's wording of these items, by item id, each list in the order it was made. */
export function answersTo(items: readonly PlannedItem[], inOrder: readonly Attempt[]): Map<string, Attempt[]> {
  const versions = new Map(items.map(({ id, version }) => [id, version]));
  const answers = new Map<string, Attempt[]>();
  for (const attempt of inOrder) {
    if (versions.get(attempt.item) !== attempt.item_version) continue;
    const given = answers.get(attempt.item);
    if (given) given.push(attempt);
    else answers.set(attempt.item, [attempt]);
  }
  return answers;
}
