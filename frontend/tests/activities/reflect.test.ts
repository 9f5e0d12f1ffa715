import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SsReflect } from "../../src/activities/reflect";
import { LONGEST_TEXT } from "../../src/attempt";
import "../../src/chunks/reflect";
import { aReflect, at, focused, one, settled, show as put, take } from "../small-kinds";
import { FakeHost, all, press, words } from "../small-quiz";

let host: FakeHost;
beforeEach(() => void (host = new FakeHost()));
afterEach(() => document.body.replaceChildren());

const show = (): Promise<SsReflect> => put<SsReflect>("ss-reflect", aReflect(), host);
const field = (reflect: SsReflect): HTMLTextAreaElement => one<HTMLTextAreaElement>(reflect, "textarea");
async function write(reflect: SsReflect, text: string): Promise<void> {
  field(reflect).value = text;
  field(reflect).dispatchEvent(new Event("input"));
  await settled(reflect);
}
async function keep(reflect: SsReflect, text: string, ...points: string[]): Promise<void> {
  await write(reflect, text);
  await press(reflect, "Compare with a model answer");
  for (const point of points) await take(reflect, point);
  await press(reflect, "Keep my answer");
}

describe("to write in one’s own words", () => {
  it("comes first: a labelled field, what becomes of the words, and neither model nor points to copy", async () => {
    const reflect = await show();
    expect(one<HTMLLabelElement>(reflect, "label").htmlFor).toBe(field(reflect).id);
    expect(words(reflect, "label")).toBe("The stem of reflect.");
    expect(words(reflect, ".task .note")).toMatch(/never scored/);
    expect(all(reflect, "input, .model, .options")).toEqual([]);
    expect(reflect.renderRoot.textContent).not.toContain("Listening");
    expect(field(reflect).maxLength).toBe(LONGEST_TEXT);
  });

  it.each(["", "   \n "])("is asked for, with the focus on it: %j", async (text) => {
    const reflect = await show();
    await write(reflect, text);
    await press(reflect, "Compare with a model answer");
    expect(words(reflect, ".told")).toBe("Write a sentence or two first. Nobody else reads it.");
    expect(focused(reflect)).toBe(field(reflect));
    expect(all(reflect, ".model")).toEqual([]);
    await write(reflect, "I would ring.");
    expect(words(reflect, ".told")).toBe("");
  });

  it("is compared with a model answer, announced, before anything is kept; it can still be bettered", async () => {
    const reflect = await show();
    const status = one(reflect, "form > [role=status]:not(.told)");
    await write(reflect, "I would ring.");
    await press(reflect, "Compare with a model answer");
    expect(status.textContent).toContain("I would listen, and then ring.");
    expect(host.kept).toEqual([]);
    await write(reflect, "I would listen and ring.");
    await press(reflect, "Keep my answer");
    expect(host.kept.map(({ text }) => text)).toEqual(["I would listen and ring."]);
  });
});

describe("what is kept of it", () => {
  it("is the text and the points ticked, never a score, nor a certainty", async () => {
    const reflect = await show();
    await keep(reflect, "  I would ring.\nAnd <b>write</b>.  ", "Writing", "Listening", "Writing");
    expect(host.kept).toMatchObject([
      { answer: ["a"], score: null, certainty: null, text: "I would ring.\nAnd <b>write</b>." },
    ]);
    expect(all(reflect, ".certainty, .verdict, .good, .bad:not(.note)")).toEqual([]);
  });

  it.each([
    [[], "You covered 0 of 3. What is not ticked is worth adding when you say it the next time."],
    [["Ringing", "Writing"], "You covered 2 of 3. What is not ticked is worth adding when you say it the next time."],
    [["Listening", "Ringing", "Writing"], "You covered 3 of 3. That is all of them."],
  ])("is answered by what it covered: %j", async (points, says) => {
    const reflect = await show();
    await keep(reflect, "I would.", ...points);
    expect(words(reflect, ".told > p:first-child")).toBe(says);
  });

  it("comes back with its words, its points and the model answer", async () => {
    const reflect = await show();
    reflect.restore(at(reflect.item, { answer: ["c"], score: null, certainty: null, text: "I wrote this." }));
    await settled(reflect);
    expect(field(reflect).value).toBe("I wrote this.");
    expect(all<HTMLInputElement>(reflect, ".options input").map(({ checked }) => checked)).toEqual([
      false,
      false,
      true,
    ]);
    expect(words(reflect, ".model")).toBe("I would listen, and then ring.");
    expect(words(reflect, "button")).toBe("Write on");
  });
});

describe("to write on", () => {
  it("leaves the words to go on from, with the focus there, and folds the model away", async () => {
    const reflect = await show();
    await keep(reflect, "I would ring.", "Ringing");
    await press(reflect, "Write on");
    await settled(reflect);
    expect(field(reflect).value).toBe("I would ring.");
    expect(field(reflect).readOnly).toBe(false);
    expect(focused(reflect)).toBe(field(reflect));
    expect(all(reflect, ".model, .options")).toEqual([]);
    await keep(reflect, "I would ring and write.", "Ringing", "Writing");
    expect(host.kept.map(({ answer, text }) => [answer, text])).toEqual([
      [["b"], "I would ring."],
      [["b", "c"], "I would ring and write."],
    ]);
  });

  it("is not undone by an answer elsewhere in the lesson, which shows what is kept anew", async () => {
    const reflect = await show();
    await keep(reflect, "I would ring.");
    await press(reflect, "Write on");
    await write(reflect, "I would ring, and");
    reflect.restore(host.kept[0]);
    await settled(reflect);
    expect(field(reflect).value).toBe("I would ring, and");
    expect(words(reflect, "button")).toBe("Compare with a model answer");
  });

  it("nor are words that are being written lost where nothing is kept yet, or what is kept does not fit", async () => {
    const reflect = await show();
    await write(reflect, "I would");
    reflect.restore(undefined);
    reflect.restore(at(reflect.item, { answer: ["z"], score: null, text: "Other words." }));
    await settled(reflect);
    expect(field(reflect).value).toBe("I would");
  });
});
