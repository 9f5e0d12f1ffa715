import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import "../../src/chunks/certificate";
import { definePanels } from "../../src/kinds";
import type { SsCertificate } from "../../src/panels/certificate";
import { nameOf, one, settled, take } from "../small-kinds";
import { allLessons, answered, aPlan, aSitting, atNoon, leave, open, wrong } from "../small-plan";
import { type FakeHost, all, words } from "../small-quiz";

definePanels();
let host: FakeHost;
beforeEach(() => void (host = atNoon()));
afterEach(leave);

const PRINT = "Print, or save as PDF";
const show = (changes: object = {}): Promise<SsCertificate> => open<SsCertificate>("ss-certificate", host, changes);
const complete = (): void => void (host.kept = [...allLessons("2026-11-01"), ...aSitting("2026-11-10", 2)]);
const links = (panel: SsCertificate) => all(panel, "li a").map((link) => [link.textContent, link.getAttribute("href")]);

/** Frames that are put on the page can print, which happy-dom cannot. */
function printer() {
  const print = vi.fn();
  const append = document.body.append.bind(document.body);
  vi.spyOn(document.body, "append").mockImplementation((...nodes) => {
    append(...nodes);
    for (const node of nodes) if (node instanceof HTMLIFrameElement) Object.assign(node.contentWindow!, { print });
  });
  return print;
}

async function call(panel: SsCertificate, name: string): Promise<void> {
  const input = one<HTMLInputElement>(panel, "input");
  input.value = name;
  input.dispatchEvent(new Event("input"));
  await settled(panel);
}

describe("before all is done", () => {
  it.each([
    ["nothing answered", () => [], ["About bone: 0 of 4 answered", "About brain: 0 of 2 answered", "About check"]],
    ["half a lesson", () => [answered("b1", "2026-11-01"), answered("b2", "2026-11-01", wrong)],
      ["About bone: 2 of 4 answered", "About brain: 0 of 2 answered", "About check"]],
    ["the lessons and no check", () => allLessons("2026-11-01"), ["About check"]],
    ["a check half done", () => [...allLessons("2026-11-01"), ...aSitting("2026-11-10", 2, 2)], ["About check"]],
    ["a check and half the lessons", () => [answered("f1", "2026-11-01"), ...aSitting("2026-11-10", 3)],
      ["About bone: 2 of 4 answered"]],
    ["an answer to another wording", () => [...allLessons("2026-11-01").slice(1), answered("b1", "2026-11-01", { item_version: "v0" }), ...aSitting("2026-11-10", 3)],
      ["About bone: 3 of 4 answered"]],
  ])("with %s says what is open, with a way there, and has no sheet", async (_, given, open) => {
    host.kept = given();
    const panel = await show();
    expect(words(panel, "li").split(" | ")).toEqual(open);
    expect(links(panel)).toEqual(open.map((each) => each.split(":")[0]!).map((title) => [title, `${title.split(" ")[1]}.html`]));
    expect(words(panel, ".box p")).toMatch(/every question of the lessons is answered, rightly or not, and a final check is finished\. Still open:$/);
    expect(all(panel, ".sheet, button, input")).toEqual([]);
  });
});

describe("the certificate", () => {
  beforeEach(complete);

  it("names the lessons, rightly answered or not, how much was asked, the hours, the version and who reviewed", async () => {
    host.kept = [...allLessons("2026-11-01").map((each) => ({ ...each, ...wrong })), ...aSitting("2026-11-10", 0)];
    const panel = await show();
    expect(words(panel, ".sheet li")).toBe("About bone | About brain");
    const says = words(panel, ".sheet");
    expect(says).toContain("has answered every question of the 2 lessons named here and 3 questions of the final check.");
    expect(says).toContain("Study time as planned for these parts: about 1.5 hours.");
    expect(says).toContain("Second Sight, version 1.2.3. Content reviewed by: nobody yet. Education, not medical advice. Printed on 23 November 2026.");
    expect(one(panel, "section").getAttribute("aria-label")).toBe("Certificate of completion");
    expect(one(panel, ".sheet").lang).toBe("en-GB");
  });

  it("says what it does not attest", async () => {
    const says = words(await show(), ".sheet");
    for (const no of ["no pass mark", "nobody watched", "not a test of clinical competence", "not an accredited qualification", "no proof of who answered"]) {
      expect(says).toContain(no);
    }
  });

  it.each([
    ["never opened", [], "About bone | About brain", "1.5 hours"],
    ["half done", ["v1"], "About bone | About brain", "1.5 hours"],
    ["done", ["v1", "v2"], "About bone | About brain | About clinic", "2.5 hours"],
  ])("with the practice %s lists %s of it, with its hours", async (_, ids, covered, time) => {
    host.kept.push(...ids.map((id) => answered(id, "2026-11-02")));
    const panel = await show();
    expect(words(panel, ".sheet li")).toBe(covered);
    expect(words(panel, ".sheet")).toContain(`about ${time}.`);
  });

  it.each([
    [1, "half an hour"], [30, "half an hour"], [60, "1 hour"], [70, "1 hour"], [80, "1.5 hours"], [240, "4 hours"],
  ])("tells %i minutes in words, to the half hour", async (minutes, says) => {
    const plan = aPlan();
    plan.lessons[0]!.minutes = minutes;
    plan.lessons[1]!.minutes = 0;
    expect(words(await show({ plan }), ".sheet")).toContain(`about ${says}.`);
  });

  it.each([
    ["the check, where that came last", () => [...allLessons("2026-11-01"), ...aSitting("2026-11-10", 2)], "10 November 2026"],
    ["the last question, where that came last", () => [...aSitting("2026-11-10", 2), ...["b1", "b3", "f1"].map((id, day) => answered(id, `2026-11-1${day + 1}`))],
      "13 November 2026"],
    ["the first answers, not of those given again", () => [...allLessons("2026-11-01"), ...aSitting("2026-11-10", 2), ...allLessons("2026-11-20")], "10 November 2026"],
    ["the lessons and the check, not of practice", () => [...allLessons("2026-11-01"), ...aSitting("2026-11-10", 2), answered("v1", "2026-11-20")], "10 November 2026"],
    ["today’s wording", () => [...allLessons("2026-11-01").slice(1), ...aSitting("2026-11-10", 2), answered("b1", "2026-10-01", { item_version: "v0" }), answered("b1", "2026-11-15")],
      "15 November 2026"],
  ])("bears the day of %s", async (_, given, day) => {
    host.kept = given();
    expect(words(await show(), ".sheet b")).toMatch(new RegExp(`^${day} \\|`));
  });

  it("of a course without a check needs none, and speaks of none", async () => {
    host.kept = allLessons("2026-11-01");
    const says = words(await show({ plan: aPlan({ check: null }) }), ".sheet");
    expect(says).toContain("every question of the 2 lessons named here. Completed on 1 November 2026.");
    expect(says).not.toContain("final check");
  });

  it("shows titles as text", async () => {
    const title = "<img src=x onerror=alert(1)>";
    const plan = aPlan({ title, reviewedBy: title });
    plan.lessons[0]!.title = title;
    const panel = await show({ plan });
    expect(words(panel, ".sheet").split(title).length - 1).toBe(4);
    expect(all(panel, "img")).toEqual([]);
  });

  it("appears once the missing answers were loaded", async () => {
    const { kept } = host;
    host.kept = kept.slice(1);
    const panel = await show();
    expect(all(panel, ".sheet")).toEqual([]);
    host.kept = kept;
    panel.restore();
    await settled(panel);
    expect(all(panel, ".sheet").length).toBe(1);
  });
});

