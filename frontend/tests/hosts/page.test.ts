/**
 * page.ts is a page's script: it runs on import, and begins when the page and the scripts of its
 * kinds are there. So it is imported once, into a page that holds printed quizzes, a clinic, a body
 * map and an earlier answer; PageHost is also tested on its own.
 */

import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { SsChoice } from "../../src/activities/choice";
import type { SsMatch } from "../../src/activities/match";
import type { SsQuiz } from "../../src/activities/quiz";
import { type Attempt, inOrder } from "../../src/attempt";
import type { PageHost } from "../../src/hosts/page";
import * as kit from "../../src/kit";
import type { SsBodyMap } from "../../src/panels/body-map";
import type { SsClinic } from "../../src/panels/clinic";
import type { SsProgressFile } from "../../src/panels/progress-file";
import { read, write } from "../../src/progress-file";
import { printedBodyMap, printedClinic, printedKinds } from "../chunks/printed-kinds";
import { settled, take } from "../small-kinds";
import { all, anAttempt, answer, press, words } from "../small-quiz";
import { printedQuiz } from "./printed-quiz";

const COURSE = "second-sight";
/** Where version 1 kept all answers. */
const FIRST = "second-sight/attempts";
const PREFIX = `second-sight/2/${COURSE}/`;
const NOT_KEPT = /^This browser cannot keep your answers\. You can go on; save your progress to a file before you close the page\.$/;
/** What is kept in the browser's storage, an entry each, oldest first. */
const kept = (): Attempt[] =>
  inOrder(Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).map((key) => JSON.parse(localStorage.getItem(key)!) as Attempt));
const file = (...attempts: Attempt[]): Blob => write(attempts, COURSE);
/** Another tab keeps an answer: the entry is there, and this tab hears of it. */
function fromAnotherTab(attempt: Attempt): void {
  const [key, newValue] = [PREFIX + attempt.id, JSON.stringify(attempt)];
  localStorage.setItem(key, newValue);
  window.dispatchEvent(Object.assign(new Event("storage"), { key, newValue }));
}
const size = (id: string, picked: string, at: string) => anAttempt({ id, item: "bone-size", item_version: "9f2c", answer: [picked], at });

let Host: typeof PageHost;
let quiz: SsQuiz;
let panel: SsProgressFile;
let choices: SsChoice[];

const met = (id: string, level: string, at: string) =>
  anAttempt({ id, item: "v-legs", item_version: "11aa", answer: [level], at });
const sorting = printedQuiz
  .replace('data-quiz="bone"', 'data-quiz="sorting"')
  .replace(/(<p class="says">.*?<\/p>).*(?=<\/section>)/, `$1${printedKinds.match[0]}`);
const before: string[] = [];

beforeAll(async () => {
  document.documentElement.dataset.course = COURSE;
  localStorage.setItem(FIRST, JSON.stringify([size("0", "a", "2026-11-22T10:00:00.000Z")]));
  const parts = [printedQuiz, sorting, printedClinic, printedBodyMap, "<ss-progress-file></ss-progress-file>"];
  document.body.innerHTML = parts.join("");
  ({ PageHost: Host } = await import("../../src/hosts/page"));
  before.push(...[...document.body.children].filter((each) => each.shadowRoot).map(({ localName }) => localName));
  await import("../../src/chunks/match");
  await import("../../src/chunks/vignette");
  await import("../../src/chunks/clinic");
  await import("../../src/chunks/body-map");
  document.dispatchEvent(new Event("DOMContentLoaded"));
  quiz = document.querySelector<SsQuiz>("ss-quiz")!;
  panel = document.querySelector<SsProgressFile>("ss-progress-file")!;
  await quiz.updateComplete;
  choices = all<SsChoice>(quiz, "ss-choice");
});

/** Storage that cannot write (full), or not even read (switched off), to the end of the test. */
function failing(what: "full" | "off"): void {
  const real = localStorage;
  const no = (name: string) => (): never => {
    throw new DOMException("no", name);
  };
  vi.stubGlobal("localStorage", {
    getItem: what === "off" ? no("SecurityError") : (key: string) => real.getItem(key),
    setItem: no("QuotaExceededError"),
  });
}

