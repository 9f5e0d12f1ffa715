import { Rating } from "ts-fsrs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Attempt } from "../../src/attempt";
import { dateOf, dayOf } from "../../src/scoring/day";
import { dueOn, gradeOf, schedule, scheduleAll } from "../../src/scoring/schedule";
import { answered, planned, wrong } from "../small-plan";

beforeEach(() => void vi.stubEnv("TZ", "UTC"));
afterEach(() => vi.unstubAllEnvs());

const START = Date.parse("2026-01-10T00:00:00Z");
/** An answer on so many days after the start, at that hour. */
const on = (day: number, changes: Partial<Attempt> = {}, hour = 10, item = "a"): Attempt =>
  answered(item, new Date(START + (day * 24 + hour) * 3_600_000).toISOString(), changes);
const at = (day: number, hour = 12): Date => new Date(START + (day * 24 + hour) * 3_600_000);
const first = dayOf(at(0));
const due = (attempts: Attempt[], now: Date): number | null => {
  const scheduled = schedule(attempts, now);
  return scheduled && scheduled.due - first;
};

const grades: Record<"again" | "hard" | "good" | "easy", Partial<Attempt>> = {
  again: wrong, hard: { certainty: "guessing" }, good: { certainty: "fairly-sure" }, easy: { certainty: "sure" },
};

describe("the grade of an answer", () => {
  it.each([
    [{ score: 0, certainty: "sure", hints: 0 }, Rating.Again], [{ score: 0.49, certainty: "guessing", hints: 0 }, Rating.Again],
    [{ score: 0, certainty: "guessing", hints: 2 }, Rating.Again],
    [{ score: 0.5, certainty: "sure", hints: 0 }, Rating.Hard], [{ score: 0.79, certainty: "fairly-sure", hints: 0 }, Rating.Hard],
    [{ score: 1, certainty: "guessing", hints: 0 }, Rating.Hard], [{ score: 1, certainty: "sure", hints: 1 }, Rating.Hard],
    [{ score: 1, certainty: "fairly-sure", hints: 1 }, Rating.Hard],
    [{ score: 0.8, certainty: "fairly-sure", hints: 0 }, Rating.Good], [{ score: 1, certainty: null, hints: 0 }, Rating.Good],
    [{ score: 0.8, certainty: "sure", hints: 0 }, Rating.Easy], [{ score: 1, certainty: "sure", hints: 0 }, Rating.Easy],
  ] as [Pick<Attempt, "score" | "certainty" | "hints">, Rating][])("%j is %i", (attempt, grade) => expect(gradeOf(attempt)).toBe(grade));
});

describe("the schedule of an item", () => {
  /* By hand, with ts-fsrs 5.4.2 alone (no fuzz, no short-term steps, 0.9 remembered): after which day, due on which. */
  const sequence: [number, keyof typeof grades, number][] = [[0, "good", 3], [3, "easy", 27], [20, "again", 22], [21, "hard", 25], [23, "good", 30], [40, "easy", 73]];

  it.each(sequence.map(([day, grade, then], index) => ({ day, grade, then, index })))(
    "is that of FSRS: after $grade on day $day, due on day $then", ({ day, then, index }) => {
      const given = sequence.slice(0, index + 1).map(([when, how]) => on(when, grades[how]));
      expect(due(given, at(day))).toBe(then);
    },
  );

  it.each([["again", 1], ["hard", 2], ["good", 3], ["easy", 8]] as const)("after one answer, %s, is due in %i days", (grade, days) => {
    expect(due([on(0, grades[grade])], at(0))).toBe(days);
  });

  it("says how likely it is still known: nine in ten about when it is due, and less later", () => {
    const given = [on(0, grades.good), on(3, grades.easy)];
    expect(schedule(given, at(13))!.recall).toBeCloseTo(0.94834799, 6);
    expect(schedule(given, at(27))!.recall).toBeCloseTo(0.9, 2);
    expect(schedule(given, at(200))!.recall).toBeLessThan(schedule(given, at(100))!.recall);
  });

  it("rests on the first answer of a day: the others came after the explanation", () => {
    const given = [on(0, grades.again), on(0, grades.easy, 11), on(0, grades.easy, 27)];
    expect(due(given, at(0, 28))).toBe(1);
    expect(schedule(given, at(0, 28))!.last).toBe(given[0]);
    expect(due([...given, on(1, grades.easy, 4)], at(1))).toBeGreaterThan(1);
  });

  it("leaves out what is never scored", () => {
    expect(schedule([on(0, { score: null })], at(0))).toBeNull();
    expect(due([on(0, { score: null }, 9), on(0, grades.good)], at(0))).toBe(3);
  });

  it("leaves out what is dated after today, until its day", () => {
    expect(schedule([on(5)], at(4))).toBeNull();
    expect(due([on(0, grades.good), on(5, grades.easy)], at(4))).toBe(3);
    expect(due([on(5, grades.good)], at(5, 8))).toBe(8);
  });

  it("stands where the clock goes back", () => {
    const given = [on(0, grades.good), on(3, grades.easy)];
    expect(due(given, at(1))).toBe(3);
    expect(schedule(given, at(-1))).toBeNull();
    expect(due(given, at(3))).toBe(27);
  });

  it("is the same whenever it is looked at, and empty for no answers", () => {
    const given = [on(0, grades.good), on(3, grades.easy)];
    expect([3, 10, 26, 27, 500].map((day) => due(given, at(day)))).toEqual([27, 27, 27, 27, 27]);
    expect(schedule([], at(0))).toBeNull();
  });
});

