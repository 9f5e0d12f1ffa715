/** What every kind of item promises, whatever is answered and how; what is its own stands in its own file. */

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Answering } from "../../src/activities/answering";
import "../../src/chunks/case";
import "../../src/chunks/clinic";
import "../../src/chunks/vignette";
import "../../src/chunks/hotspot";
import "../../src/chunks/match";
import "../../src/chunks/order";
import "../../src/chunks/reflect";
import "../../src/chunks/spot";
import "../../src/chunks/worked";
import { isAttempt } from "../../src/attempt";
import { knowChoice } from "../../src/elements";
import type { Item } from "../../src/item";
import { elementFor } from "../../src/kinds";
import {
  LEVEL_NAMES,
  aCase,
  aHotspot,
  aMatch,
  aReflect,
  aSpot,
  aVignette,
  aWorked,
  anOrder,
  at,
  focused,
  settled,
  show,
  take,
} from "../small-kinds";
import { FakeHost, InView, all, anItem, words } from "../small-quiz";

knowChoice();

type Element = Answering<Item>;

interface Kind {
  item: Item;
  tag: string;
  /** Give the answer by its controls, all but the last press. */
  answer: (element: Element) => Promise<void>;
  /** What is kept of it. */
  kept: { answer: string[]; score: number | null; text?: string };
  /** Answers that do not fit the item. */
  unfit: string[][];
  /** The button that ends it, and the one that begins anew (none in a clinic, which goes on). */
  check?: string;
  again?: string | null;
  /** Words of the feedback, which must not be there before. */
  secret: string;
  changes?: object;
}

const takes =
  (...names: string[]) =>
  async (element: Element): Promise<void> => {
    for (const name of names) await take(element, name);
  };

const kinds: Record<Item["kind"], Kind> = {
  choice: {
    tag: "ss-choice",
    item: anItem(),
    answer: takes("At noon"),
    kept: { answer: ["a"], score: 0 },
    unfit: [["d"], ["A"], ["ab"], ["a", "z"]],
    secret: "Why At night",
  },
  hotspot: {
    tag: "ss-hotspot",
    item: aHotspot(),
    answer: takes("b: The ear"),
    kept: { answer: ["b"], score: 0 },
    unfit: [["d"], ["ear"]],
    secret: "Why The hip",
  },
  match: {
    tag: "ss-match",
    item: aMatch(),
    answer: takes(
      "In the breast",
      "Put here: Primary",
      "In the bone",
      "Put here: Primary",
      "In the duct",
      "Put here: Primary",
      "In the lobule",
      "Put here: Primary",
    ),
    kept: { answer: ["a-a", "b-a", "c-a", "d-a"], score: 0.75 },
    unfit: [[], ["a-a", "b-a", "c-a"], ["a-a", "b-a", "c-a", "d-c"], ["a-a", "b-a", "c-a", "d"], ["a", "b", "c", "d"]],
    secret: "Why bone.",
  },
  order: {
    tag: "ss-order",
    item: anOrder(),
    answer: takes("Move up: Look", "Move up: Look", "Move up: Look"),
    kept: { answer: ["d", "a", "b", "c"], score: 0 },
    unfit: [
      [],
      ["a", "b", "c"],
      ["a", "b", "c", "c"],
      ["a", "b", "c", "e"],
      ["a", "b", "c", "d", "e"],
      ["a", "b", "c", "d", "d"],
    ],
    secret: "Why listen.",
  },
  spot: {
    tag: "ss-spot",
    item: aSpot(),
    answer: takes("my legs are numb", "a cold", "my back wakes me"),
    kept: { answer: ["a", "b", "d"], score: 0.5 },
    unfit: [["e"], ["a", "z"], ["nothing"]],
    secret: "Why a cold",
  },
  worked: {
    tag: "ss-worked",
    item: aWorked(),
    answer: takes("He listened", "Ring at once"),
    kept: { answer: ["a", "c"], score: 0.5 },
    unfit: [[], ["b"], ["d", "a"], ["a", "d"]],
    secret: "Why waiting.",
  },
  reflect: {
    tag: "ss-reflect",
    item: aReflect(),
    check: "Keep my answer",
    again: "Write on",
    answer: async (element) => {
      const field = all<HTMLTextAreaElement>(element, "textarea")[0]!;
      field.value = " I would <b>ring</b>.\n";
      field.dispatchEvent(new Event("input"));
      await takes("Compare with a model answer", "Ringing", "Writing", "Listening", "Listening")(element);
    },
    kept: { answer: ["b", "c"], score: null, text: "I would <b>ring</b>." },
    unfit: [["d"], ["Ringing"]],
    secret: "and then ring",
  },
  case: {
    tag: "ss-case",
    item: aCase(),
    answer: takes("When is it worst? 3 min", "Go on", "Wave her off", "Go on", "Ring the team", LEVEL_NAMES[0]!),
    kept: {
      answer: ["ask:listen:a", "way:listen:a", "way:look:b", "way:waved:a", "way:look:a", "act:same-day-emergency"],
      score: (2 * 0.5 + 1 / 2) / 3,
    },
    unfit: [
      [],
      ["act:same-day-emergency"],
      ["way:listen:a", "way:look:a"],
      ["way:listen:a", "way:look:a", "act:tomorrow"],
      ["way:listen:a", "act:same-day-emergency"],
      ["way:listen:a", "way:look:c", "act:same-day-emergency"],
      ["way:look:a", "act:same-day-emergency"],
      ["way:listen:a", "way:waved:a", "act:same-day-emergency"],
      ["ask:listen:d", "way:listen:a", "way:look:a", "act:same-day-emergency"],
      ["ask:nowhere:a", "way:listen:a", "way:look:a", "act:same-day-emergency"],
    ],
    secret: "Nights tell",
  },
  vignette: {
    tag: "ss-vignette",
    item: aVignette(),
    answer: takes(LEVEL_NAMES[1]!),
    kept: { answer: ["contact-team-within-days"], score: 0 },
    unfit: [[], ["a"], ["today"]],
    secret: "Why at once",
    again: null,
    changes: { levels: LEVEL_NAMES },
  },
};

