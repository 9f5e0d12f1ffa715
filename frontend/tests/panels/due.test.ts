import { afterEach, beforeEach, expect, it } from "vitest";
import "../../src/chunks/due";
import { definePanels } from "../../src/kinds";
import type { SsDue } from "../../src/panels/due";
import { one } from "../small-kinds";
import { answered, aPlan, atNoon, leave, open, planned, wrong } from "../small-plan";
import { type FakeHost, all, words } from "../small-quiz";

definePanels();
let host: FakeHost;
beforeEach(() => void (host = atNoon()));
afterEach(leave);

it.each([
  ["nothing answered yet", [], "Nothing yet. What you answer comes back here when it is time to be asked again."],
  ["nothing due", [answered("b1", "2026-11-23", { certainty: "fairly-sure" })], "Nothing today. The next questions come back on Thursday 26 November."],
  ["one due", [answered("b1", "2026-11-20", wrong)], "1 question to answer again: about 1 minute. Go to the review"],
  ["two due", [answered("b1", "2026-11-20", wrong), answered("v1", "2026-11-20", wrong)], "2 questions to answer again: about 1 minute. Go to the review"],
])("with %s: %s", async (_, given, says) => {
  host.kept = given;
  const panel = await open<SsDue>("ss-due", host);
  expect(words(panel, "p")).toBe(says);
  expect(one(panel, "section").getAttribute("aria-label")).toBe("Due today");
  expect(all(panel, "a").map((link) => link.getAttribute("href"))).toEqual(says.includes("Go to") ? ["review.html"] : []);
});

it("of a long list says that it is taken in parts, and how long a part takes", async () => {
  const items = Array.from({ length: 30 }, (_, index) => planned(`i${index}`, "night", "bone"));
  host.kept = items.map(({ id }) => answered(id, "2026-11-20", wrong));
  expect(words(await open<SsDue>("ss-due", host, { plan: aPlan({ items }) }), "p")).toContain("30 questions to answer again, 20 at a time: about 15 minutes.");
});
