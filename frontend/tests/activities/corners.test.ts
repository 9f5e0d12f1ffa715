/** What happens at the corners: a card still in hand, a way taken twice, an answer of nothing. */

import { afterEach, beforeEach, expect, it } from "vitest";
import "../../src/chunks/case";
import "../../src/chunks/clinic";
import "../../src/chunks/vignette";
import "../../src/chunks/hotspot";
import "../../src/chunks/match";
import "../../src/chunks/order";
import { LEVELS } from "../../src/item";
import { definePanels } from "../../src/kinds";
import type { SsClinic } from "../../src/panels/clinic";
import { LEVEL_NAMES, aCase, aClinic, aHotspot, aMatch, anOrder, at, drag, nameOf, named, settled, show, take } from "../small-kinds";
import { FakeHost, all, press, words } from "../small-quiz";

definePanels();
let host: FakeHost;
beforeEach(() => void (host = new FakeHost()));
afterEach(() => document.body.replaceChildren());

async function open(count: number): Promise<SsClinic> {
  const clinic = Object.assign(document.createElement("ss-clinic") as SsClinic, { data: aClinic(count), host });
  document.body.append(clinic);
  await settled(clinic);
  return clinic;
}

it("no card is left in hand once the answer is checked", async () => {
  const match = await show<never>("ss-match", aMatch(), host) as Parameters<typeof take>[0];
  for (const { text } of aMatch().cards) {
    await take(match, text);
    await take(match, "Put here: Primary");
  }
  await take(match, "Sure");
  await take(match, "In the bone");
  await press(match, "Check my answer");
  expect(all(match, ".drop, .over, [aria-pressed=true]").map(nameOf)).toEqual([]);
});

it("older answers that a progress file brings are not counted as this session's", async () => {
  const clinic = await open(5);
  await take(clinic, "Begin with ten");
  while (clinic.current) {
    const vignette = clinic.current;
    await settled(vignette);
    for (const name of [LEVEL_NAMES[LEVELS.indexOf(vignette.item.action)]!, "Sure", "Check my answer"]) await take(vignette, name);
    await take(vignette, vignette.onward);
    await settled(clinic);
  }
  expect(words(clinic, ".result")).toContain("5 of 5");
  const old = { answer: ["reassure-and-safety-net"], at: "2020-01-01T00:00:00.000Z" };
  host.kept.unshift(...["x", "y", "z"].map((id) => at(aClinic().vignettes[0]!, { id, ...old })));
  clinic.restore();
  await settled(clinic);
  expect(words(clinic, ".result")).toContain("5 of 5");
});

it("a step dropped by hand on its own place is not yet an answer", async () => {
  const order = await show<never>("ss-order", anOrder(), host) as Parameters<typeof take>[0];
  await drag(order, named(order, ".card", "Call"), all(order, "li")[0]!);
  await take(order, "Sure");
  await press(order, "Check my answer");
  expect(host.kept).toEqual([]);
});

it("a case whose turns were all taken still has a way on", async () => {
  const way = (text: string, next: string) => ({ text, next });
  const steps = [
    { id: "a", says: "A", asks: [], ways: [way("to b", "b"), way("to c", "c")] },
    { id: "b", says: "B", asks: [], ways: [way("", "a")] },
    { id: "c", says: "C", asks: [], ways: [way("back to a", "a"), way("done", "decide")] },
  ];
  const it = await show<never>("ss-case", aCase({ steps }), host) as Parameters<typeof take>[0];
  for (const name of ["to b", "Go on", "to c", "back to a"]) await take(it, name);
  expect(all(it, "button").length).toBeGreaterThan(0);
});

it("an answer without any option does not fit a choice or a hotspot", async () => {
  const hotspot = await show<never>("ss-hotspot", aHotspot(), host) as Parameters<typeof take>[0] & { restore(it: object): void; attempt: object };
  hotspot.restore(at(aHotspot(), { answer: [], score: 0 }));
  expect(hotspot.attempt).toBeNull();
});

it("one answer is told in the singular", async () => {
  host.kept = [at(aClinic().vignettes[0]!, { answer: [LEVELS[0]] })];
  expect(words(await open(5), ".panel")).not.toContain("1 answers");
});
