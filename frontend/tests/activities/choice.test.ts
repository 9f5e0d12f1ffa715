import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { SsChoice } from "../../src/activities/choice";
import { defineCore, knowChoice } from "../../src/elements";
import type { ChoiceItem } from "../../src/item";
import {
  FakeHost, InView, all, anAttempt, anItem, anOption, answer, beSure, pick, press, several, words,
} from "../small-quiz";

knowChoice();
defineCore();
let host: FakeHost;

beforeEach(() => {
  host = new FakeHost();
  vi.stubGlobal("IntersectionObserver", InView);
});
afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});

async function show(item: ChoiceItem = anItem()): Promise<SsChoice> {
  const choice = Object.assign(document.createElement("ss-choice") as SsChoice, { item, host, lesson: "bone", number: 2, of: 3 });
  document.body.append(choice);
  await choice.updateComplete;
  return choice;
}

const focused = (choice: SsChoice): Element | null => choice.shadowRoot!.activeElement;
const checked = (choice: SsChoice): HTMLInputElement[] => all<HTMLInputElement>(choice, "input").filter((input) => input.checked);

describe("what stands there before an answer", () => {
  it("is a named group of native radios inside their labels, and one of certainty", async () => {
    const choice = await show();
    expect(words(choice, "fieldset.options > legend")).toMatch(/^Question 2 of 3\s*When is bone pain worse\?$/);
    expect(words(choice, "fieldset.certainty > legend")).toBe("How sure are you?");
    expect(words(choice, ".options label")).toBe("At noon | At night | At sea");
    expect(words(choice, ".certainty label")).toBe("Just guessing | Fairly sure | Sure");
    for (const input of all<HTMLInputElement>(choice, "input")) {
      expect(input.type).toBe("radio");
      expect(input.parentElement!.localName).toBe("label");
    }
    expect(all(choice, "label > input").length).toBe(6);
  });

  it("gives nothing away", async () => {
    const choice = await show();
    expect(all(choice, ".good, .verdict, .mark, .why, .hint")).toEqual([]);
    expect(choice.renderRoot.textContent).not.toContain("Why At night");
  });

  it("holds the regions that will speak, so that they are announced", async () => {
    const choice = await show();
    const [status] = all(choice, "[role=status]");
    const [alert] = all(choice, "[role=alert]");
    expect([status!.textContent!.trim(), alert!.textContent!.trim()]).toEqual(["", ""]);
    host.says = "It was not kept.";
    await answer(choice, [1]);
    await vi.waitFor(() => expect(alert!.textContent).toBe("It was not kept."));
    expect(status!.textContent).toContain("Right.");
    expect(all(choice, "[role=status], [role=alert]")).toEqual([status, alert]);
  });

  it("lets several be chosen, and one be taken back, where several are asked for", async () => {
    const choice = await show(several());
    expect(all<HTMLInputElement>(choice, ".options input").every(({ type }) => type === "checkbox")).toBe(true);
    await pick(choice, 1, 2, 0, 1);
    await beSure(choice, 1);
    await press(choice, "Check my answer");
    expect(host.kept[0]).toMatchObject({ answer: ["a", "c"], score: 1 });
  });
});

