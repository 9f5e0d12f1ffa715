import { afterEach, beforeEach, expect, it, vi } from "vitest";
import "../../src/chunks/certificate";
import { definePanels } from "../../src/kinds";
import type { SsCertificate } from "../../src/panels/certificate";
import { one, settled } from "../small-kinds";
import { answered, open, wrong } from "../small-plan";
import { FakeHost, all, words } from "../small-quiz";

definePanels();
let host: FakeHost;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-23T12:00:00") });
  host = new FakeHost();
});
afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});

const LESSONS = [...["b1", "b2", "b3", "b4", "f1"].map((id) => answered(id, "2026-11-18")), answered("f2", "2026-11-19", wrong)];
const CHECK = ["b1", "b3", "f1"].map((id) => answered(id, "2026-11-20", { lesson: "check", sitting: "s" }));
const show = (given: ReturnType<typeof answered>[]): Promise<SsCertificate> => {
  host.kept = given;
  return open<SsCertificate>("ss-certificate", host);
};
async function name(panel: SsCertificate, typed: string): Promise<void> {
  const input = one(panel, "input") as HTMLInputElement;
  input.value = typed;
  input.dispatchEvent(new Event("input"));
  await settled(panel as never);
}

it.each([
  ["nothing", [], ["About bone: 0 of 4 answered", "About brain: 0 of 2 answered", "About check"]],
  ["a lesson", LESSONS.slice(0, 4), ["About brain: 0 of 2 answered", "About check"]],
  ["the lessons", LESSONS, ["About check"]],
  ["an unfinished check", [...LESSONS, ...CHECK.slice(1)], ["About check"]],
  ["answers to another wording", [...LESSONS.map((each) => ({ ...each, item_version: "older" })), ...CHECK], ["About bone: 2 of 4 answered", "About brain: 1 of 2 answered"]],
])("is not there yet after %s, and says what is open", async (_, given, open) => {
  const panel = await show(given);
  expect(all(panel, ".sheet, input")).toEqual([]);
  expect(all(panel, "li").map((each) => each.textContent!.trim())).toEqual(open);
});

it("says what was covered, when, for how long, and what that is worth", async () => {
  const sheet = words(await show([...LESSONS, ...CHECK]), ".sheet");
  expect(sheet).toContain("has answered every question of the 2 lessons named here and 3 questions of the final check. Completed on 20 November 2026.");
  expect(sheet).toMatch(/What was covered\s*About bone\s*About brain\s*Study time as planned for these parts: about 1\.5 hours\./);
  expect(sheet).toContain("It is not a test of clinical competence, not an accredited qualification, and no proof of who answered.");
  expect(sheet).toContain("Second Sight, version 1.2.3. Content reviewed by: nobody yet.");
});

it("names practice only where all of it was done", async () => {
  const clinic = ["v1", "v2"].map((id) => answered(id, "2026-11-19"));
  expect(words(await show([...LESSONS, ...CHECK, clinic[0]!]), ".sheet ul")).not.toContain("clinic");
  document.body.replaceChildren();
  const sheet = words(await show([...LESSONS, ...CHECK, ...clinic]), ".sheet");
  expect(sheet).toContain("About clinic");
  expect(sheet).toContain("about 2.5 hours");
});

it("prints a name as text, and keeps it nowhere", async () => {
  localStorage.clear();
  const keep = vi.spyOn(host, "keep");
  const panel = await show([...LESSONS, ...CHECK]);
  await name(panel, "Sam <b>Taylor</b>");
  expect(words(panel, ".sheet .name")).toBe("Sam <b>Taylor</b>");
  expect(all(panel, ".sheet .name b")).toEqual([]);
  expect(keep).not.toHaveBeenCalled();
  expect(Object.keys(localStorage)).toEqual([]);
  expect(one(panel, "input").getAttribute("autocomplete")).toBe("off");
});