describe("a page", () => {
  it("sleeps until the scripts of its kinds have come, and gives them what they are built with", () => {
    expect(before).toEqual([]);
    expect((globalThis as unknown as { secondSight: object }).secondSight).toBe(kit);
  });

  it("is alive: the printed quiz is asked, and an earlier answer shown", async () => {
    await choices[0]!.updateComplete;
    expect(choices.map((choice) => words(choice, ".verdict"))).toEqual(["Right.", ""]);
    expect(words(quiz, ".tally")).toBe("1 of 2 answered");
    expect(quiz.hasAttribute("printed")).toBe(true);
    expect(quiz.querySelector(".quiz-printed")).not.toBeNull();
  });

  it("keeps an answer in the browser's storage", async () => {
    await answer(choices[1]!, [0, 2], 2);
    await vi.waitFor(() => expect(kept()).toMatchObject([
      { item: "bone-marrow", lesson: "bone-lesson", answer: ["a", "c"], score: 1, place: "page" },
    ]));
    expect(words(choices[1]!, "[role=alert]")).toBe("");
  });

  it("says so where the storage is full, and the answer is in the file that is saved", async () => {
    await press(choices[1]!, "Try again");
    failing("full");
    await answer(choices[1]!, [1], 0);
    await vi.waitFor(() => expect(words(choices[1]!, "[role=alert]")).toMatch(NOT_KEPT));
    expect(words(choices[1]!, ".verdict")).toBe("Not this time.");
    expect((await read(await panel.host.save(), COURSE)).attempts.map(({ answer }) => answer)).toEqual([["a"], ["a", "c"], ["b"]]);
  });

  it("shows what a progress file held, as soon as it is loaded", async () => {
    await panel.host.load(file(size("1", "b", "2026-11-22T11:00:00.000Z")));
    panel.dispatchEvent(new CustomEvent("ss-loaded", { bubbles: true, composed: true }));
    await choices[0]!.updateComplete;
    expect(words(choices[0]!, ".options .mark")).toBe("✓ A right answer | ✗ Your answer");
  });

  it("shows what was answered in another tab", async () => {
    fromAnotherTab(size("2", "a", "2026-11-22T12:00:00.000Z"));
    await vi.waitFor(() => expect(words(choices[0]!, ".options .mark")).toBe("✓ Your answer, and right"));
  });

  it("shows what a progress file held also where the browser cannot keep it", async () => {
    failing("full");
    const input = all<HTMLInputElement>(panel, "input")[0]!;
    const file = new File([write([size("3", "b", "2026-11-22T13:00:00.000Z")], COURSE)], "progress.jsonl");
    Object.defineProperty(input, "files", { value: [file] });
    input.dispatchEvent(new Event("change"));
    await vi.waitFor(() => expect(words(panel, "[role=status]")).toMatch(/^1 answer loaded\. This browser cannot keep your answers\./));
    await choices[0]!.updateComplete;
    expect(words(choices[0]!, ".options .mark")).toBe("✓ A right answer | ✗ Your answer");
  });
});

describe("what else stands on a page", () => {
  const clinic = (): SsClinic => document.querySelector<SsClinic>("ss-clinic")!;

  it("is a quiz of other kinds, answered and kept like any", async () => {
    const [, sorting] = document.querySelectorAll<SsQuiz>("ss-quiz");
    await sorting!.updateComplete;
    const match = all<SsMatch>(sorting!, "ss-match")[0]!;
    for (const { text, group } of match.item.cards) {
      await take(match, text);
      await take(match, `Put here: ${match.item.groups[group]}`);
    }
    await take(match, "Sure");
    await press(match, "Check my answer");
    await vi.waitFor(() => expect(kept()).toEqual(expect.arrayContaining([
      expect.objectContaining({ item: "match-1", lesson: "bone-lesson", answer: ["a-b", "b-a", "c-a"], score: 1 }),
    ])));
  });

  it("is a clinic, which shows what was answered elsewhere, and what a progress file held", async () => {
    await settled(clinic());
    expect(words(clinic(), ".panel")).toContain("You have met 0 of 2.");
    fromAnotherTab(met("m1", "same-day-emergency", "2026-11-22T10:00:00.000Z"));
    await vi.waitFor(() => expect(words(clinic(), ".panel")).toContain("You have met 1 of 2."));
    await panel.host.load(file(met("m2", "reassure-and-safety-net", "2026-11-22T11:00:00.000Z")));
    panel.dispatchEvent(new CustomEvent("ss-loaded", { bubbles: true, composed: true }));
    await settled(clinic());
    expect(words(clinic(), "td")).toMatch(/^1 of 2/);
  });

  it("is a body map, which has nothing to keep", async () => {
    const map = document.querySelector<SsBodyMap>("ss-body-map")!;
    await settled(map);
    expect(all(map, ".view button").length).toBe(4);
  });
});

