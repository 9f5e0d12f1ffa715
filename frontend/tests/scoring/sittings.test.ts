import { describe, expect, it } from "vitest";
import type { Attempt } from "../../src/attempt";
import type { FinalCheck, PlannedItem } from "../../src/plan";
import { draw, gain, lengthOf, resumed, sittings } from "../../src/scoring/sittings";
import { share } from "../../src/scoring/spotting";
import { answered, planned, wrong } from "../small-plan";

const items: PlannedItem[] = ["p", "q", "r"].flatMap((objective) => Array.from({ length: 6 }, (_, index) => planned(`${objective}${index}`, objective, "l")))
  .concat(planned("words", "p", "l", { kind: "reflect" }));
const check: FinalCheck = { id: "check", title: "", says: "", before: [], draws: [{ objectives: ["p", "q"], items: 5 }, { objectives: ["r"], items: 2 }] };
const ids = (all: readonly { id: string }[]): string[] => all.map(({ id }) => id);
const sat = (item: string, sitting: string, when: string, changes: Partial<Attempt> = {}): Attempt =>
  answered(item, when, { lesson: "check", sitting, ...changes });
const SITTINGS = Array.from({ length: 40 }, (_, index) => `sitting-${index}`);

describe("a draw of the final check", () => {
  it("has from each set of objectives its number, spread over them, each item once", () => {
    for (const sitting of SITTINGS) {
      const drawn = draw(check, items, sitting, []);
      const of = (objective: string): number => drawn.filter((each) => each.objective === objective).length;
      expect(new Set(drawn).size).toBe(lengthOf(check));
      expect([of("p"), of("q")].sort()).toEqual([2, 3]);
      expect(of("r")).toBe(2);
    }
  });

  it("takes those never answered first, then those answered longest ago", () => {
    const before = ["r0", "r1", "r2", "r3"].map((id, index) => answered(id, `2026-11-1${index}`));
    for (const sitting of SITTINGS) {
      const drawn = (given: Attempt[]): string[] => ids(draw(check, items, sitting, given)).filter((id) => id.startsWith("r")).sort();
      expect(drawn(before)).toEqual(["r4", "r5"]);
      expect(drawn([...before, answered("r4", "2026-11-15")])).toEqual(["r0", "r5"]);
      expect(drawn([...before, answered("r4", "2026-11-15"), answered("r5", "2026-11-16"), answered("r0", "2026-11-17")])).toEqual(["r1", "r2"]);
    }
  });

  it("is the same for the same sitting, and for others another, in another order", () => {
    const orders = SITTINGS.map((sitting) => ids(draw(check, items, sitting, [])).join());
    expect(SITTINGS.map((sitting) => ids(draw(check, items, sitting, [])).join())).toEqual(orders);
    expect(new Set(orders).size).toBe(SITTINGS.length);
  });

  it("never asks what is never scored", () => {
    const few = items.filter(({ id }) => ["p0", "words", "r0", "r1"].includes(id));
    for (const sitting of SITTINGS) expect(ids(draw(check, few, sitting, [])).sort()).toEqual(["p0", "r0", "r1"]);
  });

  it("is as long as the course can make it", () => expect(draw(check, [], "x", [])).toEqual([]));
});

describe("a sitting that was begun before", () => {
  it("goes on with its own draw, after what was answered, whatever was answered elsewhere since", () => {
    for (const sitting of SITTINGS) {
      const before = [answered("p0", "2026-11-01"), answered("r0", "2026-11-02")];
      const drawn = draw(check, items, sitting, before);
      const given = drawn.slice(0, 3).map(({ id }, index) => sat(id, sitting, `2026-11-1${index}`));
      const since = items.map(({ id }) => answered(id, "2026-11-20"));
      const all = [...before, ...given, ...since];
      expect(resumed(check, items, sittings(check, all)[0]!, all)).toEqual(drawn);
    }
  });

  it("keeps its length, and what was answered that the course still has, where the course has changed", () => {
    const drawn = draw(check, items, "s", []);
    const given = drawn.slice(0, 3).map(({ id }, index) => sat(id, "s", `2026-11-1${index}`));
    const left = items.filter(({ id }) => id !== given[1]!.item);
    const again = resumed(check, left, sittings(check, given)[0]!, given);
    expect(ids(again).slice(0, 2)).toEqual([given[0]!.item, given[2]!.item]);
    expect(new Set(again).size).toBe(again.length);
    expect(again.length).toBeLessThanOrEqual(lengthOf(check));
  });
});

describe("the sittings", () => {
  const seven = ["p0", "p1", "p2", "q0", "q1", "r0", "r1"];
  it("are told apart, oldest first, each with the first answer to each item, and whether it is finished", () => {
    const given = [
      sat("p0", "half", "2026-11-01", wrong), sat("p0", "half", "2026-11-02"),
      ...seven.map((id, index) => sat(id, "whole", "2026-11-03", index < 2 ? wrong : {})),
      answered("p1", "2026-11-04"), sat("p1", "elsewhere", "2026-11-04", { lesson: "clinic" }),
    ];
    const [half, whole, ...more] = sittings(check, given);
    expect(more).toEqual([]);
    expect(half).toMatchObject({ id: "half", finished: false, right: { count: 0, of: 1 } });
    expect(whole).toMatchObject({ id: "whole", finished: true, right: { count: 5, of: 7 } });
    expect(whole!.answers.map(({ item }) => item)).toEqual(seven);
  });

  it("are not finished one answer before the end", () => {
    expect(sittings(check, seven.slice(1).map((id) => sat(id, "s", "2026-11-03")))[0]!.finished).toBe(false);
  });

  it("are none where none was begun", () => expect(sittings(check, [answered("p0", "2026-11-01")])).toEqual([]));
});

describe("the gain since the check before the course", () => {
  const before = Array.from({ length: 80 }, (_, index) => planned(`b${index}`, "o", "l"));
  const eighty: FinalCheck = { ...check, before: ids(before) };

  /* R. G. Newcombe, Statistics in Medicine 1998;17:873-890, table II, example (a), method 10. */
  it("has Newcombe's interval: 56 of 70 against 48 of 80 is 0.20, from 0.0524 to 0.3339", () => {
    const given = before.map(({ id }, index) => answered(id, "2026-11-01", index < 48 ? {} : wrong));
    const gained = gain(eighty, before, given, share(56, 70))!;
    expect(gained.before).toMatchObject({ count: 48, of: 80 });
    expect(gained.after).toMatchObject({ count: 56, of: 70 });
    expect(gained.value).toBeCloseTo(0.2, 10);
    expect(gained.low).toBeCloseTo(0.0524, 4);
    expect(gained.high).toBeCloseTo(0.3339, 4);
  });

  it("takes the first answer to each, in today's wording", () => {
    const given = [answered("b0", "2026-10-01", { item_version: "v0" }), answered("b0", "2026-11-01", wrong), answered("b0", "2026-11-02"), answered("b1", "2026-11-02")];
    expect(gain(eighty, before, given, share(1, 1))!.before).toMatchObject({ count: 1, of: 2 });
  });

  it("does not take what the final check itself asked for what was known before", () => {
    const given = [answered("b0", "2026-11-01", { lesson: check.id, sitting: "s" }), answered("b1", "2026-11-02", wrong)];
    expect(gain(eighty, before, given, share(1, 1))!.before).toMatchObject({ count: 0, of: 1 });
  });

  it("is none where one of the two is missing", () => {
    expect(gain(eighty, before, [], share(1, 2))).toBeNull();
    expect(gain(eighty, before, [answered("b0", "2026-11-01")], null)).toBeNull();
  });
});
