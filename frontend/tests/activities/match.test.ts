import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SsMatch } from "../../src/activities/match";
import "../../src/chunks/match";
import type { MatchItem } from "../../src/item";
import { aMatch, at, drag, focused, key, nameOf, named, one, settled, show as put, take } from "../small-kinds";
import { FakeHost, all, press, words } from "../small-quiz";

let host: FakeHost;
beforeEach(() => void (host = new FakeHost()));
afterEach(() => document.body.replaceChildren());

const show = (item: MatchItem = aMatch()): Promise<SsMatch> => put<SsMatch>("ss-match", item, host);
const card = (match: SsMatch, name: string): HTMLElement => named(match, ".card", name);
const group = (match: SsMatch, name: string): HTMLElement => named(match, ".group", name);
/** Which cards lie where: in the tray, and in each group. */
const lie = (match: SsMatch): string[] =>
  all(match, ".tray, .group").map(
    (place) => `${nameOf(place)}: ${[...place.querySelectorAll(".card")].map(nameOf).join(", ")}`,
  );
const heard = (match: SsMatch): string => words(match, ".task [role=status]");
const places = async (match: SsMatch, ...where: number[]): Promise<void> => {
  for (const [index, group] of where.entries()) {
    await take(match, match.item.cards[index]!.text);
    await take(match, `Put here: ${match.item.groups[group]}`);
  }
};

const TRAY = ["Cards to place: In the breast, In the bone, In the duct, In the lobule", "Primary: ", "Secondary: "];

describe("a match, before anything is moved", () => {
  it("is a named group with its cards as buttons in a tray, and each group by its name", async () => {
    const match = await show();
    expect(words(match, ".task fieldset > legend")).toBe("The stem of match.");
    expect(lie(match)).toEqual(TRAY);
    for (const place of all(match, ".tray, .group")) expect(place.getAttribute("role")).toBe("group");
    for (const each of all<HTMLButtonElement>(match, ".card"))
      expect([each.type, each.getAttribute("aria-pressed")]).toEqual(["button", "false"]);
  });

  it("asks for the cards that are left, with the focus on the first of them", async () => {
    const match = await show();
    await press(match, "Check my answer");
    expect(words(match, ".told")).toBe("Put every card into a group first. 4 are left.");
    expect(focused(match)).toBe(card(match, "In the breast"));
    await places(match, 0, 0, 0);
    expect(words(match, ".told")).toBe("");
    await press(match, "Check my answer");
    expect(words(match, ".told")).toBe("Put every card into a group first. 1 is left.");
    expect(focused(match)).toBe(card(match, "In the lobule"));
    expect(host.kept).toEqual([]);
  });
});

