import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import "../../src/chunks/review";
import "../../src/chunks/vignette";
import { knowChoice } from "../../src/elements";
import { definePanels } from "../../src/kinds";
import type { SsReview } from "../../src/panels/review";
import { focused, one, settled, take } from "../small-kinds";
import { answered, aPlan, atNoon, leave, open, planned, reply, wrong } from "../small-plan";
import { type FakeHost, all, words } from "../small-quiz";

knowChoice();
definePanels();
let host: FakeHost;
beforeEach(() => void (host = atNoon()));
afterEach(leave);
const due = (...ids: string[]) => ids.map((id) => answered(id, "2026-11-20", { ...wrong, certainty: "guessing" }));

/** Answer what is asked, and go on. */
async function go(panel: SsReview, right: boolean): Promise<string> {
  const { onward } = panel.current!;
  const id = await reply(panel, right);
  await take(panel.current!, onward);
  await settled(panel);
  return id;
}

describe("a review", () => {
  it("says that there is nothing yet, and has nothing to press", async () => {
    const panel = await open<SsReview>("ss-review", host);
    expect(words(panel, ".box p")).toMatch(/^Nothing yet\. What you answer in the lessons/);
    expect(all(panel, "button, details")).toEqual([]);
  });

  it("says when the next come back where nothing is due, with the days ahead", async () => {
    host.kept = [answered("b1", "2026-11-23", { certainty: "fairly-sure" })];
    const panel = await open<SsReview>("ss-review", host);
    expect(words(panel, ".box p")).toContain("Nothing is due today. The next question comes back on Thursday 26 November.");
    expect(words(panel, "tr")).toMatch(/^Tuesday 24 November 0 questions \| Wednesday 25 November 0 questions \| Thursday 26 November 1 question \|/);
    expect(all(panel, "tr").length).toBe(7);
    expect(all(panel, "button")).toEqual([]);
  });

  it("walks through what is due, from question to question, says where each is from, and is done at the end", async () => {
    host.kept = due("b1", "f1", "v1");
    const panel = await open<SsReview>("ss-review", host);
    expect(words(panel, ".box p")).toContain("3 questions. About 2 minutes.");
    await take(panel, "Begin with 3");
    expect(words(panel, ".head")).toMatch(/^1 of 3, from “About /);
    expect(focused(panel)).toBe(one(panel, ".head"));
    const asked = [await go(panel, true), await go(panel, true)];
    expect(words(panel, ".head")).toMatch(/^3 of 3/);
    expect(panel.current!.onward).toBe("Finish");
    asked.push(await go(panel, false));
    expect([...asked].sort()).toEqual(["b1", "f1", "v1"]);
    expect(panel.current).toBeNull();
    expect(words(panel, ".head")).toBe("Done");
    expect(focused(panel)).toBe(one(panel, ".head"));
    expect(words(panel, ".box")).toContain("You had 2 of 3 right. What was not right comes back soon");
    expect(words(panel, ".box")).toContain("Nothing is due today.");
    expect(host.kept.slice(3).map(({ lesson, item }) => [lesson, item])).toEqual(asked.map((id) => ["review", id]));
  });

  it("tells right from wrong, with the reason, before it goes on", async () => {
    host.kept = due("b1");
    const panel = await open<SsReview>("ss-review", host);
    await take(panel, "Begin with 1");
    await reply(panel, false);
    expect(words(panel.current!, ".verdict")).toBe("Not this time. You were sure, so this one is worth a second look.");
  });

  it("brings what was wrong back tomorrow, and what was right later", async () => {
    host.kept = due("b1", "b2");
    const panel = await open<SsReview>("ss-review", host);
    await take(panel, "Begin with 2");
    const missed = await go(panel, false);
    await go(panel, true);
    vi.setSystemTime(new Date("2026-11-24T12:00:00"));
    panel.restore();
    panel.requestUpdate();
    await settled(panel);
    await take(panel, "Go on with 1");
    expect(panel.current!.item.id).toBe(missed);
  });

  it("of a long list is taken in parts", async () => {
    const items = Array.from({ length: 23 }, (_, index) => planned(`i${index}`, "night", "bone"));
    host.kept = due(...items.map(({ id }) => id));
    const panel = await open<SsReview>("ss-review", host, { plan: aPlan({ items }) });
    expect(words(panel, ".box p")).toContain("23 questions, asked 20 at a time.");
    await take(panel, "Begin with 20");
    for (let at = 0; at < 20; at += 1) await go(panel, true);
    expect(words(panel, ".box")).toContain("You had 20 of 20 right.");
    await take(panel, "Go on with 3");
    expect(words(panel, ".head")).toMatch(/^1 of 3/);
  });

  it("does not count what this page cannot ask", async () => {
    host.kept = due("b1", "b2");
    const panel = await open<SsReview>("ss-review", host, { bank: () => undefined });
    expect(words(panel, ".box p")).toMatch(/^Nothing yet/);
  });

  it("shows titles as text", async () => {
    const plan = aPlan();
    plan.lessons[0]!.title = "<img src=x onerror=alert(1)>";
    host.kept = due("b1");
    const panel = await open<SsReview>("ss-review", host, { plan });
    await take(panel, "Begin with 1");
    expect(words(panel, ".head")).toContain("<img src=x onerror=alert(1)>");
    expect(all(panel, "img")).toEqual([]);
  });
});
