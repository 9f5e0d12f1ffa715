/**
 * When what was answered is asked again: FSRS-6 with its published weights, as ts-fsrs computes it, in
 * whole days, aiming at nine in ten remembered.
 *
 * The grade of an answer, from its score, certainty and hints:
 *
 * | answer | grade |
 * |---|---|
 * | score below 0.5 | Again |
 * | score from 0.5, but not right (below 0.8) | Hard |
 * | right, but guessed or with a hint | Hard |
 * | right and fairly sure | Good |
 * | right and sure | Easy |
 *
 * What is never scored is not scheduled. Of the answers of one day only the first is a grade: the others
 * came after the explanation. Answers dated after today are left out until their day.
 */

import { type Card, type Grade, Rating, createEmptyCard, fsrs } from "ts-fsrs";
import type { Attempt } from "../attempt";
import type { PlannedItem } from "../plan";
import { DAY_MS, dayOf } from "./day";
import { answersTo, isRight } from "./right";

/** The schedule of an item rests on so many of its newest answers: in JupyterLab no more are read from the record. */
export const NEWEST = 20;

const scheduler = fsrs({ enable_fuzz: false, enable_short_term: false, request_retention: 0.9 });

/** The grade of an answer that is scored. */
export function gradeOf({ score, certainty, hints }: Pick<Attempt, "score" | "certainty" | "hints">): Grade {
  if (score! < 0.5) return Rating.Again;
  if (!isRight({ score }) || certainty === "guessing" || hints) return Rating.Hard;
  return certainty === "sure" ? Rating.Easy : Rating.Good;
}

/** When an item is asked again. */
export interface Scheduled {
  /** The day it is due. */
  due: number;
  /** How likely it is still known today, from 0 to 1. */
  recall: number;
  /** The newest answer that counts. */
  last: Attempt;
}

/**
 * The schedule of one item; null where nothing of it can be scheduled.
 *
 * @param inOrder answers to today's wording of the item, oldest first
 */
export function schedule(inOrder: readonly Attempt[], now: Date): Scheduled | null {
  const today = dayOf(now);
  const days = new Map<number, Attempt>();
  const counting = inOrder.filter(({ score, at }) => score !== null && dayOf(new Date(at)) <= today);
  for (const attempt of counting.slice(-NEWEST)) {
    const day = dayOf(new Date(attempt.at));
    if (!days.has(day)) days.set(day, attempt);
  }
  let card: Card | null = null;
  for (const [day, attempt] of days) {
    const at = new Date(day * DAY_MS);
    card = scheduler.next(card ?? createEmptyCard(at), at, gradeOf(attempt)).card;
  }
  if (!card) return null;
  const recall = scheduler.get_retrievability(card, new Date(today * DAY_MS), false);
  return { due: Math.round(card.due.getTime() / DAY_MS), recall, last: [...days.values()].at(-1)! };
}

/** An item with its schedule. */
export type ToReview = Scheduled & { item: PlannedItem };

/** The schedule of every item that has one, the item due first, first. */
export function scheduleAll(items: readonly PlannedItem[], inOrder: readonly Attempt[], now: Date): ToReview[] {
  const answers = answersTo(items, inOrder);
  return items
    .flatMap((item) => {
      const scheduled = schedule(answers.get(item.id) ?? [], now);
      return scheduled ? [{ item, ...scheduled }] : [];
    })
    .sort((a, b) => a.due - b.due);
}

/**
 * What is due, in the order it is asked: what was answered wrongly and surely first, then what is most
 * likely forgotten; and no lesson twice in a row, as long as another has something.
 */
export function dueOn(scheduled: readonly ToReview[], now: Date): ToReview[] {
  const today = dayOf(now);
  const waiting = scheduled
    .filter(({ due }) => due <= today)
    .sort((a, b) => Number(surelyWrong(b)) - Number(surelyWrong(a)) || a.recall - b.recall || (a.item.id < b.item.id ? -1 : 1));
  return [...mixed(waiting.filter(surelyWrong)), ...mixed(waiting.filter((each) => !surelyWrong(each)))];
}

const surelyWrong = ({ last }: Scheduled): boolean => last.certainty === "sure" && !isRight(last);

function mixed(waiting: readonly ToReview[]): ToReview[] {
  const [left, out] = [[...waiting], [] as ToReview[]];
  while (left.length) {
    const other = left.findIndex(({ item }) => item.lesson !== out.at(-1)?.item.lesson);
    out.push(...left.splice(Math.max(0, other), 1));
  }
  return out;
}