describe("with the keyboard alone a card", () => {
  it.each(["Enter", " "])(
    "is picked up, moved and dropped with %j, each step announced, the focus staying with the card",
    async (press) => {
      const match = await show();
      card(match, "In the bone").focus();
      await key(match, press);
      expect(focused(match)!.getAttribute("aria-pressed")).toBe("true");
      expect(heard(match)).toBe("Picked up: In the bone. Choose a place with the arrow keys, then press Enter.");
      await key(match, "ArrowDown");
      expect(heard(match)).toBe("Over Primary, 1 of 2.");
      await key(match, "ArrowRight");
      expect(heard(match)).toBe("Over Secondary, 2 of 2.");
      expect(all(match, ".over").map(nameOf)).toEqual(["Secondary"]);
      expect(lie(match)).toEqual(TRAY);
      await key(match, press);
      expect(heard(match)).toBe("In the bone: now at Secondary.");
      expect(lie(match)).toEqual([
        "Cards to place: In the breast, In the duct, In the lobule",
        "Primary: ",
        "Secondary: In the bone",
      ]);
      expect(focused(match)).toBe(card(match, "In the bone"));
      expect(focused(match)!.getAttribute("aria-pressed")).toBe("false");
      expect(all(match, ".over")).toEqual([]);
    },
  );

  it("goes round from the last place to the first and back", async () => {
    const match = await show();
    card(match, "In the duct").focus();
    await key(match, "Enter");
    const over: string[] = [];
    for (const arrow of ["ArrowUp", "ArrowDown", "ArrowUp", "ArrowLeft", "ArrowLeft"]) {
      await key(match, arrow);
      over.push(heard(match));
    }
    expect(over).toEqual([
      "Over Secondary, 2 of 2.",
      "Over Primary, 1 of 2.",
      "Over Secondary, 2 of 2.",
      "Over Primary, 1 of 2.",
      "Over Secondary, 2 of 2.",
    ]);
  });

  it("is put back with Escape, and announced", async () => {
    const match = await show();
    card(match, "In the bone").focus();
    await key(match, "Enter");
    await key(match, "ArrowDown");
    await key(match, "Escape");
    expect(heard(match)).toBe("Put back: In the bone.");
    expect(lie(match)).toEqual(TRAY);
    expect(all(match, ".over, .drop, [aria-pressed=true]")).toEqual([]);
    await key(match, "ArrowDown");
    expect(heard(match)).toBe("Put back: In the bone.");
  });

  it("is put back where no place was chosen, or its own", async () => {
    const match = await show();
    card(match, "In the bone").focus();
    await key(match, "Enter");
    await key(match, "Enter");
    expect(heard(match)).toBe("Put back: In the bone.");
    await places(match, 0);
    card(match, "In the breast").focus();
    await key(match, "Enter");
    await key(match, "Enter");
    expect(heard(match)).toBe("Put back: In the breast.");
    expect(lie(match)[1]).toBe("Primary: In the breast");
  });

  it("moves on from the group in which it lies", async () => {
    const match = await show();
    await places(match, 0);
    card(match, "In the breast").focus();
    for (const press of ["Enter", "ArrowDown", "Enter"]) await key(match, press);
    expect(lie(match)).toEqual([
      "Cards to place: In the bone, In the duct, In the lobule",
      "Primary: ",
      "Secondary: In the breast",
    ]);
  });

  it("leaves keys to the page that it does not use", async () => {
    const match = await show();
    card(match, "In the bone").focus();
    for (const name of ["ArrowDown", "ArrowUp", "Escape", "Tab"])
      expect((await key(match, name)).defaultPrevented, name).toBe(false);
    await key(match, "Enter");
    expect((await key(match, "Tab")).defaultPrevented).toBe(false);
    for (const name of ["ArrowDown", "Escape"]) expect((await key(match, name)).defaultPrevented, name).toBe(true);
  });
});

describe("by tapping, a card", () => {
  it("is picked up, and put into the group whose button is pressed", async () => {
    const match = await show();
    expect(all(match, ".drop")).toEqual([]);
    await take(match, "In the bone");
    expect(all(match, ".drop").map(nameOf)).toEqual(["Put here: Primary", "Put here: Secondary"]);
    await take(match, "Put here: Secondary");
    expect(lie(match)[2]).toBe("Secondary: In the bone");
    expect(focused(match)).toBe(card(match, "In the bone"));
  });

  it("goes also where the group itself is tapped", async () => {
    const match = await show();
    await take(match, "In the bone");
    group(match, "Primary").click();
    await settled(match);
    expect(lie(match)[1]).toBe("Primary: In the bone");
  });

  it("gives way to another that is tapped after it", async () => {
    const match = await show();
    await take(match, "In the bone");
    await take(match, "In the duct");
    await take(match, "Put here: Primary");
    expect(lie(match)).toEqual([
      "Cards to place: In the breast, In the bone, In the lobule",
      "Primary: In the duct",
      "Secondary: ",
    ]);
  });

  it("is not offered the group in which it lies; a tap on a group with nothing in hand does nothing", async () => {
    const match = await show();
    await places(match, 0);
    await take(match, "In the breast");
    expect(all(match, ".drop").map(nameOf)).toEqual(["Put here: Secondary"]);
    await take(match, "In the breast");
    group(match, "Secondary").click();
    await settled(match);
    expect(lie(match)[2]).toBe("Secondary: ");
  });
});

