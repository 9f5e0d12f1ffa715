import { describe, expect, it } from "vitest";
import type { Attempt } from "../../src/attempt";
import { inOrder } from "../../src/attempt";
import { reported } from "../../src/scoring/reported";
import { aPlan, aSitting, allLessons, answered, planned, wrong } from "../small-plan";

const of = (...attempts: Attempt[]) => reported(aPlan(), inOrder(attempts));

describe("what a learning platform is told", () => {
  it("is nothing done and no score before the first answer", () => {
    expect(of()).toEqual({ done: false, progress: 0, score: null });
  });

  it("is done when every question of the lessons is answered, rightly or not, and a check is finished; practice is not asked for", () => {
    const [all, check] = [allLessons("2026-11-20"), aSitting("2026-11-21", 0)];
    const toNone = { done: false, progress: 0, score: null };
    expect(of(...all.slice(1))).toMatchObject({ done: false, progress: 5 / 9 });
    expect(of(...all)).toMatchObject({ done: false, progress: 6 / 9 });
    expect(of(...all, ...check.slice(1))).toMatchObject({ done: false, progress: 8 / 9 });
    expect(of(...all, ...check)).toMatchObject({ done: true, progress: 1 });
    expect(of(...all.slice(1), ...check)).toMatchObject({ done: false, progress: 8 / 9 });
    expect(of(...all.map((each) => ({ ...each, ...wrong })), ...check)).toMatchObject({ done: true, score: 0 });
    expect(of(answered("v1", "2026-11-20"), answered("v2", "2026-11-20"))).toEqual(toNone);
  });

  it("is done with the lessons where there is no check to take", () => {
    const all = allLessons("2026-11-20");
    expect(reported(aPlan({ check: null }), all)).toEqual({ done: true, progress: 1, score: 1 });
    expect(reported(aPlan({ check: null }), all.slice(1))).toMatchObject({ done: false, progress: 5 / 6 });
  });

  it("gives as score the points of the newest answers, out of all that there are to earn", () => {
    expect(of(answered("b1", "2026-11-20")).score).toBeCloseTo(1 / 6);
    expect(of(answered("b1", "2026-11-20", wrong), answered("b1", "2026-11-21")).score).toBeCloseTo(1 / 6);
    expect(of(answered("b1", "2026-11-20"), answered("b1", "2026-11-21", wrong)).score).toBe(0);
    expect(of(...allLessons("2026-11-20").map((each) => ({ ...each, score: 0.5 }))).score).toBe(0.5);
    expect(of(...allLessons("2026-11-20")).score).toBe(1);
  });

  it("counts no answer to another wording", () => {
    expect(of(answered("b1", "2026-11-20", { item_version: "v0" }))).toEqual({ done: false, progress: 0, score: null });
  });

  it("asks for answers that are never scored, and takes no points for them", () => {
    const items = [planned("b1", "night", "bone"), planned("w1", "night", "bone", { kind: "reflect" })];
    const plan = aPlan({ items, check: null });
    expect(reported(plan, [answered("b1", "2026-11-20")])).toEqual({ done: false, progress: 0.5, score: 1 });
    expect(reported(plan, [answered("b1", "2026-11-20"), answered("w1", "2026-11-20", { score: null })])).toEqual({ done: true, progress: 1, score: 1 });
  });

  it("gives the share right in the newest final check that was finished, once there is one", () => {
    const all = allLessons("2026-11-18");
    const first = aSitting("2026-11-20", 1);
    expect(of(...all, ...first.slice(0, 2)).score).toBeCloseTo(5 / 6);
    expect(of(...all, ...first).score).toBeCloseTo(1 / 3);
    expect(of(...all, ...first, ...aSitting("2026-11-21", 2)).score).toBeCloseTo(2 / 3);
    expect(of(...all, ...first, ...aSitting("2026-11-21", 0, 2)).score).toBeCloseTo(1 / 3);
  });

  it("is about all that is asked where there is no lesson that asks, and done where nothing is", () => {
    const practice = aPlan({ items: aPlan().items.filter(({ lesson }) => lesson === "clinic"), check: null });
    expect(reported(practice, [answered("v1", "2026-11-20")])).toEqual({ done: false, progress: 0.5, score: 0.5 });
    expect(reported(aPlan({ items: [], check: null }), [])).toEqual({ done: true, progress: 1, score: null });
  });
});
