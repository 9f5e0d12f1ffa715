import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SsSpot } from "../../src/activities/spot";
import "../../src/chunks/spot";
import type { SpotItem } from "../../src/item";
import { aSpot, at, nameOf, one, settled, show as put, take } from "../small-kinds";
import { FakeHost, all, press, words } from "../small-quiz";

let host: FakeHost;
beforeEach(() => void (host = new FakeHost()));
afterEach(() => document.body.replaceChildren());

const show = (changes: Partial<SpotItem> = {}): Promise<SsSpot> => put<SsSpot>("ss-spot", aSpot(changes), host);
const PHRASES = ["my back wakes me", "a cold", "I slept late", "my legs are numb"];

async function mark(spot: SsSpot, ...names: string[]): Promise<void> {
  for (const name of names) await take(spot, name);
  await take(spot, "Sure");
  await press(spot, "Check my answer");
}
const counts = (spot: SsSpot): Record<string, string> =>
  Object.fromEntries(
    all(spot, ".told tr").map((row) => [
      row.querySelector("th")!.textContent!.trim(),
      row.querySelector("td")!.textContent!.trim(),
    ]),
  );

describe("a text to be marked", () => {
  it("reads as it was written, in its paragraphs, each phrase a checkbox that is named by its words", async () => {
    const spot = await show();
    expect(words(spot, ".text p:not(.form)")).toBe(
      "Well, my back wakes me and I have a cold. | I slept late and my legs are numb.",
    );
    expect(all(spot, "label.phrase").map(nameOf)).toEqual(PHRASES);
    expect(all<HTMLInputElement>(spot, "label.phrase > input").map(({ type }) => type)).toEqual(
      PHRASES.map(() => "checkbox"),
    );
    expect(words(spot, ".task fieldset > legend")).toBe("The stem of spot.");
  });

  it.each([
    ["words", "In their own words"],
    ["call", "On the phone"],
    ["letter", "A letter"],
    ["note", "A note"],
  ] as const)("says what it is: %s", async (form, says) => {
    expect(words(await show({ form }), ".form")).toBe(says);
  });

  it("has phrases that are marked, and taken back", async () => {
    const spot = await show();
    for (const name of ["a cold", "my legs are numb"]) await take(spot, name);
    await mark(spot, "a cold");
    expect(all<HTMLInputElement>(spot, "label.phrase > input").map(({ checked }) => checked)).toEqual([
      false,
      false,
      false,
      true,
    ]);
    expect(host.kept[0]).toMatchObject({ answer: ["d"], score: 0.5 });
  });
});

describe("the feedback of a marking", () => {
  it("counts hits, misses, false alarms and correct rejections, each with what it means", async () => {
    const spot = await show();
    await mark(spot, "my back wakes me", "a cold");
    expect(host.kept[0]).toMatchObject({ answer: ["a", "b"], score: 0 });
    expect(counts(spot)).toEqual({
      "Hits: cues you marked": "1",
      "Misses: cues you left": "1",
      "False alarms: harmless phrases you marked": "1",
      "Correct rejections: harmless phrases you left": "1",
    });
    expect(words(spot, ".told caption")).toBe("How your marks came out");
  });

  it("gives what went wrong, then the hits, each with its why, and folds away what was rightly left", async () => {
    const spot = await show();
    await mark(spot, "my back wakes me", "a cold");
    expect(words(spot, ".told > .why")).toBe(
      [
        "✗ False alarm · “a cold” Why a cold.",
        "✗ Miss · “my legs are numb” Why my legs are numb.",
        "✓ Hit · “my back wakes me” Why my back wakes me.",
      ].join(" | "),
    );
    expect(words(spot, ".told > details:not([open]) > .why")).toBe(
      "✓ Left, and rightly · “I slept late” Why I slept late.",
    );
    expect(words(spot, "summary")).toBe("Why you could leave the others");
  });

  it("shows in the text what went right and wrong", async () => {
    const spot = await show();
    await mark(spot, "my back wakes me", "a cold");
    expect(all(spot, "label.phrase").map((phrase) => phrase.className.trim())).toEqual([
      "phrase good",
      "phrase bad",
      "phrase",
      "phrase bad",
    ]);
  });

  it("of the cues and nothing else is right, and folds the rest away", async () => {
    const spot = await show();
    await mark(spot, "my legs are numb", "my back wakes me");
    expect(host.kept[0]).toMatchObject({ answer: ["a", "d"], score: 1 });
    expect(words(spot, ".verdict")).toBe("Right.");
    expect(all(spot, "details > .why").length).toBe(2);
  });

  it("folds nothing away where everything was marked", async () => {
    const spot = await show();
    await mark(spot, ...PHRASES);
    expect(all(spot, "details")).toEqual([]);
    expect(all(spot, ".told > .why").length).toBe(4);
  });
});

describe("to mark nothing", () => {
  it("is an answer, kept as such", async () => {
    const spot = await show();
    await mark(spot);
    expect(host.kept[0]).toMatchObject({ answer: ["none"], score: 0 });
    expect(counts(spot)).toMatchObject({ "Hits: cues you marked": "0", "Misses: cues you left": "2" });
    expect(words(spot, ".told > .why")).toContain("✗ Miss · “my back wakes me”");
  });

  it("comes back as it was", async () => {
    const spot = await show();
    spot.restore(at(spot.item, { answer: ["none"], score: 0 }));
    await settled(spot);
    expect(all<HTMLInputElement>(spot, "label.phrase > input").some(({ checked }) => checked)).toBe(false);
    expect(one(spot, ".verdict").textContent).toContain("Not this time.");
  });
});
