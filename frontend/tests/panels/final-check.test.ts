import { afterEach, beforeEach, describe, expect, it } from "vitest";
import "../../src/chunks/final-check";
import "../../src/chunks/vignette";
import { knowChoice } from "../../src/elements";
import { definePanels } from "../../src/kinds";
import type { SsFinalCheck } from "../../src/panels/final-check";
import { focused, nameOf, one, settled, take } from "../small-kinds";
import { aPlan, answered, open, reply, wrong } from "../small-plan";
import { FakeHost, all, words } from "../small-quiz";

knowChoice();
definePanels();
let host: FakeHost;
beforeEach(() => void (host = new FakeHost()));
afterEach(() => document.body.replaceChildren());

const show = (changes: object = {}): Promise<SsFinalCheck> => open<SsFinalCheck>("ss-final-check", host, changes);
const keep = (panel: SsFinalCheck, right: boolean): Promise<string> => reply(panel, right, "Keep my answer");
/** A course whose first check asks what its final check does not. */
const apart = () => {
  const plan = aPlan();
  return { plan: { ...plan, check: { ...plan.check!, before: ["v1"] } } };
};
async function sit(panel: SsFinalCheck, rights: boolean[], begin = "Begin"): Promise<string[]> {
  await take(panel, begin);
  const ids: string[] = [];
  for (const right of rights) ids.push(await keep(panel, right));
  return ids;
}

describe("the final check", () => {
  it("says beforehand how long it is, and when it tells what is right", async () => {
    const panel = await show();
    expect(words(panel, ".box")).toContain("3 questions, about 2 minutes. What is right is told at the end. Stop when you like, and go on later.");
    expect(all(panel, "button").map(nameOf)).toEqual(["Begin"]);
    expect(one(panel, "section").getAttribute("aria-label")).toBe("The final check");
  });

  it("asks without hints, and tells nothing before its end", async () => {
    const panel = await show();
    await take(panel, "Begin");
    expect(focused(panel)).toBe(one(panel, ".head"));
    for (const at of [1, 2, 3]) {
      expect(words(panel, ".head")).toBe(`Question ${at} of 3`);
      expect(one(panel, "progress").getAttribute("aria-label")).toBe("Questions answered");
      await settled(panel.current!);
      expect(all(panel.current!, "button").map(nameOf)).toEqual(["Keep my answer"]);
      expect(words(panel.current!, ".told")).toBe("");
      await keep(panel, false);
      if (at < 3) expect(panel.renderRoot.textContent).not.toMatch(/right|Not this time|Why /);
    }
    expect(words(panel, ".box")).toContain("You had 0 of 3 right");
  });

  it("ends with the result, and each question with its why; its answers belong to one sitting", async () => {
    const panel = await show();
    const ids = await sit(panel, [true, false, true]);
    expect(words(panel, ".head")).toBe("Your result");
    expect(focused(panel)).toBe(one(panel, ".head"));
    expect(words(panel, ".box")).toMatch(/You had 2 of 3 right \(67%; likely 21 to 94%\)\. There is no pass mark\./);
    expect(words(panel, "summary")).toBe("1 question to look at | 2 questions you had right");
    const told = all(panel, "details > ss-choice");
    expect(told.length).toBe(3);
    await settled(told[0] as never);
    expect(words(told[0] as never, ".verdict")).toBe("Not this time. You were sure, so this one is worth a second look.");
    expect(host.kept.map(({ item, lesson }) => [item, lesson])).toEqual(ids.map((id) => [id, "check"]));
    expect(new Set(host.kept.map(({ sitting }) => sitting)).size).toBe(1);
    expect(host.kept[0]!.sitting).toBeTruthy();
  });

  it("can be stopped, and gone on with later, on the same questions", async () => {
    const first = await show();
    const ids = await sit(first, [true]);
    first.remove();
    const panel = await show();
    await take(panel, "Go on after 1 of 3");
    expect(words(panel, ".head")).toBe("Question 2 of 3");
    ids.push(await keep(panel, true), await keep(panel, true));
    expect(new Set(ids).size).toBe(3);
    expect(new Set(host.kept.map(({ sitting }) => sitting)).size).toBe(1);
    expect(words(panel, ".box")).toContain("You had 3 of 3 right");
  });

  it("begun anew asks other questions, as a sitting of its own", async () => {
    const panel = await show(apart());
    const first = await sit(panel, [true, true, true]);
    const second = await sit(panel, [true, true, true], "Begin anew, with other questions");
    expect(second.filter((id) => first.includes(id))).toEqual([]);
    expect(new Set(host.kept.map(({ sitting }) => sitting)).size).toBe(2);
    expect(all(panel, "tbody tr").length).toBe(2);
  });

  it("stands beside the check before the course, with the gain and how sure that is", async () => {
    host.kept = [answered("b1", "2026-11-01", wrong), answered("f1", "2026-11-01", wrong)];
    const panel = await show();
    await sit(panel, [true, true, true]);
    const rows = words(panel, "tbody tr").split(" | ");
    expect(rows[0]).toMatch(/^Before the course\s*0 of 2\s*0 to 66%$/);
    expect(rows[1]).toMatch(/^The final check, .*3 of 3\s*44 to 100%$/);
    expect(words(panel, ".box:last-of-type p")).toMatch(/\+100 points \(likely \+14 points to \+100 points\).*Take the difference as a hint\./);
  });

  it("says so where the first check was not answered", async () => {
    const panel = await show(apart());
    await sit(panel, [true, true, true]);
    expect(words(panel, ".soft")).toMatch(/^You have not answered the first check/);
  });

  it("where the host cannot keep says so beside the next question, offers the file, and the result counts", async () => {
    host.says = "Not kept here.";
    const panel = await show();
    await take(panel, "Begin");
    await keep(panel, true);
    await settled(panel);
    expect(words(panel, "section > [role=alert]")).toBe("Not kept here.");
    expect(all(panel, "section > button").map(nameOf)).toEqual(["Save my progress"]);
    await keep(panel, true);
    await keep(panel, false);
    expect(host.kept).toEqual([]);
    expect(words(panel, ".box")).toContain("You had 2 of 3 right");
  });

  it("shows titles as text", async () => {
    const plan = aPlan();
    Object.assign(plan.check!, { title: "<img src=x>", says: "<b>x</b>" });
    const panel = await show({ plan });
    expect(words(panel, "h3")).toBe("<img src=x>");
    expect(all(panel, "img, p b")).toEqual([]);
  });

  it("is said to be missing where the course has none", async () => {
    expect(words(await show({ plan: aPlan({ check: null }) }), "p")).toBe("This course has no final check.");
  });
});