describe("the schedule of a course", () => {
  const items = ["a", "b", "c"].map((id) => planned(id, "o", "l"));

  it("has what is answered in today's wording, what is due first, first", () => {
    const given = [on(0, grades.easy, 10, "a"), on(0, grades.again, 10, "b"), on(0, { item_version: "v0" }, 10, "c"), on(0, {}, 10, "gone")];
    expect(scheduleAll(items, given, at(0)).map(({ item, due: day }) => [item.id, day - first])).toEqual([["b", 1], ["a", 8]]);
  });

  it("has nothing due on the day of an answer, and a day later at four in the morning what was wrong", () => {
    const given = [on(0, grades.again)];
    const dueAt = (now: Date): number => dueOn(scheduleAll(items, given, now), now).length;
    expect([at(0, 23), at(1, 3), at(1, 4), at(9)].map(dueAt)).toEqual([0, 0, 1, 1]);
  });

  it("counts days where the trainee is", () => {
    vi.stubEnv("TZ", "Pacific/Auckland");
    const given = [answered("a", "2026-06-09T15:30:00Z", grades.again)];
    /* There it was half past three at night: the day before. */
    const scheduled = schedule(given, new Date("2026-06-09T15:45:00Z"))!;
    expect(dateOf(scheduled.due).getDate()).toBe(10);
  });
});

describe("what is due", () => {
  const dueIds = (items: ReturnType<typeof planned>[], given: Attempt[], now: Date): string[] =>
    dueOn(scheduleAll(items, given, now), now).map(({ item }) => item.id);

  it("is asked with what was wrong and sure first, then what is most likely forgotten", () => {
    const items = ["long", "short", "sure", "unsure"].map((id) => planned(id, "o", "l"));
    const given = [
      on(0, grades.hard, 10, "long"), on(20, grades.hard, 10, "short"),
      on(28, { ...wrong, certainty: "sure" }, 10, "sure"), on(28, { ...wrong, certainty: "guessing" }, 10, "unsure"),
    ];
    const order = dueIds(items, given, at(30));
    expect(order[0]).toBe("sure");
    const scheduled = new Map(scheduleAll(items, given, at(30)).map((each) => [each.item.id, each.recall]));
    expect(order.slice(1)).toEqual([...order.slice(1)].sort((a, b) => scheduled.get(a)! - scheduled.get(b)!));
    expect(order.indexOf("long")).toBeLessThan(order.indexOf("short"));
    expect(order.length).toBe(4);
  });

  it("is mixed: no lesson twice in a row, as long as another has something", () => {
    const items = [planned("a1", "o", "A"), planned("a2", "o", "A"), planned("a3", "o", "A"), planned("b1", "o", "B"), planned("b2", "o", "B")];
    const given = items.map(({ id }) => on(0, grades.hard, 10, id));
    expect(dueIds(items, given, at(9))).toEqual(["a1", "b1", "a2", "b2", "a3"]);
    expect(dueIds(items, [...given].reverse(), at(9))).toEqual(["a1", "b1", "a2", "b2", "a3"]);
  });

  it("is nothing where nothing was answered", () => expect(dueIds([planned("a", "o", "l")], [], at(0))).toEqual([]));
});
