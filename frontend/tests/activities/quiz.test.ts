import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SsChoice } from "../../src/activities/choice";
import type { SsQuiz } from "../../src/activities/quiz";
import { defineCore, knowChoice } from "../../src/elements";
import { FakeHost, all, anAttempt, anItem, answer, press, words } from "../small-quiz";

knowChoice();
defineCore();
let host: FakeHost;
beforeEach(() => void (host = new FakeHost()));
afterEach(() => document.body.replaceChildren());

async function show(printed = ""): Promise<{ quiz: SsQuiz; choices: SsChoice[] }> {
  const quiz = document.createElement("ss-quiz") as SsQuiz;
  quiz.innerHTML = printed;
  const items = [anItem(), anItem({ id: "other" })];
  Object.assign(quiz, { host, quiz: { id: "q", lesson: "bone", title: "Bone <b>pain</b>", says: "Two <i>questions</i>.", items } });
  document.body.append(quiz);
  await settled(quiz);
  return { quiz, choices: all<SsChoice>(quiz, "ss-choice") };
}

async function settled(quiz: SsQuiz): Promise<void> {
  do await Promise.all(all<SsChoice>(quiz, "ss-choice").map((choice) => choice.updateComplete));
  while (!(await quiz.updateComplete));
}

describe("a quiz", () => {
  it("is a named section with its questions numbered; text stays text", async () => {
    const { quiz, choices } = await show();
    expect(all(quiz, "section")[0]!.getAttribute("aria-label")).toBe("Bone <b>pain</b>");
    expect(words(quiz, "h3")).toBe("Bone <b>pain</b>");
    expect(words(quiz, ".says")).toBe("Two <i>questions</i>.");
    expect(choices.map((choice) => words(choice, ".number"))).toEqual(["Question 1 of 2", "Question 2 of 2"]);
  });

  it("counts what is answered, down again on Try again", async () => {
    const { quiz, choices } = await show();
    expect(words(quiz, ".tally")).toBe("0 of 2 answered");
    await answer(choices[0]!, [1]);
    await settled(quiz);
    expect(words(quiz, ".tally")).toBe("1 of 2 answered");
    expect(host.kept[0]).toMatchObject({ item: "bone-night-pain", lesson: "bone" });
    await press(choices[0]!, "Try again");
    await settled(quiz);
    expect(words(quiz, ".tally")).toBe("0 of 2 answered");
  });

  it("shows the newest answer that its host knows of each item", async () => {
    const at = (hour: number): string => `2026-11-22T${hour}:00:00.000Z`;
    host.kept = [
      anAttempt({ id: "2", answer: ["b"], at: at(12) }), anAttempt({ id: "1", answer: ["a"], score: 0, at: at(10) }),
      anAttempt({ id: "3", item: "elsewhere" }),
    ];
    const { quiz, choices } = await show();
    expect(choices.map((choice) => words(choice, ".verdict"))).toEqual(["Right.", ""]);
    expect(words(quiz, ".tally")).toBe("1 of 2 answered");
  });

  it("shows on restore what was taken in since", async () => {
    const { quiz, choices } = await show();
    host.kept.push(anAttempt({ item: "other" }));
    quiz.restore();
    await settled(quiz);
    expect(choices.map((choice) => words(choice, ".verdict"))).toEqual(["", "Right."]);
    expect(words(quiz, ".tally")).toBe("1 of 2 answered");
  });

  it("keeps its printed form for paper where it has one", async () => {
    expect((await show("<p>printed</p>")).quiz.hasAttribute("printed")).toBe(true);
    expect((await show()).quiz.hasAttribute("printed")).toBe(false);
  });

  it("shows nothing, and does not fall over, before it has its data", async () => {
    const quiz = document.createElement("ss-quiz") as SsQuiz;
    document.body.append(quiz);
    await quiz.updateComplete;
    quiz.restore();
    expect(quiz.renderRoot.textContent).toBe("");
  });
});
