/** What tests of the kinds share: an item of each, ways to put them on the page, and hands that press keys and drag. */

import type { LitElement } from "lit";
import type { Attempt } from "../src/attempt";
import type { Host } from "../src/hosts/host";
import {
  type CaseItem,
  type CaseStep,
  type Clinic,
  type HotspotItem,
  type Item,
  LEVELS,
  type Level,
  type MatchItem,
  type OrderItem,
  type Place,
  type ReflectItem,
  type SpotItem,
  type VignetteItem,
  type WorkedItem,
} from "../src/item";
import { all, anAttempt, anOption } from "./small-quiz";

const asked = (id: string) => ({
  id,
  version: "v1",
  stem: `The stem of ${id}.`,
  hints: [] as string[],
  sources: [{ label: "NICE 2023", href: "#s1" }],
});

export const aPlace = (text: string, x: number, y: number, correct = false): Place => ({
  ...anOption(text, correct),
  x,
  y,
});

export const aHotspot = (changes: Partial<HotspotItem> = {}): HotspotItem => ({
  ...asked("hotspot"),
  kind: "hotspot",
  answers: "one",
  hints: ["Look low."],
  options: [aPlace("The hip", 30, 90, true), aPlace("The ear", 10, 20), aPlace("The knee", 50, 120)],
  svg:
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="10 20 40 100"><title>A body</title><desc>From the front.</desc>' +
    '<path d="M10 20h9"/></svg>',
  ...changes,
});

/** Two groups; cards a, c and d belong to the first, b to the second. */
export const aMatch = (changes: Partial<MatchItem> = {}): MatchItem => ({
  ...asked("match"),
  kind: "match",
  groups: ["Primary", "Secondary"],
  hints: ["Think of where it began."],
  cards: [
    { text: "In the breast", group: 0, feedback: "Why breast." },
    { text: "In the bone", group: 1, feedback: "Why bone." },
    { text: "In the duct", group: 0, feedback: "Why duct." },
    { text: "In the lobule", group: 0, feedback: "Why lobule." },
  ],
  ...changes,
});

/** Dealt as Call, Write, Listen, Look; the right order is Listen (c), Look (d), Call (a), Write (b). */
export const anOrder = (changes: Partial<OrderItem> = {}): OrderItem => ({
  ...asked("order"),
  kind: "order",
  hints: ["Ears before eyes."],
  steps: [
    { text: "Call", place: 2, feedback: "Why call." },
    { text: "Write", place: 3, feedback: "Why write." },
    { text: "Listen", place: 0, feedback: "Why listen." },
    { text: "Look", place: 1, feedback: "Why look." },
  ],
  ...changes,
});

/** Two paragraphs; phrases a and d are cues, b and c are noise. */
export const aSpot = (changes: Partial<SpotItem> = {}): SpotItem => {
  const phrase = (text: string, cue: boolean) => ({ text, phrase: { cue, why: `Why ${text}.` } });
  const plain = (text: string) => ({ text, phrase: null });
  return {
    ...asked("spot"),
    kind: "spot",
    form: "call",
    paragraphs: [
      [plain("Well, "), phrase("my back wakes me", true), plain(" and I have "), phrase("a cold", false), plain(".")],
      [phrase("I slept late", false), plain(" and "), phrase("my legs are numb", true), plain(".")],
    ],
    ...changes,
  };
};

/** The slip is step b; the mend is c. */
export const aWorked = (changes: Partial<WorkedItem> = {}): WorkedItem => ({
  ...asked("worked"),
  kind: "worked",
  steps: [
    { says: "He listened", wrong: false, why: "Why listening." },
    { says: "He waited a week", wrong: true, why: "Why waiting." },
    { says: "He wrote it down", wrong: false, why: "Why writing." },
  ],
  mends: [anOption("Wait two weeks"), anOption("Say nothing"), anOption("Ring at once", true)],
  ...changes,
});

export const aReflect = (changes: Partial<ReflectItem> = {}): ReflectItem => ({
  ...asked("reflect"),
  kind: "reflect",
  model: "I would listen, and then ring.",
  points: ["Listening", "Ringing", "Writing"],
  ...changes,
});

export const anAsk = (changes: Partial<CaseStep["asks"][number]> = {}): CaseStep["asks"][number] => ({
  text: "A question?",
  minutes: 1,
  answer: "An answer.",
  key: false,
  why: "A why.",
  ...changes,
});

/** Listen (questions of 3, 4 and 5 minutes of 8) leads to look; that to the decision, or by a wrong turn back. */
export const aCase = (changes: Partial<CaseItem> = {}): CaseItem => ({
  ...asked("case"),
  kind: "case",
  patient: "Helen, 58",
  history: "Treated nine years ago.",
  minutes: 8,
  steps: [
    {
      id: "listen",
      says: "“My back hurts.”",
      asks: [
        anAsk({ text: "When is it worst?", minutes: 3, answer: "“At night.”", key: true, why: "Why night." }),
        anAsk({ text: "Any holidays?", minutes: 4, answer: "“Rhyl.”", why: "Why holidays." }),
        anAsk({ text: "How are your legs?", minutes: 5, answer: "“Weak.”", key: true, why: "Why legs." }),
      ],
      ways: [{ text: "", next: "look" }],
    },
    {
      id: "look",
      says: "She walks slowly.",
      asks: [],
      ways: [
        { text: "Ring the team", next: "decide" },
        { text: "Wave her off", next: "waved" },
      ],
    },
    { id: "waved", says: "She comes back in tears.", asks: [], ways: [{ text: "", next: "look" }] },
  ],
  action: "contact-team-within-days",
  levels: LEVELS.map((_, index) => ({ name: LEVEL_NAMES[index]!, why: `Why ${LEVEL_NAMES[index]}.` })),
  detail: "The team rings today.",
  consider: "Bone.",
  cues: ["Night pain", "Weak legs"],
  lures: ["She lifts boxes"],
  debrief: "Nights tell.",
  ...changes,
});

