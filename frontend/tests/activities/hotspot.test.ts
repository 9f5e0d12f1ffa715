import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SsHotspot } from "../../src/activities/hotspot";
import "../../src/chunks/hotspot";
import type { HotspotItem } from "../../src/item";
import { aHotspot, aPlace, at, nameOf, one, settled, show as put, take } from "../small-kinds";
import { FakeHost, all, press, words } from "../small-quiz";

let host: FakeHost;
beforeEach(() => void (host = new FakeHost()));
afterEach(() => document.body.replaceChildren());

const show = (changes: Partial<HotspotItem> = {}): Promise<SsHotspot> =>
  put<SsHotspot>("ss-hotspot", aHotspot(changes), host);
const several = (): Promise<SsHotspot> =>
  show({
    answers: "several",
    options: [
      aPlace("The hip", 30, 90, true),
      aPlace("The ear", 10, 20),
      aPlace("The knee", 50, 120, true),
      aPlace("The nose", 20, 30),
    ],
  });
const pressed = (hotspot: SsHotspot): string[] => all(hotspot, "figure [aria-pressed=true]").map(nameOf);
const checked = (hotspot: SsHotspot): string[] =>
  all<HTMLInputElement>(hotspot, ".options label")
    .filter((label) => label.querySelector("input")!.checked)
    .map(nameOf);

describe("a hotspot, before an answer", () => {
  it("has its places as named buttons on the picture, and the same as a list of radios", async () => {
    const hotspot = await show();
    expect(words(hotspot, "fieldset.options > legend")).toBe("The stem of hotspot.");
    expect(all(hotspot, "figure button").map(nameOf)).toEqual(["a: The hip", "b: The ear", "c: The knee"]);
    expect(all(hotspot, ".options label").map(nameOf)).toEqual(["a. The hip", "b. The ear", "c. The knee"]);
    expect(all<HTMLInputElement>(hotspot, ".options input").map(({ type }) => type)).toEqual([
      "radio",
      "radio",
      "radio",
    ]);
    expect(words(hotspot, "figure button")).toBe("a | b | c");
    expect(all<HTMLButtonElement>(hotspot, "figure button").map(({ type }) => type)).toEqual([
      "button",
      "button",
      "button",
    ]);
  });

  it("shows its picture with its words for those who cannot see it, and each place where it lies", async () => {
    const hotspot = await show();
    expect(one(hotspot, "figure.ss-picture > svg > title").textContent).toBe("A body");
    expect(one(hotspot, "figure > svg > desc").textContent).toBe("From the front.");
    expect(all(hotspot, "figure button").map(({ style }) => [style.left, style.top])).toEqual([
      ["50%", "70%"],
      ["0%", "0%"],
      ["100%", "100%"],
    ]);
  });

  it("keeps its one picture, and the places where they are, while it is answered", async () => {
    const hotspot = await show();
    const picture = one(hotspot, "svg");
    await take(hotspot, "a: The hip");
    await take(hotspot, "Sure");
    await press(hotspot, "Check my answer");
    expect(one(hotspot, "svg")).toBe(picture);
    expect(one(hotspot, "figure button:first-of-type").style.left).toBe("50%");
  });

  it.each([
    ["0 0 40 100", true],
    ["0,0,40,44", false],
    ["0 0 300 200", false],
  ])("gives a picture of %s the room it needs (tall: %s)", async (viewBox, tall) => {
    const hotspot = await show({
      svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${viewBox}"><title>A body</title></svg>`,
    });
    expect(one(hotspot, "figure").classList.contains("tall")).toBe(tall);
  });
});

describe("a place is chosen", () => {
  it("on the picture, and the list shows it; in the list, and the picture shows it", async () => {
    const hotspot = await show();
    await take(hotspot, "b: The ear");
    expect([pressed(hotspot), checked(hotspot)]).toEqual([["b: The ear"], ["b. The ear"]]);
    await take(hotspot, "c. The knee");
    expect([pressed(hotspot), checked(hotspot)]).toEqual([["c: The knee"], ["c. The knee"]]);
  });

  it("and stays chosen when it is pressed once more, where one is asked for", async () => {
    const hotspot = await show();
    await take(hotspot, "b: The ear");
    await take(hotspot, "b: The ear");
    expect(checked(hotspot)).toEqual(["b. The ear"]);
  });

  it("beside others, and can be taken back, where several are asked for", async () => {
    const hotspot = await several();
    expect(all<HTMLInputElement>(hotspot, ".options input").every(({ type }) => type === "checkbox")).toBe(true);
    for (const name of ["a: The hip", "b: The ear", "c. The knee", "b: The ear"]) await take(hotspot, name);
    expect([pressed(hotspot), checked(hotspot)]).toEqual([
      ["a: The hip", "c: The knee"],
      ["a. The hip", "c. The knee"],
    ]);
    await take(hotspot, "Sure");
    await press(hotspot, "Check my answer");
    expect(host.kept[0]).toMatchObject({ answer: ["a", "c"], score: 1 });
  });

  it("or asked for", async () => {
    const hotspot = await show();
    await take(hotspot, "Sure");
    await press(hotspot, "Check my answer");
    expect(words(hotspot, ".told")).toBe("Choose an answer first.");
    await take(hotspot, "a: The hip");
    expect(words(hotspot, ".told")).toBe("");
  });
});

describe("the feedback of a hotspot", () => {
  it("is told for each place in words in the list, by a sign on the picture, and with its why", async () => {
    const hotspot = await several();
    for (const name of ["a: The hip", "b: The ear"]) await take(hotspot, name);
    await take(hotspot, "Sure");
    await press(hotspot, "Check my answer");
    expect(host.kept[0]).toMatchObject({ answer: ["a", "b"], score: 0 });
    expect(words(hotspot, "figure button")).toBe("✓ | ✗ | ✓ | d");
    expect(all(hotspot, ".options label").map(nameOf)).toEqual([
      "a. The hip ✓ Your answer, and right",
      "b. The ear ✗ Your answer",
      "c. The knee ✓ A right answer",
      "d. The nose",
    ]);
    expect(words(hotspot, ".told > .why > p:first-child")).toBe(
      "The hip: Why The hip. | The ear: Why The ear. | The knee: Why The knee.",
    );
    expect(words(hotspot, ".told > details:not([open]) .why > p:first-child")).toBe("The nose: Why The nose.");
  });
});

it("a kept answer is shown on the picture and in the list", async () => {
  const hotspot = await show();
  hotspot.restore(at(hotspot.item, { answer: ["b"], score: 0 }));
  await settled(hotspot);
  expect(pressed(hotspot)).toEqual(["b: The ear"]);
  expect(words(hotspot, "figure button")).toBe("✓ | ✗ | c");
});
