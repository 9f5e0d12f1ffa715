import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SsWorked } from "../../src/activities/worked";
import "../../src/chunks/worked";
import { aWorked, at, focused, nameOf, settled, show as put, take } from "../small-kinds";
import { FakeHost, all, press, words } from "../small-quiz";

let host: FakeHost;
beforeEach(() => void (host = new FakeHost()));
afterEach(() => document.body.replaceChildren());

const show = (): Promise<SsWorked> => put<SsWorked>("ss-worked", aWorked(), host);

async function find(step: string, mend: string): Promise<SsWorked> {
  const worked = await show();
  for (const name of [step, mend, "Sure"]) await take(worked, name);
  await press(worked, "Check my answer");
  return worked;
}

it("a worked case has its steps and its mends as two named groups of radios", async () => {
  const worked = await show();
  expect(words(worked, ".intro")).toBe("The stem of worked.");
  expect(words(worked, ".task fieldset > legend")).toBe("1. Which step is the slip? | 2. What would have been safer?");
  expect(all(worked, ".steps label").map(nameOf)).toEqual(["He listened", "He waited a week", "He wrote it down"]);
  expect(all(worked, ".mends label").map(nameOf)).toEqual(["Wait two weeks", "Say nothing", "Ring at once"]);
  const groups = all<HTMLInputElement>(worked, ".task input").map(({ type, name }) => `${type} ${name}`);
  expect(groups).toEqual([...Array(3).fill("radio step"), ...Array(3).fill("radio mend")]);
});

it("the step is asked for first, then the mend, each with the focus on it", async () => {
  const worked = await show();
  await press(worked, "Check my answer");
  expect(words(worked, ".told")).toBe("Choose the step with the slip first.");
  expect(focused(worked)).toBe(all(worked, ".steps input")[0]);
  await take(worked, "He waited a week");
  expect(words(worked, ".told")).toBe("");
  await press(worked, "Check my answer");
  expect(words(worked, ".told")).toBe("Choose how to mend it.");
  expect(focused(worked)).toBe(all(worked, ".mends input")[0]);
  expect(host.kept).toEqual([]);
});

it.each([
  ["He waited a week", "Ring at once", ["b", "c"], 1, "Right."],
  ["He waited a week", "Say nothing", ["b", "b"], 0.5, "Partly right."],
  ["He listened", "Ring at once", ["a", "c"], 0.5, "Partly right."],
  ["He listened", "Say nothing", ["a", "b"], 0, "Not this time. You were sure, so this one is worth a second look."],
])("%s and %s: the slip and the mend are worth a half each", async (step, mend, answer, score, says) => {
  const worked = await find(step, mend);
  expect(host.kept[0]).toMatchObject({ answer, score });
  expect(words(worked, ".verdict")).toBe(says);
});

describe("the feedback of a worked case", () => {
  it("says in words what was chosen and what is right", async () => {
    const worked = await find("He listened", "Say nothing");
    expect(all(worked, ".task label").map(nameOf)).toEqual([
      "He listened ✗ This step is sound · your answer",
      "He waited a week ✓ The slip",
      "He wrote it down",
      "Wait two weeks",
      "Say nothing ✗ Not this · your answer",
      "Ring at once ✓ The safer way",
    ]);
  });

  it("gives the why of what was chosen and of what is right, and folds the rest away", async () => {
    const worked = await find("He listened", "Say nothing");
    expect(words(worked, ".told > .why")).toBe(
      "The step you chose: Why listening. | The slip: Why waiting. | " +
        "Say nothing: Why Say nothing. | Ring at once: Why Ring at once.",
    );
    expect(words(worked, ".told > details:not([open]) > .why")).toBe(
      "He wrote it down: Why writing. | Wait two weeks: Why Wait two weeks.",
    );
  });

  it("of the slip and its mend gives the why of both, once", async () => {
    const worked = await find("He waited a week", "Ring at once");
    expect(words(worked, ".told > .why")).toBe("The slip: Why waiting. | Ring at once: Why Ring at once.");
    expect(all(worked, ".task .bad, .told > .bad")).toEqual([]);
  });
});

it("a kept answer shows both of its parts", async () => {
  const worked = await show();
  worked.restore(at(worked.item, { answer: ["b", "a"], score: 0.5 }));
  await settled(worked);
  expect(all<HTMLInputElement>(worked, ".task input").map(({ checked }) => checked)).toEqual([
    false,
    true,
    false,
    true,
    false,
    false,
  ]);
});