describe("the name", () => {
  beforeEach(complete);

  it("is asked for by a field with a label, of a bounded length, which the browser does not fill or remember", async () => {
    const panel = await show();
    const input = one<HTMLInputElement>(panel, "input");
    expect(nameOf(input.closest("label")!)).toBe("Your name, if you want it on the certificate");
    expect([input.maxLength, input.getAttribute("autocomplete"), input.getAttribute("name")]).toEqual([80, "off", null]);
    expect(words(panel, ".note")).toBe("It is printed and then forgotten: nothing keeps it.");
  });

  it("stands on the sheet, trimmed; without one there is room for it", async () => {
    const panel = await show();
    expect(one(panel, ".name").textContent).toBe("");
    await call(panel, "  Ann Ó Brien  ");
    expect(one(panel, ".name").textContent).toBe("Ann Ó Brien");
    await call(panel, "   ");
    expect(one(panel, ".name").textContent).toBe("");
  });

  it("is text, never HTML", async () => {
    const panel = await show();
    await call(panel, "<img src=x onerror=alert(1)>");
    expect(one(panel, ".name").textContent).toBe("<img src=x onerror=alert(1)>");
    expect(all(panel, "img")).toEqual([]);
  });

  it("is kept nowhere: not by the host, not in the browser, not in the address, not in a new certificate", async () => {
    const keep = vi.spyOn(host, "keep");
    const [stored, before] = [[vi.spyOn(localStorage, "setItem"), vi.spyOn(sessionStorage, "setItem")], location.href];
    const print = printer();
    const panel = await show();
    await call(panel, "Ann O’Brien");
    await take(panel, PRINT);
    panel.remove();
    for (const frame of document.querySelectorAll("iframe")) frame.contentWindow!.dispatchEvent(new Event("afterprint"));
    expect(print).toHaveBeenCalledOnce();
    for (const spy of [keep, ...stored]) expect(spy).not.toHaveBeenCalled();
    expect([localStorage.length, sessionStorage.length, document.cookie, location.href]).toEqual([0, 0, "", before]);
    expect(JSON.stringify(host.kept)).not.toContain("Brien");
    expect(document.body.outerHTML).not.toContain("Brien");
    expect(words(await show(), ".name")).toBe("");
  });
});

describe("printing", () => {
  beforeEach(complete);
  const frames = (): HTMLIFrameElement[] => [...document.querySelectorAll("iframe")];

  it("prints a frame that holds the sheet alone, with its look, and leaves nothing behind", async () => {
    const print = printer();
    const panel = await show();
    await call(panel, "Ann <b>O’Brien</b>");
    await take(panel, PRINT);
    expect(print).toHaveBeenCalledOnce();
    expect(frames().length).toBe(1);
    const { contentDocument: paper, contentWindow: view, title } = frames()[0]!;
    expect([title, paper!.title, paper!.adoptedStyleSheets.length]).toEqual(["Certificate", "Certificate of completion", 1]);
    expect([...paper!.body.children].map(({ className }) => className)).toEqual(["sheet"]);
    expect(paper!.querySelector(".name")!.textContent).toBe("Ann <b>O’Brien</b>");
    expect(paper!.body.textContent).toBe(one(panel, ".sheet").textContent);
    view!.dispatchEvent(new Event("afterprint"));
    expect(frames()).toEqual([]);
  });
});
