/** What tests share: an item, attempts at it, a host that remembers, and ways to press things. */

import fc from "fast-check";
import type { LitElement } from "lit";
import type { SsChoice } from "../src/activities/choice";
import type { Attempt } from "../src/attempt";
import type { Host } from "../src/hosts/host";
import type { ChoiceItem, Option } from "../src/item";

export const anOption = (text: string, correct = false): Option => {
  return { text, correct, feedback: `Why ${text}.`, sources: [] };
};

export const anItem = (changes: Partial<ChoiceItem> = {}): ChoiceItem => ({
  id: "bone-night-pain", kind: "choice", version: "v1", answers: "one", stem: "When is bone pain worse?",
  options: [anOption("At noon"), anOption("At night", true), anOption("At sea")],
  hints: ["Think of sleep.", "It is dark."], sources: [{ label: "NICE 2023", href: "#s1" }], ...changes,
});

export const several = (changes: Partial<ChoiceItem> = {}): ChoiceItem =>
  anItem({ answers: "several", options: [anOption("Bone", true), anOption("Hair"), anOption("Liver", true), anOption("Nail")], ...changes });

export const anAttempt = (changes: Partial<Attempt> = {}): Attempt => ({
  id: "6c1f3a9e-0000-4000-8000-000000000001", item: "bone-night-pain", item_version: "v1", lesson: "bone", answer: ["b"],
  score: 1, certainty: "sure", hints: 0, seconds: 12.4, at: "2026-11-22T10:15:00.000Z", place: "page", ...changes,
});

/** Lists of attempts, each with an id of its own; some are made in the same moment. */
export const someAttempts: fc.Arbitrary<Attempt[]> = fc.uniqueArray(
  fc.record({
    id: fc.uuid(),
    item: fc.constantFrom("x", "y", "z"),
    item_version: fc.string({ minLength: 1, maxLength: 20 }),
    lesson: fc.constantFrom("bone", "brain"),
    answer: fc.subarray(["a", "b-c", "ask:listen:a", "act:same-day-emergency", "none"]),
    score: fc.constantFrom(0, 0.5, 1, null),
    certainty: fc.constantFrom("guessing" as const, "fairly-sure" as const, "sure" as const, null),
    hints: fc.nat(3),
    seconds: fc.nat(600),
    at: fc.integer({ min: 0, max: 9 }).map((second) => new Date(1_800_000_000_000 + second * 1000).toISOString()),
    place: fc.constantFrom("jupyter" as const, "page" as const),
    text: fc.string({ maxLength: 40, unit: "binary" }),
    sitting: fc.uuid(),
  }, {
    requiredKeys: [
      "id", "item", "item_version", "lesson", "answer", "score", "certainty", "hints", "seconds", "at", "place",
    ],
  }),
  { selector: ({ id }) => id, maxLength: 12 },
);

/** An observer for which everything is in view at once. */
export class InView {
  constructor(private readonly seen: (entries: { isIntersecting: boolean }[]) => void) {}
  observe(): void {
    this.seen([{ isIntersecting: true }]);
  }
  disconnect(): void {}
}

/** A host that remembers what it was given; `says` makes it fail with that sentence. */
export class FakeHost implements Host {
  readonly place = "page" as const;
  kept: Attempt[] = [];
  loaded: string[] = [];
  says = "";

  attempts(items: readonly string[]): Attempt[] {
    return this.kept.filter(({ item }) => items.includes(item));
  }
  async keep(attempt: Attempt): Promise<void> {
    if (this.says) throw new Error(this.says);
    this.kept.push(attempt);
  }
  unasked(items: readonly string[]): number {
    return this.kept.length - this.attempts(items).length;
  }
  async save(): Promise<Blob> {
    if (this.says) throw new Error(this.says);
    return new Blob(["the text of the file"]);
  }
  async load(file: Blob): Promise<string> {
    this.loaded.push(await file.text());
    if (this.says) throw new Error(this.says);
    return "2 answers loaded.";
  }
  async erase(): Promise<string> {
    if (this.says) throw new Error(this.says);
    this.kept = [];
    return "All your answers are erased.";
  }
}

export const all = <T extends Element = HTMLElement>(within: LitElement, selector: string): T[] => [
  ...within.renderRoot.querySelectorAll<T>(selector),
];

export const words = (within: LitElement, selector: string): string =>
  all(within, selector).map((each) => each.textContent!.replace(/\s+/g, " ").trim()).join(" | ");

export async function press(within: LitElement, name: string): Promise<void> {
  const button = all<HTMLButtonElement>(within, "button").find((each) => each.textContent!.trim() === name);
  if (!button) throw new Error(`there is no button “${name}”`);
  button.click();
  await within.updateComplete;
}

export async function pick(choice: SsChoice, ...options: number[]): Promise<void> {
  for (const index of options) all(choice, ".options input")[index]!.click();
  await choice.updateComplete;
}

export async function beSure(choice: SsChoice, how: 0 | 1 | 2): Promise<void> {
  all(choice, ".certainty input")[how]!.click();
  await choice.updateComplete;
}

export async function answer(choice: SsChoice, options: number[], how: 0 | 1 | 2 = 1): Promise<void> {
  await pick(choice, ...options);
  await beSure(choice, how);
  await press(choice, "Check my answer");
}
