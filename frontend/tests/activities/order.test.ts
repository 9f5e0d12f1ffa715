import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SsOrder } from "../../src/activities/order";
import "../../src/chunks/order";
import { anOrder, drag, focused, key, nameOf, named, settled, show as put, take } from "../small-kinds";
import { FakeHost, all, press, words } from "../small-quiz";

let host: FakeHost;
beforeEach(() => void (host = new FakeHost()));
afterEach(() => document.body.replaceChildren());

const show = (): Promise<SsOrder> => put<SsOrder>("ss-order", anOrder(), host);
const step = (order: SsOrder, name: string): HTMLElement => named(order, ".card", name);
const place = (order: SsOrder, number: number): HTMLElement => all(order, "li")[number - 1]!;
const lie = (order: SsOrder): string[] => all(order, "li .card").map(nameOf);
const heard = (order: SsOrder): string => words(order, ".task [role=status]");
const DEALT = ["Call", "Write", "Listen", "Look"];

describe("an order, before anything is moved", () => {
  it("is a named list of buttons, each with its moves by name, none up from the top or down from the end", async () => {
    const order = await show();
    expect(words(order, ".task fieldset > legend")).toBe("The stem of order.");
    expect(lie(order)).toEqual(DEALT);
    expect(all(order, "ol > li").length).toBe(4);
    expect(
      all<HTMLButtonElement>(order, ".move")
        .filter(({ disabled }) => disabled)
        .map(nameOf),
    ).toEqual(["Move up: Call", "Move down: Look"]);
    expect(all(order, ".move").map(nameOf)).toEqual(
      DEALT.flatMap((name) => [`Move up: ${name}`, `Move down: ${name}`]),
    );
  });

  it("is no answer yet: it asks to be put in order, with the focus on the first step", async () => {
    const order = await show();
    await take(order, "Sure");
    await press(order, "Check my answer");
    expect(words(order, ".told")).toBe("Move the steps into the order you think is right first.");
    expect(focused(order)).toBe(step(order, "Call"));
    expect(host.kept).toEqual([]);
    await take(order, "Move down: Call");
    expect(words(order, ".told")).toBe("");
  });
});

describe("with the keyboard alone a step", () => {
  it.each(["Enter", " "])(
    "is picked up, moved and dropped with %j, each step announced, the focus staying with it",
    async (press) => {
      const order = await show();
      step(order, "Listen").focus();
      await key(order, press);
      expect(heard(order)).toBe("Picked up: Listen. Choose a place with the arrow keys, then press Enter.");
      expect(focused(order)!.getAttribute("aria-pressed")).toBe("true");
      await key(order, "ArrowUp");
      expect(heard(order)).toBe("Over place 2, 2 of 4.");
      await key(order, "ArrowUp");
      expect(heard(order)).toBe("Over place 1, 1 of 4.");
      expect(all(order, "li.over")).toEqual([place(order, 1)]);
      expect(lie(order)).toEqual(DEALT);
      await key(order, press);
      expect(heard(order)).toBe("Listen: now at place 1.");
      expect(lie(order)).toEqual(["Listen", "Call", "Write", "Look"]);
      expect(focused(order)).toBe(step(order, "Listen"));
      expect(all(order, "li.over, [aria-pressed=true]")).toEqual([]);
    },
  );

  it("goes round past either end", async () => {
    const order = await show();
    step(order, "Call").focus();
    for (const press of ["Enter", "ArrowUp", "Enter"]) await key(order, press);
    expect(lie(order)).toEqual(["Write", "Listen", "Look", "Call"]);
    for (const press of ["Enter", "ArrowDown", "Enter"]) await key(order, press);
    expect(lie(order)).toEqual(DEALT);
  });

  it("is put back with Escape, or where it is dropped on its own place; that is no answer", async () => {
    const order = await show();
    step(order, "Write").focus();
    for (const press of ["Enter", "ArrowDown", "Escape"]) await key(order, press);
    expect(heard(order)).toBe("Put back: Write.");
    for (const press of ["Enter", "ArrowDown", "ArrowUp", "Enter"]) await key(order, press);
    expect(heard(order)).toBe("Put back: Write.");
    expect(lie(order)).toEqual(DEALT);
    await take(order, "Sure");
    await press(order, "Check my answer");
    expect(words(order, ".told")).toContain("Move the steps");
  });

  it("is moved by its arrows, announced; the focus stays on the arrow, and at the end goes to the other", async () => {
    const order = await show();
    named(order, ".move", "Move up: Listen").focus();
    await key(order, "Enter");
    expect(heard(order)).toBe("Listen: now at place 2.");
    expect(lie(order)).toEqual(["Call", "Listen", "Write", "Look"]);
    expect(nameOf(focused(order)!)).toBe("Move up: Listen");
    await key(order, "Enter");
    expect(lie(order)).toEqual(["Listen", "Call", "Write", "Look"]);
    expect(nameOf(focused(order)!)).toBe("Move down: Listen");
    for (let move = 0; move < 3; move += 1) await key(order, "Enter");
    expect(lie(order)).toEqual(["Call", "Write", "Look", "Listen"]);
    expect(heard(order)).toBe("Listen: now at place 4.");
    expect(nameOf(focused(order)!)).toBe("Move up: Listen");
  });
});

