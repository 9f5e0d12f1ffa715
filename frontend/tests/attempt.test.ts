import { afterEach, describe, expect, it, vi } from "vitest";
import { type Attempt, LONGEST_TEXT, inOrder, isAttempt, latest, uuid } from "../src/attempt";
import { anAttempt } from "./small-quiz";

describe("uuid", () => {
  it("is a version 4 UUID, each time another", () => {
    const made = Array.from({ length: 500 }, uuid);
    for (const id of made) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(made).size).toBe(made.length);
  });
});

describe("latest", () => {
  const early = anAttempt({ id: "1", at: "2026-11-22T10:00:00.000Z" });
  const late = anAttempt({ id: "2", at: "2026-11-22T11:00:00.000Z" });
  const other = anAttempt({ id: "3", item: "other", at: "2026-11-22T09:00:00.000Z" });

  it.each([[[early, late, other]], [[late, other, early]]])("is the newest of each item, in whatever order they come", (attempts) => {
    expect(latest(attempts)).toEqual(new Map([["bone-night-pain", late], ["other", other]]));
  });

  it("is, of two made in one moment, the one that comes after", () => {
    const twin = { ...late, id: "4" };
    expect(latest([late, twin]).get(late.item)).toBe(twin);
  });
});

describe("latest, where a clock was wrong", () => {
  afterEach(() => void vi.useRealTimers());
  const dated = (id: string, at: string): Attempt => anAttempt({ id, at });
  const past = dated("past", "2026-11-20T10:00:00.000Z");
  const older = dated("older", "2026-11-19T10:00:00.000Z");

  it("does not let an answer from the future stand in the way of those after it", () => {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-22T10:00:00Z") });
    const future = dated("future", "2030-01-01T00:00:00.000Z");
    for (const order of [[future, past, older], [older, past, future], [past, future, older]]) {
      expect(latest(order).get(past.item)).toBe(past);
    }
    expect(latest([future]).get(past.item)).toBe(future);
  });

  it("forgives a minute between the clocks of two machines", () => {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-22T10:00:00Z") });
    const soon = dated("soon", "2026-11-22T10:00:59.000Z");
    expect(latest([soon, past]).get(past.item)).toBe(soon);
  });
});

describe("inOrder", () => {
  it("is oldest first, by id where two were made in one moment, whatever order they come in, and leaves them as they were", () => {
    const [a, b, c, d] = [
      anAttempt({ id: "b", at: "2026-11-22T10:00:00.000Z" }),
      anAttempt({ id: "a", at: "2026-11-22T11:00:00.000Z" }),
      anAttempt({ id: "c", at: "2026-11-22T11:00:00Z" }),
      anAttempt({ id: "0", at: "2026-11-22T13:30:00.000+02:00" }),
    ];
    const given = [c!, d!, a!, b!];
    expect(inOrder(given)).toEqual([a, b, c, d]);
    expect(inOrder([...given].reverse())).toEqual([a, b, c, d]);
    expect(given).toEqual([c, d, a, b]);
  });
});

describe("isAttempt", () => {
  const long = "x".repeat(201);
  const cases: Record<keyof Required<Attempt>, unknown[]> = {
    id: [1, null, long], item: [{}, long], item_version: [false, long], lesson: [[], long],
    answer: ["b", null, [1], [long], Array(51).fill("a")],
    score: [-0.1, 1.1, "1", undefined, Number.NaN],
    certainty: ["certain", 1, undefined, ["sure"]],
    hints: [-1, "0", Number.POSITIVE_INFINITY, Number.NaN],
    seconds: [-1, "12", Number.POSITIVE_INFINITY, Number.NaN],
    at: ["yesterday", 1_800_000_000, "", `2026-11-22${" ".repeat(200)}`],
    place: ["moodle", 0],
    text: [7, ["words"], "x".repeat(LONGEST_TEXT + 1)],
    sitting: ["", 7, null, long],
  };

  it("takes an attempt, and text that looks like markup", () => {
    expect(isAttempt(anAttempt())).toBe(true);
    expect(isAttempt(anAttempt({ score: 0, answer: [], place: "jupyter", certainty: "guessing", lesson: "<b>bone</b>" }))).toBe(true);
  });

  it("takes one that is never scored, asks for no certainty, and holds the trainee’s own words", () => {
    const text = "I would listen.\n<b>Then</b> ring.";
    expect(isAttempt(anAttempt({ score: null, certainty: null, text }))).toBe(true);
    expect(isAttempt(anAttempt({ sitting: "s" }))).toBe(true);
    expect(isAttempt(anAttempt({ text: "" }))).toBe(true);
    expect(isAttempt(anAttempt({ text: "x".repeat(LONGEST_TEXT) }))).toBe(true);
  });

  it("takes the whole way through a long case, and no longer one", () => {
    const step = "a-step-of-a-case".repeat(3);
    const way = (steps: number): string[] => Array.from({ length: steps }, (_, index) => `ask:${step}-${index}:b`);
    expect(isAttempt(anAttempt({ answer: way(50) }))).toBe(true);
    expect(isAttempt(anAttempt({ answer: way(51) }))).toBe(false);
  });

  it.each(Object.entries(cases).flatMap(([field, values]) => values.map((value) => ({ field, value }))))(
    "refuses $field: $value",
    ({ field, value }) => expect(isAttempt({ ...anAttempt(), [field]: value })).toBe(false),
  );

  it.each(Object.keys(cases).filter((field) => !["text", "sitting"].includes(field)))("refuses an attempt without %s", (field) => {
    const { [field]: _, ...rest } = anAttempt() as unknown as Record<string, unknown>;
    expect(isAttempt(rest)).toBe(false);
  });

  it.each([null, undefined, "text", 7, [[]]])("refuses %s", (value) => expect(isAttempt(value)).toBe(false));

  /* The record (src/secondsight/record_file.py) takes in a file whole or not at all, so what it would refuse must stop here. */
  it.each([{ id: "" }, { answer: [""] }, { hints: 1.5 }, { at: "22 Nov 2026" }])(
    "refuses what the record refuses: %o",
    (change) => expect(isAttempt({ ...anAttempt(), ...change })).toBe(false),
  );
});