describe("an answer", () => {
  it("is kept once, with everything that is known of it", async () => {
    vi.useFakeTimers({ toFake: ["performance", "Date"], now: new Date("2026-11-22T10:15:00Z") });
    const choice = await show();
    vi.advanceTimersByTime(12_380);
    await press(choice, "Show a hint");
    await pick(choice, 0);
    await pick(choice, 1);
    await beSure(choice, 2);
    expect(host.kept).toEqual([]);
    await press(choice, "Check my answer");
    expect(host.kept).toEqual([{ ...anAttempt({ hints: 1, at: "2026-11-22T10:15:12.380Z" }), id: expect.stringMatching(/^[0-9a-f-]{36}$/) }]);
  });

  it("cannot be changed after it was checked", async () => {
    const choice = await show();
    await answer(choice, [1]);
    expect(all<HTMLInputElement>(choice, "input").every(({ disabled }) => disabled)).toBe(true);
  });

  it("is asked for, with focus on the options", async () => {
    const choice = await show();
    await beSure(choice, 0);
    await press(choice, "Check my answer");
    expect(words(choice, "[role=status]")).toBe("Choose an answer first.");
    expect(focused(choice)).toBe(all(choice, ".options input")[0]);
    await pick(choice, 1);
    expect(words(choice, "[role=status]")).toBe("");
    expect(host.kept).toEqual([]);
  });

  it("needs a certainty, which is asked for with focus on it", async () => {
    const choice = await show();
    await pick(choice, 1);
    await press(choice, "Check my answer");
    expect(words(choice, "[role=status]")).toBe("Say how sure you are, then check your answer.");
    expect(focused(choice)).toBe(all(choice, ".certainty input")[0]);
    expect(host.kept).toEqual([]);
    await beSure(choice, 0);
    expect(words(choice, "[role=status]")).toBe("");
    await press(choice, "Check my answer");
    expect(host.kept.length).toBe(1);
  });

  it("that the host cannot keep is said so, and the feedback stays", async () => {
    host.says = "Your answer could not be kept: the lesson is asleep.";
    const choice = await show();
    await answer(choice, [1]);
    await vi.waitFor(() => expect(words(choice, "[role=alert]")).toBe(host.says));
    expect(words(choice, ".verdict")).toBe("Right.");
    await press(choice, "Try again");
    expect(words(choice, "[role=alert]")).toBe("");
  });
});

describe("hints", () => {
  it("open one at a time, and are counted", async () => {
    const choice = await show();
    await press(choice, "Show a hint");
    expect(words(choice, ".hint")).toBe("Hint 1. Think of sleep.");
    await press(choice, "One more hint");
    expect(words(choice, ".hint")).toBe("Hint 1. Think of sleep. | Hint 2. It is dark.");
    expect(words(choice, "button")).toBe("Check my answer");
    await answer(choice, [1]);
    expect(host.kept[0]!.hints).toBe(2);
  });

  it("are not offered where there are none, nor after the answer", async () => {
    expect(words(await show(anItem({ hints: [] })), "button")).toBe("Check my answer");
    const choice = await show();
    await answer(choice, [1]);
    expect(words(choice, "button")).toBe("Try again");
  });
});

describe("feedback", () => {
  it.each([
    ["right", anItem(), [1], 2, "Right."],
    ["right by luck", anItem(), [1], 0, "Right, even though you were guessing."],
    ["partly right", several(), [0], 2, "Partly right."],
    ["wrong", anItem(), [0], 1, "Not this time."],
    ["wrong and sure", anItem(), [0], 2, "Not this time. You were sure, so this one is worth a second look."],
  ] as const)("says in words that the answer was %s", async (_, item, picks, how, says) => {
    const choice = await show(item);
    await answer(choice, [...picks], how);
    expect(words(choice, "[role=status] .verdict")).toBe(says);
  });

  it("marks in words what was chosen and what is right", async () => {
    const choice = await show(several());
    await answer(choice, [0, 1]);
    expect(all(choice, ".options label").map((label) => label.querySelector(".mark")?.textContent ?? "")).toEqual([
      "✓ Your answer, and right", "✗ Your answer", "✓ A right answer", "",
    ]);
  });

  it("gives the why of what was chosen and of the key, and folds the others away", async () => {
    const choice = await show();
    await answer(choice, [0]);
    expect(words(choice, ".told > .why > p:first-child")).toBe("At noon: Why At noon. | At night: Why At night.");
    expect(words(choice, ".told > details:not([open]) .why > p:first-child")).toBe("At sea: Why At sea.");
    expect(words(choice, "summary")).toBe("Why not the other?");
  });

  it("folds nothing away where all is told", async () => {
    const choice = await show(several());
    await answer(choice, [1, 3]);
    expect(all(choice, ".told > .why").length).toBe(4);
    expect(all(choice, "details")).toEqual([]);
  });

  it("names sources: the option's own, else the item's; a link leads out of the page only where it must", async () => {
    const own = [{ label: "CRUK 2024", href: "https://example.org/c" }, { label: "A book", href: "" }];
    const choice = await show(anItem({ options: [{ ...anOption("Yes", true), sources: own }, anOption("No")] }));
    await answer(choice, [1]);
    expect(words(choice, ".cites")).toBe("Sources: CRUK 2024 · A book | Sources: NICE 2023");
    const links = all<HTMLAnchorElement>(choice, ".cites a").map((a) => [a.getAttribute("href"), a.getAttribute("target"), a.getAttribute("rel")]);
    expect(links).toEqual([["https://example.org/c", "_blank", "noreferrer"], ["#s1", null, "noreferrer"]]);
  });

  it("shows text as text, whatever it looks like", async () => {
    const evil = (where: string): string => `<b class="evil">${where}</b> &amp; <img class="evil" src="x">`;
    const sources = [{ label: evil("label"), href: "#s1" }];
    const options = ["first", "second"].map((text, at) => ({ text: evil(text), correct: !at, feedback: evil(`why ${text}`), sources }));
    const choice = await show(anItem({ stem: evil("stem"), options, hints: [evil("hint")] }));
    await press(choice, "Show a hint");
    await answer(choice, [1]);
    expect(all(choice, ".evil")).toEqual([]);
    for (const where of ["stem", "first", "second", "why first", "why second", "hint", "label"]) {
      expect(choice.renderRoot.textContent).toContain(evil(where));
    }
  });
});

