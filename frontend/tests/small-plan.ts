/** What tests of the whole course share: a plan, answers to its items on given days, and panels on the page. */

import { vi } from "vitest";
import type { Attempt } from "../src/attempt";
import { type ChoiceItem, type Item, LEVELS, type VignetteItem } from "../src/item";
import type { Plan, PlannedItem, PlannedLesson } from "../src/plan";
import { aVignette, LEVEL_NAMES, settled, take } from "./small-kinds";
import { FakeHost, anAttempt, anItem } from "./small-quiz";

const lesson = (id: string, kind: PlannedLesson["kind"], ...objectives: string[]): PlannedLesson => ({
  id, kind, title: `About ${id}`, href: `${id}.html`, minutes: 45, objectives: objectives.map((each) => ({ id: each, says: `Tell ${each}.` })),
});
export const planned = (id: string, objective: string, lesson: string, changes: Partial<PlannedItem> = {}): PlannedItem => ({
  id, objective, lesson, version: "v1", kind: "choice", action: "", ...changes,
});

/** Two lessons (bone with four questions of two objectives, brain with two), a clinic of two vignettes, and a check of three. */
export const aPlan = (changes: Partial<Plan> = {}): Plan => ({
  course: "second-sight", title: "Second Sight", version: "1.2.3", reviewedBy: "nobody yet",
  lessons: [
    lesson("bone", "lesson", "night", "legs"), lesson("brain", "lesson", "fits"), lesson("clinic", "practice", "spotting"),
    ...["review", "check", "stand", "sheet", "flags"].map((id) => lesson(id, "record")),
  ],
  items: [
    planned("b1", "night", "bone"), planned("b2", "night", "bone"), planned("b3", "legs", "bone"), planned("b4", "legs", "bone"),
    planned("f1", "fits", "brain"), planned("f2", "fits", "brain"),
    planned("v1", "spotting", "clinic", { kind: "vignette", action: LEVELS[0] }),
    planned("v2", "spotting", "clinic", { kind: "vignette", action: LEVELS[3] }),
  ],
  levels: LEVEL_NAMES,
  check: {
    id: "check", title: "The final check", says: "Three from everywhere.", before: ["b1", "f1"],
    draws: [{ objectives: ["night", "legs"], items: 2 }, { objectives: ["fits"], items: 1 }],
  },
  rooms: { review: "review", final_check: "check", progress: "stand", certificate: "sheet", red_flags: "flags" },
  ...changes,
});

export const aBank = (id: string): Item | undefined => {
  if (id.startsWith("v")) return aVignette({ id, action: id === "v1" ? LEVELS[0] : LEVELS[3] }) satisfies VignetteItem;
  return anItem({ id, stem: `The stem of ${id}?` }) satisfies ChoiceItem;
};

let count = 0;
/** An answer to an item at a moment, such as "2026-11-20T10:00:00Z" or, for ten in the morning, "2026-11-20". */
export const answered = (item: string, when: string, changes: Partial<Attempt> = {}): Attempt =>
  anAttempt({ id: `a${(count += 1)}`, item, at: new Date(when.includes("T") ? when : `${when}T10:00:00Z`).toISOString(), ...changes });

export const wrong = { score: 0, answer: ["a"] };

type CoursePanel = HTMLElement & { updateComplete: Promise<boolean>; current?: { updateComplete: Promise<boolean> } | null };

/** A host of one's own at noon of 23 November 2026; `leave` ends it. */
export function atNoon(): FakeHost {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-23T12:00:00") });
  return new FakeHost();
}

export function leave(): void {
  vi.useRealTimers();
  document.body.replaceChildren();
}

/** Put a panel of the whole course on the page. */
export async function open<P extends CoursePanel>(tag: string, host: FakeHost, changes: object = {}): Promise<P> {
  const panel = Object.assign(document.createElement(tag) as P, { plan: aPlan(), bank: aBank, host, ...changes });
  document.body.append(panel);
  await settled(panel as never);
  return panel;
}

/** Answer the question that a panel asks, and press the button of that name. */
export async function reply(panel: CoursePanel, right: boolean, button = "Check my answer", certainty = "Sure"): Promise<string> {
  const current = panel.current as never;
  const { item } = panel.current as unknown as { item: Item };
  await settled(current);
  if (item.kind === "vignette") await take(current, LEVEL_NAMES[right ? LEVELS.indexOf(item.action) : 1]!);
  else await take(current, right ? "At night" : "At noon");
  await take(current, certainty);
  await take(current, button);
  await settled(panel as never);
  return item.id;
}

/** A right answer to every question of the lessons proper, on a day. */
export const allLessons = (when: string): Attempt[] => ["b1", "b2", "b3", "b4", "f1", "f2"].map((id) => answered(id, when));

/** A sitting of the check on a day, so many of its three right; with fewer answers it is not finished. */
export const aSitting = (when: string, rights: number, answers = 3): Attempt[] =>
  ["b2", "b4", "f2"].slice(0, answers).map((id, index) =>
    answered(id, when, { lesson: "check", sitting: `of ${when}`, ...(index < rights ? {} : wrong) }));
