/** The final check: what a sitting asks, and what came of the sittings there were. */

import type { Attempt } from "../attempt";
import type { FinalCheck, PlannedItem } from "../plan";
import { chanceOf, shuffled } from "./chance";
import { isRight } from "./right";
import { type Share, share } from "./spotting";

/** How many items a sitting asks. */
export const lengthOf = (check: FinalCheck): number => check.draws.reduce((sum, { items }) => sum + items, 0);

/** Whether an item can be part of a final check: what is never scored cannot. */
export const canBeAsked = ({ kind }: Pick<PlannedItem, "kind">): boolean => kind !== "reflect";

/**
 * The items of a sitting. Each draw takes what was never answered first, from its objectives in turn, then
 * what was answered longest ago; all in a random order that is the same for the same sitting.
 *
 * @param sitting id of the sitting
 * @param before answers that were given before the sitting began, oldest first
 */
export function draw(check: FinalCheck, items: readonly PlannedItem[], sitting: string, before: readonly Attempt[]): PlannedItem[] {
  const random = chanceOf(sitting);
  const answered = new Map(before.map(({ item, at }) => [item, at]));
  const when = ({ id }: PlannedItem): string => answered.get(id) ?? "";
  const drawn = check.draws.flatMap(({ objectives, items: number }) => {
    const there = shuffled(objectives, random).map((objective) =>
      shuffled(items.filter((item) => item.objective === objective && canBeAsked(item)), random));
    const fresh = inTurn(there.map((queue) => queue.filter((item) => !when(item))));
    const met = there.flat().filter(when).sort((a, b) => (when(a) < when(b) ? -1 : when(a) > when(b) ? 1 : 0));
    return [...fresh, ...met].slice(0, number);
  });
  return shuffled(drawn, random);
}

/** The first of each queue, then the second of each, and so on. */
function inTurn<T>(queues: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...queues.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) => queues.flatMap((queue) => queue.slice(at, at + 1))).flat();
}

/** One sitting of the final check. */
export interface Sitting {
  id: string;
  /** The first answer to each of its items, oldest first. */
  answers: Attempt[];
  finished: boolean;
  right: Share;
}

/** The sittings of a check, oldest first. */
export function sittings(check: FinalCheck, inOrder: readonly Attempt[]): Sitting[] {
  const byId = new Map<string, Map<string, Attempt>>();
  for (const attempt of inOrder) {
    if (!attempt.sitting || attempt.lesson !== check.id) continue;
    const answers = byId.get(attempt.sitting) ?? new Map<string, Attempt>();
    byId.set(attempt.sitting, answers);
    if (!answers.has(attempt.item)) answers.set(attempt.item, attempt);
  }
  return [...byId].map(([id, given]) => {
    const answers = [...given.values()];
    return { id, answers, finished: answers.length >= lengthOf(check), right: share(answers.filter(isRight).length, answers.length)! };
  });
}

/**
 * The items of a sitting that was begun before: those answered, in their order, then the others of its
 * draw. Where the course has changed since, what was answered stays.
 */
export function resumed(check: FinalCheck, items: readonly PlannedItem[], sitting: Sitting, inOrder: readonly Attempt[]): PlannedItem[] {
  const first = sitting.answers[0]!;
  const before = inOrder.slice(0, inOrder.findIndex(({ id }) => id === first.id));
  const answered = sitting.answers.flatMap(({ item }) => items.find(({ id }) => id === item) ?? []);
  const others = draw(check, items, sitting.id, before).filter(({ id }) => !sitting.answers.some(({ item }) => item === id));
  return [...answered, ...others].slice(0, lengthOf(check));
}

/** A difference of two shares with its 95 % interval. */
export interface Gain {
  before: Share;
  after: Share;
  value: number;
  low: number;
  high: number;
}

/**
 * The gain from the check before the course to a sitting of the final check, as a difference of shares
 * with Newcombe's hybrid score interval (R. G. Newcombe, Statistics in Medicine 1998;17:873-890, method 10).
 * The two ask different items, so it is a hint, not a measurement.
 *
 * @returns null where one of them has not been answered
 */
export function gain(check: FinalCheck, items: readonly PlannedItem[], inOrder: readonly Attempt[], after: Share | null): Gain | null {
  const firsts = check.before.flatMap((id) => {
    const version = items.find((item) => item.id === id)?.version;
    return inOrder.find((attempt) => attempt.item === id && attempt.item_version === version && attempt.lesson !== check.id) ?? [];
  });
  const before = share(firsts.filter(isRight).length, firsts.length);
  if (!before || !after) return null;
  const value = after.value - before.value;
  const low = value - Math.hypot(after.value - after.low, before.high - before.value);
  const high = value + Math.hypot(after.high - after.value, before.value - before.low);
  return { before, after, value, low, high };
}