describe("by hand a step", () => {
  it("is tapped, and goes to the place that is tapped next", async () => {
    const order = await show();
    await take(order, "Look");
    place(order, 2).click();
    await settled(order);
    expect(lie(order)).toEqual(["Call", "Look", "Write", "Listen"]);
    place(order, 1).click();
    await settled(order);
    expect(lie(order)).toEqual(["Call", "Look", "Write", "Listen"]);
  });

  it.each([
    ["Call", 3, ["Write", "Listen", "Call", "Look"]],
    ["Look", 1, ["Look", "Call", "Write", "Listen"]],
    ["Write", 4, ["Call", "Listen", "Look", "Write"]],
  ])("%s is dragged to place %i; the others make room", async (name, to, after) => {
    const order = await show();
    await drag(order, step(order, name), place(order, to).querySelector(".card"));
    expect(lie(order)).toEqual(after);
    expect(heard(order)).toBe(`${name}: now at place ${to}.`);
    expect(all(order, "[aria-pressed=true]")).toEqual([]);
  });

  it("stays where it was when it is let go over nothing", async () => {
    const order = await show();
    await drag(order, step(order, "Call"), null);
    expect(lie(order)).toEqual(DEALT);
    expect(heard(order)).toBe("Put back: Call.");
  });
});

describe("the feedback of an order", () => {
  it("says of each step in words where it belongs, then gives the right order with the why of each", async () => {
    const order = await show();
    for (const move of ["Move up: Listen", "Move up: Listen", "Move down: Write"]) await take(order, move);
    await take(order, "Fairly sure");
    await press(order, "Check my answer");
    expect(host.kept[0]).toMatchObject({ answer: ["c", "a", "d", "b"], score: expect.closeTo(2 / 3) });
    expect(words(order, ".verdict")).toBe("Partly right.");
    expect(lie(order)).toEqual([
      "Listen ✓ Right place",
      "Call ✗ Belongs at place 3",
      "Look ✗ Belongs at place 2",
      "Write ✓ Right place",
    ]);
    expect(words(order, ".told > .why")).toBe(
      "1. Listen: Why listen. | 2. Look: Why look. | 3. Call: Why call. | 4. Write: Why write.",
    );
    expect(all(order, ".told > .why").map((each) => each.className)).toEqual([
      "why good",
      "why bad",
      "why bad",
      "why good",
    ]);
    expect(all(order, ".move")).toEqual([]);
  });

  it("of the right order is all good", async () => {
    const order = await show();
    for (const move of ["Move up: Listen", "Move up: Listen", "Move up: Look", "Move up: Look"])
      await take(order, move);
    await take(order, "Sure");
    await press(order, "Check my answer");
    expect(host.kept[0]).toMatchObject({ answer: ["c", "d", "a", "b"], score: 1 });
    expect(words(order, ".verdict")).toBe("Right.");
    expect(all(order, ".bad:not(.note)")).toEqual([]);
  });
});

it("an order that was tried again lies as it was dealt, and is no answer until it is moved", async () => {
  const order = await show();
  await take(order, "Move up: Look");
  await take(order, "Sure");
  await press(order, "Check my answer");
  await press(order, "Try again");
  expect(lie(order)).toEqual(DEALT);
  await take(order, "Sure");
  await press(order, "Check my answer");
  expect(words(order, ".told")).toContain("Move the steps");
  expect(host.kept.length).toBe(1);
});