const table = Object.entries(kinds).map(([name, kind]) => ({
  name,
  check: "Check my answer",
  again: "Try again",
  ...kind,
}));
const certain = table.filter(({ kept }) => kept.score !== null);
const repeatable = table.filter(({ again }) => again);

let host: FakeHost;
beforeEach(() => {
  host = new FakeHost();
  vi.stubGlobal("IntersectionObserver", InView);
});
afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});

const open = ({ tag, item, changes }: Kind): Promise<Element> => show<Element>(tag, item, host, changes);

async function give(kind: (typeof table)[number], element: Element, certainty = "Fairly sure"): Promise<void> {
  await kind.answer(element);
  if (kind.kept.score !== null) await take(element, certainty);
  await take(element, kind.check);
}

/** All that can be seen, but for what was announced on the way. */
function seen(element: Element): object {
  const copy = document.createElement("div");
  copy.innerHTML = all(element, "form")[0]!.outerHTML;
  for (const passing of copy.querySelectorAll(".unseen[role=status]")) passing.remove();
  return {
    text: copy.textContent!.replace(/\s+/g, " ").trim(),
    right: copy.querySelectorAll(".good").length,
    wrong: copy.querySelectorAll(".bad:not(.note)").length,
    checked: all<HTMLInputElement>(element, "input").map(({ checked }) => checked),
    pressed: all(element, "[aria-pressed]").map((each) => each.getAttribute("aria-pressed")),
    written: all<HTMLTextAreaElement>(element, "textarea").map(({ value }) => value.trim()),
  };
}

it("the table has every kind there is", () => {
  expect(table.map(({ item }) => item.kind)).toEqual(table.map(({ name }) => name));
  expect(table.length).toBe(9);
});

describe("a kind is known by its name", () => {
  it.each(table.filter(({ name }) => name !== "vignette"))("$name", ({ item, tag }) =>
    expect(elementFor(item).localName).toBe(tag),
  );
});

describe("before an answer nothing is given away", () => {
  it.each(table)("$name", async (kind) => {
    const element = await open(kind);
    expect(element.renderRoot.textContent).not.toContain(kind.secret);
    expect(all(element, ".good, .bad:not(.note), .verdict, .mark, .why, .cites")).toEqual([]);
    await kind.answer(element);
    if (kind.name === "reflect") return;
    expect(element.renderRoot.textContent).not.toContain(kind.secret);
    expect(all(element, ".good, .bad:not(.note), .verdict, .mark, .why, .cites")).toEqual([]);
    expect(host.kept).toEqual([]);
  });
});

describe("an answer is kept once, whole, in the shape that is kept everywhere", () => {
  it.each(table)("$name", async (kind) => {
    vi.useFakeTimers({ toFake: ["performance", "Date"], now: new Date("2026-11-22T10:15:00Z") });
    const element = await open(kind);
    vi.advanceTimersByTime(7_200);
    await give(kind, element);
    const { text, ...kept } = kind.kept;
    expect(host.kept).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        item: kind.item.id,
        item_version: "v1",
        lesson: "bone",
        ...kept,
        score: kept.score === null ? null : expect.closeTo(kept.score),
        certainty: kept.score === null ? null : "fairly-sure",
        hints: 0,
        seconds: 7.2,
        at: "2026-11-22T10:15:07.200Z",
        place: "page",
        ...(text === undefined ? {} : { text }),
      },
    ]);
    expect(isAttempt(JSON.parse(JSON.stringify(host.kept[0])))).toBe(true);
  });
});

