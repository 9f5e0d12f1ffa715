import { expect, it } from "vitest";
import { type PlanData, planFrom } from "../src/plan";
import { aPlan } from "./small-plan";

/** A course as it travels: its lessons hold their objectives, and these their items. */
const travelling = (lessons: PlanData["lessons"]): PlanData => ({ ...aPlan(), lessons });
const lesson = (id: string, ...objectives: PlanData["lessons"][number]["objectives"]): PlanData["lessons"][number] => ({
  id, objectives, kind: "lesson", title: `About ${id}`, href: `${id}.html`, minutes: 45,
});

it("lays items flat, in the order of the course, each with its lesson and its objective", () => {
  const { items } = planFrom(travelling([
    lesson("bone", { id: "night", says: "Tell night.", items: [["b1", "v1"], ["b2", "v2"]] }, { id: "legs", says: "Tell legs.", items: [["b3", "v3"]] }),
    lesson("brain", { id: "fits", says: "Tell fits.", items: [["f1", "v4"]] }),
  ]));
  expect(items.map(({ id, version, lesson, objective }) => [id, version, lesson, objective])).toEqual([
    ["b1", "v1", "bone", "night"], ["b2", "v2", "bone", "night"], ["b3", "v3", "bone", "legs"], ["f1", "v4", "brain", "fits"],
  ]);
});

it.each([
  ["without a kind is a choice", ["x", "v1"], "choice", ""],
  ["with a kind is of that kind", ["x", "v1", "match"], "match", ""],
  ["that is a vignette has its level", ["x", "v1", "vignette", "same-day-emergency"], "vignette", "same-day-emergency"],
] as const)("an item %s", (_, item, kind, action) => {
  const { items } = planFrom(travelling([lesson("bone", { id: "night", says: "Tell night.", items: [[...item]] })]));
  expect(items).toEqual([{ id: "x", version: "v1", lesson: "bone", objective: "night", kind, action }]);
});

it.each([
  ["a course without lessons", []],
  ["a lesson without objectives", [lesson("bone")]],
  ["an objective that nothing asks", [lesson("bone", { id: "night", says: "Tell night.", items: [] })]],
])("%s has no items", (_, lessons) => {
  expect(planFrom(travelling(lessons)).items).toEqual([]);
});

it("leaves all else as it came", () => {
  const lessons = [lesson("bone", { id: "night", says: "Tell night.", items: [["b1", "v1"]] })];
  const { items: _, lessons: told, ...rest } = planFrom(travelling(lessons));
  const { items: __, lessons: ___, ...given } = aPlan();
  expect(rest).toEqual(given);
  expect(told.map(({ id, title, href, kind, minutes }) => ({ id, title, href, kind, minutes }))).toEqual([
    { id: "bone", title: "About bone", href: "bone.html", kind: "lesson", minutes: 45 },
  ]);
  expect(told[0]!.objectives.map(({ id, says }) => [id, says])).toEqual([["night", "Tell night."]]);
});
