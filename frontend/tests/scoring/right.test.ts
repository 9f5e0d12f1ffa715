import { expect, it } from "vitest";
import { RIGHT, answersTo, isRight } from "../../src/scoring/right";
import { answered, planned } from "../small-plan";

it.each([[1, true], [0.8, true], [0.79, false], [0.5, false], [0, false], [null, false]])("a score of %s is right: %s", (score, right) => {
  expect(isRight({ score })).toBe(right);
  expect(RIGHT).toBe(0.8);
});

it("answers are those to today's wording of these items, each list in its order", () => {
  const items = [planned("a", "o", "l"), planned("b", "o", "l")];
  const [one, two, other] = [answered("a", "2026-11-20"), answered("a", "2026-11-21"), answered("b", "2026-11-21")];
  const reworded = answered("a", "2026-11-22", { item_version: "v0" });
  expect(answersTo(items, [one, reworded, other, two, answered("gone", "2026-11-22")])).toEqual(new Map([["a", [one, two]], ["b", [other]]]));
});
