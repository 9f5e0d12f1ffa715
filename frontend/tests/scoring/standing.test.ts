import { describe, expect, it } from "vitest";
import type { Attempt } from "../../src/attempt";
import { LEVELS } from "../../src/item";
import type { Met } from "../../src/scoring/spotting";
import { answersTo } from "../../src/scoring/right";
import { type LessonStanding, isDone, lessonsOf, nextSteps, standingOf } from "../../src/scoring/standing";
import type { Sitting } from "../../src/scoring/sittings";
import { aPlan, answered, planned, wrong } from "../small-plan";

describe("an objective", () => {
  const some = (count: number) => Array.from({ length: count }, (_, index) => planned(`i${index}`, "o", "l"));
  const stands = (count: number, given: Attempt[]): string => standingOf(some(count), answersTo(some(count), given));
  /** The first so many items answered rightly on a day. */
  const right = (count: number, day = "2026-11-10"): Attempt[] => some(count).map(({ id }) => answered(id, day));

  it.each([
    [3, [], "not-met"],
    [3, [answered("i0", "2026-11-10", { item_version: "v0" })], "not-met"],
    [3, [answered("other", "2026-11-10")], "not-met"],
    [3, [answered("i0", "2026-11-10", wrong)], "met"],
    [3, [answered("i0", "2026-11-10")], "met"],
    [3, right(2), "practised"],
    [1, right(1), "practised"],
    [2, right(1), "met"],
    [2, right(2), "practised"],
    [8, right(3), "met"],
    [8, right(4), "practised"],
    [30, right(4), "met"],
    [30, right(5), "practised"],
    [2, [...right(2), answered("i1", "2026-11-11", wrong)], "met"],
    [2, [answered("i0", "2026-11-10", wrong), ...right(2, "2026-11-11")], "practised"],
    [1, [answered("i0", "2026-11-10", { score: null })], "practised"],
    [1, [answered("i0", "2026-11-10"), answered("i0", "2026-11-12")], "practised"],
    [1, [answered("i0", "2026-11-10"), answered("i0", "2026-11-13")], "holding"],
    [1, [answered("i0", "2026-11-10"), answered("i0", "2026-11-11", wrong), answered("i0", "2026-11-13")], "holding"],
    [1, [answered("i0", "2026-11-10", wrong), answered("i0", "2026-11-13")], "practised"],
    [1, [answered("i0", "2026-11-10"), answered("i0", "2026-11-13"), answered("i0", "2026-11-20", wrong)], "met"],
    [4, [answered("i0", "2026-11-10"), answered("i0", "2026-11-13")], "met"],
    [2, [answered("i0", "2026-11-10"), answered("i0", "2026-11-13"), answered("i1", "2026-11-13")], "holding"],
  ] as [number, Attempt[], string][])("of %i questions, with answers (row %#), is %s", (count, given, standing) => expect(stands(count, given)).toBe(standing));
});

describe("the lessons", () => {
  it("are those that ask something, in the order of the course, with what is answered of each", () => {
    const plan = aPlan();
    const standings = lessonsOf(plan, [answered("b1", "2026-11-10"), answered("b1", "2026-11-11"), answered("f1", "2026-11-11"), answered("f2", "2026-11-11", wrong)]);
    expect(standings.map(({ lesson, items, answered: done }) => [lesson.id, done, items])).toEqual([["bone", 1, 4], ["brain", 2, 2], ["clinic", 0, 2]]);
    expect(standings.map(isDone)).toEqual([false, true, false]);
    expect(standings[0]!.objectives).toEqual([{ id: "night", says: "Tell night.", standing: "met" }, { id: "legs", says: "Tell legs.", standing: "not-met" }]);
  });
});

describe("what to do next", () => {
  const plan = aPlan();
  const allOf = (lessons: string[], changes: Partial<Attempt> = {}): Attempt[] =>
    plan.items.filter(({ lesson }) => lessons.includes(lesson)).map(({ id }) => answered(id, "2026-11-10", changes));
  const missed: Met = { vignette: "v1", key: LEVELS[0], chosen: LEVELS[3], certainty: "sure" };
  const caught: Met = { ...missed, chosen: LEVELS[0] };
  const finished = { finished: true } as Sitting;
  const steps = (given: Attempt[], { due = 0, met = [] as Met[], taken = [] as Sitting[], check = true } = {}): string[] =>
    nextSteps(lessonsOf(plan, given), due, met, taken, check).map((each) =>
      "lesson" in each ? `${each.do} ${(each.lesson as LessonStanding).lesson.id}` : each.do);

  it.each([
    ["nothing yet", steps([]), ["begin bone"]],
    ["a lesson halfway", steps([answered("b1", "2026-11-10")]), ["go-on bone", "begin brain"]],
    ["a lesson halfway and something due", steps([answered("b1", "2026-11-10")], { due: 3 }), ["go-on bone", "review", "begin brain"]],
    ["a lesson done", steps(allOf(["bone"])), ["begin brain"]],
    ["a lesson done and badly", steps(allOf(["bone"], wrong)), ["begin brain", "practise bone"]],
    ["an emergency missed", steps(allOf(["bone"]), { met: [missed] }), ["emergencies", "begin brain"]],
    ["an emergency missed and then caught", steps(allOf(["bone"]), { met: [missed, caught] }), ["begin brain"]],
    ["an emergency caught and then missed", steps(allOf(["bone"]), { due: 1, met: [caught, missed] }), ["review", "emergencies", "begin brain"]],
    ["every lesson done", steps(allOf(["bone", "brain"])), ["check", "begin clinic"]],
    ["every lesson done, without a final check", steps(allOf(["bone", "brain"]), { check: false }), ["begin clinic"]],
    ["a final check half taken", steps(allOf(["bone", "brain", "clinic"]), { taken: [{ finished: false } as Sitting] }), ["check"]],
    ["a practice halfway", steps([...allOf(["bone", "brain"]), answered("v1", "2026-11-10")], { taken: [finished] }), ["rest"]],
    ["all done", steps(allOf(["bone", "brain", "clinic"]), { taken: [finished] }), ["rest"]],
    ["all done and something due", steps(allOf(["bone", "brain", "clinic"]), { taken: [finished], due: 2 }), ["review"]],
  ])("with %s", (_, told, expected) => expect(told).toEqual(expected));

  it("counts what it says: what is due, the emergencies met and missed, the objectives that are weak", () => {
    const other = { ...caught, vignette: "v9" };
    const given = [...allOf(["bone"]), answered("b1", "2026-11-11", wrong)];
    expect(nextSteps(lessonsOf(plan, given), 7, [missed, other, missed], [], true)).toMatchObject([
      { do: "review", due: 7 }, { do: "emergencies", missed: 1, met: 2 }, { do: "begin" }, { do: "practise", weak: 1 },
    ]);
  });
});