describe("after an answer the feedback is announced, sources are named, and nothing can be changed", () => {
  it.each(table)("$name", async (kind) => {
    const element = await open(kind);
    await kind.answer(element);
    const status = all(element, ".told")[0]!;
    expect(status.getAttribute("role")).toBe("status");
    if (kind.kept.score !== null) await take(element, "Sure");
    await take(element, kind.check);
    expect(all(element, ".told")).toEqual([status]);
    if (kind.name !== "reflect") expect(status.textContent).toContain(kind.secret);
    expect(words(element, ".told .cites")).toContain("Sources: NICE 2023");
    expect(all<HTMLInputElement>(element, "input").every(({ disabled }) => disabled)).toBe(true);
    expect(all<HTMLTextAreaElement>(element, "textarea").every(({ readOnly }) => readOnly)).toBe(true);
    expect(all<HTMLButtonElement>(element, ".task button").every(({ disabled }) => disabled)).toBe(true);
    expect(focused(element)).toBe(all(element, "button[type=submit]")[0]);
  });
});

describe("certainty is asked for, with the focus on it", () => {
  it.each(certain)("$name", async (kind) => {
    const element = await open(kind);
    await kind.answer(element);
    await take(element, kind.check);
    expect(words(element, ".told")).toBe("Say how sure you are, then check your answer.");
    expect(focused(element)).toBe(all(element, ".certainty input")[0]);
    expect(host.kept).toEqual([]);
    await take(element, "Just guessing");
    expect(words(element, ".told")).toBe("");
    await take(element, kind.check);
    expect(host.kept.map(({ certainty }) => certainty)).toEqual(["guessing"]);
  });
});

describe("an answer that was kept looks, when it comes back, as it did when it was given", () => {
  it.each(table)("$name", async (kind) => {
    const first = await open(kind);
    await give(kind, first);
    const before = seen(first);
    const second = await open(kind);
    second.restore(JSON.parse(JSON.stringify(host.kept[0])));
    await settled(second);
    expect(seen(second)).toEqual(before);
    expect(host.kept.length).toBe(1);
  });
});

describe("an answer that does not fit is left aside, and changes nothing", () => {
  it.each(
    table.flatMap((kind) =>
      kind.unfit.map((answer) => ({ ...kind, answer_: answer, says: answer.join(" ") || "(empty)" })),
    ),
  )("$name: $says", async (kind) => {
    const element = await open(kind);
    const before = seen(element);
    element.restore(at(kind.item, { answer: kind.answer_ }));
    await settled(element);
    expect(seen(element)).toEqual(before);
    expect(element.attempt).toBeNull();
    await give(kind, element);
    expect(host.kept.map(({ answer }) => answer)).toEqual([kind.kept.answer]);
  });

  it.each(table)("$name: an answer to another wording", async (kind) => {
    const element = await open(kind);
    const before = seen(element);
    element.restore(at(kind.item, { answer: kind.kept.answer, item_version: "v0" }));
    await settled(element);
    expect(seen(element)).toEqual(before);
  });
});

describe("one can begin anew, from the start and with the focus there, and answer again", () => {
  it.each(repeatable)("$name", async (kind) => {
    const element = await open(kind);
    const before = seen(element);
    await give(kind, element);
    await take(element, kind.again!);
    await vi.waitFor(() => expect(focused(element)?.matches(".task *")).toBe(true));
    if (kind.name !== "reflect") expect(seen(element)).toEqual(before);
    expect(element.attempt).toBeNull();
    await give(kind, element, "Sure");
    expect(host.kept.length).toBe(2);
    expect(host.kept[0]!.id).not.toBe(host.kept[1]!.id);
    expect(host.kept[1]!.answer).toEqual(kind.kept.answer);
  });
});

describe("an answer that cannot be kept is said so, and its feedback stays", () => {
  it.each(table)("$name", async (kind) => {
    host.says = "Your answer could not be kept: the lesson is asleep.";
    const element = await open(kind);
    await give(kind, element);
    await vi.waitFor(() => expect(words(element, "[role=alert]")).toBe(host.says));
    expect(words(element, ".told .cites")).toContain("NICE 2023");
  });
});

describe("text is shown as text, whatever it looks like", () => {
  const evil = '<img class="evil" src="x"> &amp; ';
  /** The same data with every text that a trainee reads made evil. */
  const spoilt = (data: unknown, name = ""): unknown => {
    if (Array.isArray(data)) return data.map((each) => spoilt(each, name));
    if (typeof data === "object" && data)
      return Object.fromEntries(Object.entries(data).map(([key, each]) => [key, spoilt(each, key)]));
    const kept = ["kind", "id", "version", "answers", "form", "action", "svg", "next", "card", "href"].includes(name);
    return typeof data === "string" && !kept ? evil + data : data;
  };

  it.each(table)("$name", async (kind) => {
    const item = spoilt(kind.item) as Item;
    const element = await show<Element>(kind.tag, { ...item, version: "v1" }, host, {
      levels: LEVEL_NAMES.map((name) => evil + name),
    });
    element.restore({ ...at(kind.item, { answer: kind.kept.answer }), text: evil });
    await settled(element);
    expect(element.attempt).not.toBeNull();
    expect(element.renderRoot.textContent).toContain(evil.trim());
    expect(all(element, ".evil")).toEqual([]);
  });
});