describe("Try again", () => {
  it("starts afresh, with focus on the options", async () => {
    const choice = await show();
    await press(choice, "Show a hint");
    await answer(choice, [0]);
    await press(choice, "Try again");
    expect(checked(choice)).toEqual([]);
    expect(all<HTMLInputElement>(choice, "input").some(({ disabled }) => disabled)).toBe(false);
    expect(all(choice, ".mark, .why, .hint, .verdict")).toEqual([]);
    await vi.waitFor(() => expect(focused(choice)).toBe(all(choice, ".options input")[0]));
  });

  it("makes an attempt of its own, with hints and clock from nought", async () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    const choice = await show();
    await press(choice, "Show a hint");
    vi.advanceTimersByTime(60_000);
    await answer(choice, [0]);
    vi.advanceTimersByTime(30_000);
    await press(choice, "Try again");
    vi.advanceTimersByTime(5_000);
    await answer(choice, [1]);
    expect(host.kept.map(({ answer, hints, seconds }) => [answer, hints, seconds])).toEqual([[["a"], 1, 60], [["b"], 0, 5]]);
    expect(host.kept[0]!.id).not.toBe(host.kept[1]!.id);
  });
});

describe("an earlier answer", () => {
  it("is shown with its feedback, certainty and hints", async () => {
    const choice = await show();
    choice.restore(anAttempt({ answer: ["a"], score: 0, hints: 1 }));
    await choice.updateComplete;
    expect(checked(choice).map((input) => input.parentElement!.textContent!.trim())).toEqual([expect.stringContaining("At noon"), "Sure"]);
    expect(words(choice, ".verdict")).toContain("Not this time.");
    expect(words(choice, ".hint")).toBe("Hint 1. Think of sleep.");
    expect(words(choice, "button")).toBe("Try again");
    expect(host.kept).toEqual([]);
  });

  it.each([
    ["another wording", anAttempt({ item_version: "v0" })],
    ["an option that is not there", anAttempt({ answer: ["z"] })],
    ["nothing", undefined],
  ])("is left aside where it answers %s", async (_, attempt) => {
    const choice = await show();
    choice.restore(attempt);
    await choice.updateComplete;
    expect(checked(choice)).toEqual([]);
    expect(words(choice, "button")).toContain("Check my answer");
  });

  it("does not undo a Try again (another answer of the lesson being kept restores the quiz)", async () => {
    const choice = await show();
    await answer(choice, [0]);
    await press(choice, "Try again");
    choice.restore(host.kept[0]);
    await choice.updateComplete;
    expect(words(choice, "button")).toContain("Check my answer");
  });

  it("does not take the place of a newer one that could not be kept", async () => {
    host.says = "Not kept.";
    const choice = await show();
    await answer(choice, [1]);
    choice.restore(anAttempt({ answer: ["a"], score: 0, at: "2020-01-01T00:00:00.000Z" }));
    await choice.updateComplete;
    expect(words(choice, ".verdict")).toBe("Right.");
  });

  it("comes with its feedback also where an answer was just asked for", async () => {
    const choice = await show();
    await press(choice, "Check my answer");
    choice.restore(anAttempt());
    await choice.updateComplete;
    expect(words(choice, "[role=status]")).toContain("Right.");
  });
});
