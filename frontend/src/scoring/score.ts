/**
 * Scores of answers, each from 0 to 1, as pure functions.
 *
 * Partial credit follows one rule: what is right earns, what is wrong takes away where guessing
 * would otherwise pay, and nothing falls below 0.
 */

import { type CaseItem, LEVELS, type Level, type Option } from "../item";

/**
 * The score of an answer by choosing among options.
 *
 * With one key: 1 for the key, else 0. With several keys: (right picks - wrong picks) / keys, not
 * below 0, so that choosing everything earns no more than choosing well, and guessing at random
 * earns about nothing.
 *
 * @param chosen indexes of the options chosen, each once
 * @throws RangeError for an index that the item does not have
 */
export function scoreChoice(item: { options: readonly Pick<Option, "correct">[] }, chosen: readonly number[]): number {
  const keys = item.options.filter((option) => option.correct).length;
  let points = 0;
  for (const index of new Set(chosen)) {
    const option = item.options[index];
    if (!option) throw new RangeError(`there is no option ${index}`);
    points += option.correct ? 1 : -1;
  }
  return keys ? Math.max(0, points / keys) : 0;
}

/**
 * The score of putting cards into groups: the share of cards that lie in their own group. Each card
 * counts the same.
 *
 * @param groups for each card the index of its own group
 * @param placed for each card the index of the group it was put into
 * @throws RangeError where the two differ in length
 */
export function scoreMatch(groups: readonly number[], placed: readonly number[]): number {
  if (groups.length !== placed.length) throw new RangeError("each card takes one group");
  if (!groups.length) return 0;
  return groups.filter((group, card) => placed[card] === group).length / groups.length;
}

/**
 * The score of putting steps in order: Kendall's tau, not below 0. Of all pairs of steps, the share
 * in the right order less the share in the wrong one: 1 for the right order, about 0 for a random
 * one, and a step that is one place off costs little. (M. G. Kendall, Biometrika 1938;30:81-93.)
 *
 * @param places the right place of each step, in the order given as the answer
 */
export function scoreOrder(places: readonly number[]): number {
  const pairs = (places.length * (places.length - 1)) / 2;
  if (!pairs) return places.length;
  let points = 0;
  for (let one = 0; one < places.length; one += 1) {
    for (let other = one + 1; other < places.length; other += 1) points += Math.sign(places[other]! - places[one]!);
  }
  return Math.max(0, points / pairs);
}

/** How marking came out: cues marked and left, noise marked and left. */
export interface Marking {
  hits: number;
  misses: number;
  falseAlarms: number;
  correctRejections: number;
}

/** Count a marking: `cues` says of each phrase whether it is a cue, `marked` whether it was marked. */
export function countMarks(cues: readonly boolean[], marked: ReadonlySet<number>): Marking {
  const counts = { hits: 0, misses: 0, falseAlarms: 0, correctRejections: 0 };
  cues.forEach((cue, index) => {
    if (cue) counts[marked.has(index) ? "hits" : "misses"] += 1;
    else counts[marked.has(index) ? "falseAlarms" : "correctRejections"] += 1;
  });
  return counts;
}

/**
 * The score of marking phrases: Youden's J, not below 0: the share of cues marked less the share of
 * noise marked. Marking all or nothing earns 0. (W. J. Youden, Cancer 1950;3:32-35.)
 */
export function scoreSpot({ hits, misses, falseAlarms, correctRejections }: Marking): number {
  const cues = hits + misses;
  const noise = falseAlarms + correctRejections;
  return Math.max(0, (cues ? hits / cues : 0) - (noise ? falseAlarms / noise : 0));
}

/**
 * The score of a worked case: half for the step with the slip, half for the mend.
 *
 * @throws RangeError for a step or mend that the case does not have
 */
export function scoreWorked(steps: readonly { wrong: boolean }[], mends: readonly { correct: boolean }[], step: number, mend: number): number {
  if (!steps[step] || !mends[mend]) throw new RangeError("there is no such step or mend");
  return (steps[step].wrong ? 0.5 : 0) + (mends[mend].correct ? 0.5 : 0);
}

/**
 * The score of deciding how fast to act: 1 for the right level, 0.5 for the next faster one (safe,
 * though more than needed), 0 for any slower one and for a greater alarm.
 */
export function scoreDecision(key: Level, chosen: Level): number {
  const faster = LEVELS.indexOf(key) - LEVELS.indexOf(chosen);
  return faster === 0 ? 1 : faster === 1 ? 0.5 : 0;
}

/**
 * The score of a case: two thirds for the decision (as `scoreDecision`), one third for the share of
 * the questions that matter which were asked; the decision alone where no question matters.
 *
 * @param asked for each step the indexes of its questions that were asked
 */
export function scoreCase(item: Pick<CaseItem, "action" | "steps">, asked: Readonly<Record<string, readonly number[]>>, chosen: Level): number {
  const decision = scoreDecision(item.action, chosen);
  let keys = 0;
  let found = 0;
  for (const step of item.steps) {
    step.asks.forEach((ask, index) => {
      if (!ask.key) return;
      keys += 1;
      if (asked[step.id]?.includes(index)) found += 1;
    });
  }
  return keys ? (2 * decision + found / keys) / 3 : decision;
}