export const LEVEL_NAMES = ["Same day", "Within days", "If it lasts", "Explain and safety-net"];

export const aVignette = (changes: Partial<VignetteItem> = {}): VignetteItem => ({
  ...asked("vignette"),
  stem: "",
  kind: "vignette",
  action: "same-day-emergency",
  card: "mscc",
  why: "Why at once.",
  pieces: [
    { text: "Ann says ", mattered: false },
    { text: "her legs are numb", mattered: true },
    { text: " since noon.", mattered: false },
  ],
  ...changes,
});

/** A clinic of so many vignettes, each with the level that `action` gives it. */
export const aClinic = (count = 12, action: (index: number) => Level = (index) => LEVELS[index % 4]!): Clinic => ({
  id: "clinic",
  lesson: "spotting",
  title: "The clinic",
  says: "Ten at a time.",
  inTen: 5,
  levels: LEVEL_NAMES,
  vignettes: Array.from({ length: count }, (_, index) => {
    const level = action(index);
    return aVignette({
      id: `v-${index}`,
      action: level,
      card: level === "same-day-emergency" ? "mscc" : "",
      pieces: [{ text: `Story ${index}.`, mattered: true }],
    });
  }),
  cards: {
    mscc: {
      name: "Cord compression",
      features: ["Numb legs", "Back pain"],
      rows: [
        { head: "How fast", says: "Now." },
        { head: "Whom to call", says: "999." },
      ],
    },
  },
});

/** An attempt at an item, right or wrong as `changes` says. */
export const at = (item: Item, changes: Partial<Attempt> = {}): Attempt =>
  anAttempt({ item: item.id, item_version: item.version, ...changes });

/** Put an item's element on the page. */
export async function show<E extends LitElement>(
  tag: string,
  item: Item,
  host: Host,
  changes: object = {},
): Promise<E> {
  const element = Object.assign(document.createElement(tag) as E, {
    item,
    host,
    lesson: "bone",
    number: 1,
    of: 1,
    ...changes,
  });
  document.body.append(element);
  await settled(element);
  return element;
}

/** All that follows from the last change is shown, and what was to be focused then has focus. */
export async function settled(element: LitElement): Promise<void> {
  while (!(await element.updateComplete));
}

export const focused = (within: LitElement): HTMLElement | null =>
  within.shadowRoot!.activeElement as HTMLElement | null;

/** The only element that matches. */
export function one<T extends Element = HTMLElement>(within: LitElement, selector: string): T {
  const found = all<T>(within, selector);
  if (found.length !== 1) throw new Error(`${found.length} elements match ${selector}`);
  return found[0]!;
}

/** What a screen reader calls a control: its label, else its words without what is hidden from it. */
export function nameOf(control: Element): string {
  const clone = control.cloneNode(true) as Element;
  for (const hidden of clone.querySelectorAll("[aria-hidden=true]")) hidden.remove();
  for (const part of clone.querySelectorAll("*")) {
    part.before(" ");
    part.after(" ");
  }
  return (control.getAttribute("aria-label") ?? clone.textContent!).replace(/\s+/g, " ").trim();
}

export function named<T extends HTMLElement = HTMLElement>(within: LitElement, selector: string, name: string): T {
  const found = all<T>(within, selector).filter((each) => nameOf(each) === name);
  if (found.length !== 1)
    throw new Error(
      `${found.length} of ${selector} are called “${name}”; there are ${all(within, selector).map(nameOf).join(" | ")}`,
    );
  return found[0]!;
}

/** Press the button, or choose the radio or checkbox, of that name. */
export async function take(within: LitElement, name: string): Promise<void> {
  named(within, "button, label", name).click();
  await settled(within);
}

/** Press a key where the focus is; as in a browser, Enter and Space press a button unless somebody prevents it. */
export async function key(within: LitElement, name: string): Promise<KeyboardEvent> {
  const target = focused(within);
  if (!target) throw new Error("nothing has focus");
  const event = new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true, composed: true });
  target.dispatchEvent(event);
  if (!event.defaultPrevented && ["Enter", " "].includes(name) && target instanceof HTMLButtonElement) target.click();
  await settled(within);
  return event;
}

/** Drag from one element and let go over another (null: over nothing); ends in the click that browsers send. */
export async function drag(
  within: LitElement,
  from: HTMLElement,
  over: Element | null,
  how: { pointerType?: string; end?: string; by?: number } = {},
): Promise<void> {
  const { pointerType = "mouse", end = "pointerup", by = 40 } = how;
  (within.shadowRoot as unknown as { elementsFromPoint: () => Element[] }).elementsFromPoint = () =>
    over ? [from, over] : [from];
  const send = (type: string, x: number): void =>
    void from.dispatchEvent(
      new PointerEvent(type, { clientX: x, clientY: 0, bubbles: true, composed: true, pointerType, pointerId: 1 }),
    );
  send("pointerdown", 0);
  send("pointermove", by);
  await settled(within);
  send(end, by);
  from.click();
  await settled(within);
}

/** Random numbers that are the same each time (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