describe("the page's host", () => {
  const one = anAttempt({ id: "1", at: "2026-11-22T10:00:00.000Z" });
  const two = anAttempt({ id: "2", item: "other", at: "2026-11-22T11:00:00.000Z" });
  let host: PageHost;
  beforeEach(() => {
    localStorage.clear();
    host = new Host();
  });
  const saved = async (): Promise<Attempt[]> => (await read(await host.save(), COURSE)).attempts;

  it("gives back what it kept, by item, also after a reload, and counts what is of other items", async () => {
    await host.keep(one);
    await host.keep(two);
    expect(new Host().attempts(["other"])).toEqual([two]);
    expect(new Host().attempts([])).toEqual([]);
    expect([new Host().unasked([]), new Host().unasked(["other"]), new Host().unasked(["other", one.item, "more"])]).toEqual([2, 1, 0]);
    expect(kept()).toEqual([one, two]);
  });

  it("shows and saves what version 1 kept, and keeps the new beside it", async () => {
    localStorage.setItem(FIRST, JSON.stringify([one]));
    host = new Host();
    await host.keep(two);
    expect(host.attempts([one.item])).toEqual([one]);
    expect(await saved()).toEqual([one, two]);
    expect(kept()).toEqual([two]);
  });

  it("does not lose what another tab kept meanwhile", async () => {
    const tab = new Host();
    await host.keep(one);
    await tab.keep(two);
    host = new Host();
    expect(await saved()).toEqual([one, two]);
  });

  it("saves oldest first, whatever the order in which they were kept", async () => {
    await host.keep(two);
    await host.keep(one);
    expect(await saved()).toEqual([one, two]);
  });

  it.each(["full", "off"] as const)(
    "holds answers as long as the page lives where storage is %s, and says so once",
    async (what) => {
      failing(what);
      host = new Host();
      await expect(host.keep(one)).rejects.toThrow(NOT_KEPT);
      await expect(host.keep(two)).resolves.toBeUndefined();
      expect(host.attempts([one.item])).toEqual([one]);
      expect(await saved()).toEqual([one, two]);
    },
  );

  it("keeps all of them once storage works again, and no longer complains", async () => {
    failing("full");
    await expect(host.keep(one)).rejects.toThrow();
    vi.unstubAllGlobals();
    await host.keep(two);
    expect(kept()).toEqual([one, two]);
  });

  it("takes in a file: adds what is new, keeps what was there, counts both", async () => {
    await host.keep(one);
    const damaged = new Blob([file(one, two), "damaged\n"]);
    expect(await host.load(damaged)).toBe(
      "1 answer loaded, 1 known already, 1 could not be read. The file has been changed or cut since it was saved.");
    expect(kept()).toEqual([one, two]);
    expect(await host.load(file(one, two))).toBe("0 answers loaded, 2 known already.");
    expect(await host.load(file(one, one, two))).toBe("0 answers loaded, 3 known already.");
  });

  it.each([
    ["no progress file", new Blob(["rubbish"]), /^This is not a progress file/],
    ["of another course", write([two], "ward-six"), /belongs to another course/],
  ])("refuses what is %s, and changes nothing", async (_, strange, says) => {
    await host.keep(one);
    await expect(host.load(strange)).rejects.toThrow(says);
    expect(kept()).toEqual([one]);
  });

  it("holds what a file gave where storage is full, and says that it is not kept", async () => {
    failing("full");
    expect(await host.load(file(one, two))).toMatch(/^2 answers loaded\. This browser cannot keep your answers\./);
    expect(await saved()).toEqual([one, two]);
    expect(kept()).toEqual([]);
  });

  it("lets a file change nothing that is kept already (as the record in Jupyter does)", async () => {
    await host.keep(one);
    await host.load(file({ ...one, score: 0, answer: ["a"] }));
    expect(kept()).toEqual([one]);
  });

  it("erases every answer, for good, and says so", async () => {
    await host.keep(one);
    expect(await host.erase()).toBe("All your answers in this browser are erased.");
    expect(kept()).toEqual([]);
    expect(new Host().attempts([one.item])).toEqual([]);
    expect(await saved()).toEqual([]);
  });
});