describe("by dragging, a card", () => {
  it("goes to the group over which it is let go, and the click that follows is not a press", async () => {
    const match = await show();
    await drag(match, card(match, "In the bone"), group(match, "Secondary").querySelector("h4"));
    expect(lie(match)[2]).toBe("Secondary: In the bone");
    expect(all(match, "[aria-pressed=true]")).toEqual([]);
    expect(heard(match)).toBe("In the bone: now at Secondary.");
  });

  it.each([
    ["let go over nothing", null, {}],
    ["when the system takes the pointer away", "Secondary", { end: "pointercancel" }],
  ] as const)("stays where it was %s", async (_, over, how) => {
    const match = await show();
    await drag(match, card(match, "In the bone"), over && group(match, over), how);
    expect(lie(match)).toEqual(TRAY);
    expect(all(match, "[aria-pressed=true], .dragged, .over")).toEqual([]);
    expect(card(match, "In the bone").style.transform).toBe("");
  });

  it("that was hardly moved was pressed: it is picked up", async () => {
    const match = await show();
    await drag(match, card(match, "In the bone"), group(match, "Secondary"), { by: 4 });
    expect(all(match, "[aria-pressed=true]").map(nameOf)).toEqual(["In the bone"]);
    expect(lie(match)).toEqual(TRAY);
  });

  it("follows a finger only at its grip, so that the page can be scrolled", async () => {
    const match = await show();
    await drag(match, card(match, "In the bone"), group(match, "Secondary"), { pointerType: "touch" });
    expect(lie(match)).toEqual(TRAY);
    await take(match, "In the bone");
    await drag(match, one(match, ".card[data-card='1'] .grip"), group(match, "Secondary"), { pointerType: "touch" });
    expect(lie(match)[2]).toBe("Secondary: In the bone");
  });
});

describe("the feedback of a match", () => {
  it("says of each card whether it lies right, and where it belongs, in words", async () => {
    const match = await show();
    await places(match, 0, 0, 1, 0);
    await take(match, "Sure");
    await press(match, "Check my answer");
    expect(host.kept[0]).toMatchObject({ answer: ["a-a", "b-a", "c-b", "d-a"], score: 0.5 });
    expect(words(match, ".verdict")).toBe("Partly right.");
    expect(all(match, ".card").map(nameOf)).toEqual([
      "In the breast ✓ Right here",
      "In the bone ✗ Belongs to: Secondary",
      "In the lobule ✓ Right here",
      "In the duct ✗ Belongs to: Primary",
    ]);
    expect(all(match, ".card").map((each) => each.className)).toEqual([
      "card good",
      "card bad",
      "card good",
      "card bad",
    ]);
  });

  it("gives the why of what lay wrong first, and folds the others away", async () => {
    const match = await show();
    await places(match, 0, 0, 1, 0);
    await take(match, "Sure");
    await press(match, "Check my answer");
    expect(words(match, ".told > .why")).toBe("In the bone → Secondary: Why bone. | In the duct → Primary: Why duct.");
    expect(words(match, ".told > details:not([open]) > .why")).toBe(
      "In the breast → Primary: Why breast. | In the lobule → Primary: Why lobule.",
    );
    expect(words(match, "summary")).toBe("Why the others belong where you put them");
  });

  it("is open where all is right, and folds nothing where all is wrong", async () => {
    const right = await show();
    await places(right, 0, 1, 0, 0);
    await take(right, "Just guessing");
    await press(right, "Check my answer");
    expect(words(right, ".verdict")).toBe("Right, even though you were guessing.");
    expect(all(right, "details[open] > .why").length).toBe(4);
    const wrong = await show();
    await places(wrong, 1, 0, 1, 1);
    await take(wrong, "Sure");
    await press(wrong, "Check my answer");
    expect(words(wrong, ".verdict")).toBe("Not this time. You were sure, so this one is worth a second look.");
    expect(all(wrong, "details")).toEqual([]);
    expect(all(wrong, ".told > .why").length).toBe(4);
  });
});

it("a match takes a kept answer in whatever order its pairs stand", async () => {
  const match = await show();
  match.restore(at(match.item, { answer: ["d-a", "c-a", "b-b", "a-a"], score: 1 }));
  await settled(match);
  expect(lie(match).map((each) => each.replace(/ ✓ Right here/g, ""))).toEqual([
    "Primary: In the breast, In the duct, In the lobule",
    "Secondary: In the bone",
  ]);
  expect(words(match, ".verdict")).toBe("Right.");
});
