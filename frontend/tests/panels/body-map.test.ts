import { afterEach, describe, expect, it } from "vitest";
import "../../src/chunks/body-map";
import { definePanels } from "../../src/kinds";
import type { SsBodyMap } from "../../src/panels/body-map";
import { printedBodyMap } from "../chunks/printed-kinds";
import { nameOf, one, settled, take } from "../small-kinds";
import { all, words } from "../small-quiz";

definePanels();
afterEach(() => document.body.replaceChildren());

/** As in JupyterLab, where the printed form comes with the widget's data. */
async function show(): Promise<SsBodyMap> {
  const map = document.createElement("ss-body-map") as SsBodyMap;
  map.innerHTML = printedBodyMap.replace(/^<ss-body-map>|<\/ss-body-map>$/g, "");
  document.body.append(map);
  await settled(map);
  return map;
}

const signs = (map: SsBodyMap, site: string): HTMLDetailsElement => map.querySelector(`details[data-site="${site}"]`)!;
/** The sites whose signs are shown: those that are put into the map's place for them, open. */
const shown = (map: SsBodyMap): (string | undefined)[] =>
  [...map.querySelectorAll("details")]
    .filter(({ open, slot }) => open && slot === "site")
    .map(({ dataset }) => dataset.site);
const pressed = (map: SsBodyMap): string[] => all(map, "[aria-pressed=true]").map(nameOf);

describe("the body map", () => {
  it("has a named button for each place on either figure, where it lies, and a button for each site", async () => {
    const map = await show();
    const [front, back] = all(map, ".view");
    const buttons = (view: Element): string[][] =>
      [...view.querySelectorAll<HTMLElement>("button")].map((button) => [
        nameOf(button),
        button.style.left,
        button.style.top,
      ]);
    expect(buttons(front!)).toEqual([
      ["the ribs, Bone", "25%", "30%"],
      ["the head, Brain", "50%", "10%"],
      ["the hip, Bone", "40%", "60%"],
    ]);
    expect(buttons(back!)).toEqual([["the spine, Bone", "50%", "50%"]]);
    expect(all(map, ".names button").map(nameOf)).toEqual(["Bone", "Brain"]);
    expect(one(map, ".names").getAttribute("aria-label")).toBe("Places of the body");
    expect(words(map, "h4")).toBe("Front | Back");
    for (const button of all<HTMLButtonElement>(map, "button")) expect(button.type).toBe("button");
  });

  it("shows its figures each in its own place", async () => {
    const map = await show();
    expect([...map.querySelectorAll<HTMLElement>("[data-view]")].map(({ slot }) => slot)).toEqual(["front", "back"]);
    expect(all<HTMLSlotElement>(map, ".view slot").map(({ name }) => name)).toEqual(["front", "back"]);
  });

  it("begins with the signs of the first site", async () => {
    const map = await show();
    expect(shown(map)).toEqual(["bone"]);
    expect(pressed(map)).toEqual(["the ribs, Bone", "the hip, Bone", "the spine, Bone", "Bone"]);
  });

  it.each(["the head, Brain", "Brain"])(
    "shows the signs of the site that is pressed, alone, and says which: %s",
    async (name) => {
      const map = await show();
      await take(map, name);
      expect(shown(map)).toEqual(["brain"]);
      expect(signs(map, "bone").open).toBe(false);
      expect(signs(map, "bone").slot).toBe("");
      expect(pressed(map)).toEqual(["the head, Brain", "Brain"]);
      await take(map, "the spine, Bone");
      expect(shown(map)).toEqual(["bone"]);
    },
  );

  it("announces the signs where they come", async () => {
    const map = await show();
    expect(one(map, "[role=status] > slot[name=site]")).toBeTruthy();
  });

  it("keeps its printed form for paper", async () => {
    const map = await show();
    expect(map.hasAttribute("printed")).toBe(true);
    expect(map.textContent).toContain("Pain at night");
  });

  it("does not fall over where it is put elsewhere on the page", async () => {
    const map = await show();
    await take(map, "Brain");
    document.body.append(map);
    await settled(map);
    expect(all(map, ".view button").length).toBe(4);
    expect(shown(map).length).toBe(1);
  });
});
