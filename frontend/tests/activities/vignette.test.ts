import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { SsVignette } from "../../src/activities/vignette";
import "../../src/chunks/vignette";
import { LEVELS, type Level } from "../../src/item";
import { LEVEL_NAMES, aVignette, focused, nameOf, one, show as put, take } from "../small-kinds";
import { FakeHost, all, press, words } from "../small-quiz";

let host: FakeHost;
beforeEach(() => void (host = new FakeHost()));
afterEach(() => document.body.replaceChildren());

const show = (changes: object = {}, action: Level = LEVELS[0]): Promise<SsVignette> =>
  put<SsVignette>("ss-vignette", aVignette({ action }), host, { levels: LEVEL_NAMES, number: 3, of: 10, ...changes });

async function decide(vignette: SsVignette, level: number): Promise<void> {
  await take(vignette, LEVEL_NAMES[level]!);
  await take(vignette, "Sure");
  await press(vignette, "Check my answer");
}

it("a vignette tells its story and asks how fast to act; the words that matter are not marked yet", async () => {
  const vignette = await show();
  expect(words(vignette, ".number")).toBe("3 of 10");
  expect(words(vignette, ".text")).toBe("Ann says her legs are numb since noon.");
  expect(all(vignette, "mark")).toEqual([]);
  expect(words(vignette, "fieldset.options > legend")).toBe("How fast does this need action?");
  expect(all(vignette, ".options label").map(nameOf)).toEqual(LEVEL_NAMES);
});

it("a level is asked for, with the focus on the levels", async () => {
  const vignette = await show();
  await take(vignette, "Sure");
  await press(vignette, "Check my answer");
  expect(words(vignette, ".told")).toBe("Choose how fast to act first.");
  expect(focused(vignette)).toBe(all(vignette, ".options input")[0]);
  await take(vignette, LEVEL_NAMES[2]!);
  expect(words(vignette, ".told")).toBe("");
});

describe("what a vignette tells", () => {
  it.each([
    [1, 1, "The right speed.", 1, "good"],
    [1, 0, "Faster than needed.", 0.5, "bad"],
    [1, 2, "Too slow for this one.", 0, "bad"],
    [3, 0, "Faster than needed.", 0, "bad"],
    [0, 3, "Too slow for this one.", 0, "bad"],
  ])("where it needs level %i and level %i was chosen: %s", async (key, chosen, says, score, tone) => {
    const vignette = await show({}, LEVELS[key]!);
    await decide(vignette, chosen);
    expect(host.kept[0]).toMatchObject({ answer: [LEVELS[chosen]], score, certainty: "sure" });
    expect(words(vignette, ".verdict")).toBe(says);
    expect(one(vignette, ".verdict").classList.contains(tone)).toBe(true);
    const marks = LEVEL_NAMES.map((name, level) =>
      level === key
        ? `${name} ${chosen === key ? "✓ Your answer, and right" : "✓ The right level"}`
        : level === chosen
          ? `${name} ✗ Your answer`
          : name,
    );
    expect(all(vignette, ".options label").map(nameOf)).toEqual(marks);
  });

  it("is then marked in its words, with the why", async () => {
    const vignette = await show();
    await decide(vignette, 3);
    expect(words(vignette, "mark")).toBe("her legs are numb");
    expect(words(vignette, ".text")).toBe("Ann says her legs are numb since noon.");
    expect(words(vignette, ".told > p:nth-of-type(2)")).toBe("Why at once.");
  });
});

it.each(["Next", "See how you did"])("the button then leads on where it is to (%s): there is no second try", async (name) => {
  const vignette = await show({ onward: name });
  const next = vi.fn();
  document.addEventListener("ss-next", next, { once: true });
  await decide(vignette, 0);
  expect(words(vignette, "button")).toBe(name);
  await press(vignette, name);
  expect(next).toHaveBeenCalledOnce();
  expect(words(vignette, ".verdict")).toBe("The right speed.");
  expect(host.kept.length).toBe(1);
});

it("for who comes from the one before, it begins at its text", async () => {
  const vignette = await show();
  vignette.begin();
  await vignette.updateComplete;
  expect(focused(vignette)).toBe(one(vignette, ".text"));
});
