import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import "../../src/chunks/progress";
import { definePanels } from "../../src/kinds";
import type { SsProgress } from "../../src/panels/progress";
import { LEVELS } from "../../src/item";
import { one, settled } from "../small-kinds";
import { answered, aPlan, atNoon, leave, open, wrong } from "../small-plan";
import { type FakeHost, all, words } from "../small-quiz";

definePanels();
let host: FakeHost;
beforeEach(() => void (host = atNoon()));
afterEach(leave);

const show = (given: ReturnType<typeof answered>[], changes: object = {}): Promise<SsProgress> => {
  host.kept = given;
  return open<SsProgress>("ss-progress", host, changes);
};
const rows = (panel: SsProgress): string[] => all(panel, ".lessons tbody tr").map((row) => row.textContent!.replace(/\s+/g, " ").trim());
const press = async (panel: SsProgress, name: string): Promise<void> => {
  (all(panel, "button").find((button) => button.textContent!.trim() === name) as HTMLElement).click();
  await settled(panel as never);
};

describe("where one stands", () => {
  it("before anything is answered sends to the first lesson, and claims nothing", async () => {
    const panel = await show([]);
    expect(words(panel, ".next")).toMatch(/Begin “About bone”.*next lesson that you have not begun/);
    expect(one(panel, ".next a").getAttribute("href")).toBe("bone.html");
    expect(rows(panel)[0]).toMatch(/^About bone ?0 of 4 ?2 not met/);
    expect(words(panel, "section")).toContain("No answers yet.");
    expect(words(panel, "section")).toContain("You have not met a vignette yet.");
  });

  it("names each objective with how it stands, in words", async () => {
    const panel = await show([
      answered("b1", "2026-11-15"), answered("b1", "2026-11-20"), answered("b2", "2026-11-20"), answered("b3", "2026-11-20", wrong),
    ]);
    expect(rows(panel)[0]).toMatch(/^About bone ?3 of 4 ?1 holding, 1 met .*Tell night\. ● Holding.*Tell legs\. ◔ Met/);
    expect(words(panel, ".key")).toMatch(/Not met.*Met.*Practised.*Holding.*after 3 days/);
    expect(words(panel, ".next")).toContain("You have answered 3 of its 4 questions.");
  });

  it("says when being sure is no sign of being right", async () => {
    const sure = (right: boolean, index: number) => answered("b1", `2026-11-${10 + index}`, right ? {} : wrong);
    const often = await show(Array.from({ length: 12 }, (_, index) => sure(index % 2 === 0, index)));
    expect(words(often, "section")).toMatch(/When you were sure, you were right 6 of 12 times\. So being sure is not yet a sign/);
    document.body.replaceChildren();
    expect(words(await show([sure(true, 1), sure(false, 2)]), "section")).not.toContain("not yet a sign");
  });

  it("puts missed emergencies among what to do next, with the way to their cards", async () => {
    const missed = answered("v1", "2026-11-23", { answer: [LEVELS[3]!], score: 0 });
    const panel = await show([missed]);
    expect(words(panel, ".next")).toMatch(/1 of 1 emergency that you met was not acted on at once/);
    expect(all(panel, ".next a").map((link) => link.getAttribute("href"))).toContain("flags.html");
    expect(words(panel, "section")).toContain("Emergencies: 0 of 1 acted on at once.");
  });

  it("tells of answers that are kept and do not count", async () => {
    host.unasked = () => 2;
    const panel = await show([answered("b1", "2026-11-20", { item_version: "older" })]);
    expect(words(panel, "section")).toContain("1 answer belongs to questions that have been reworded since");
    expect(words(panel, "section")).toContain("2 answers belong to questions that this course does not have");
    expect(rows(panel)[0]).toContain("0 of 4");
  });

  it("shows titles and objectives as text, whatever they hold", async () => {
    const plan = aPlan();
    plan.lessons[0]!.title = "<img src=x onerror=alert(1)>";
    plan.lessons[0]!.objectives[0]!.says = "<b>bold</b>";
    const panel = await show([], { plan });
    expect(all(panel, ".lessons img, .lessons b")).toEqual([]);
    expect(rows(panel)[0]).toContain("<img src=x onerror=alert(1)>");
  });

  it("has a name for each control and a scope for each head of a table", async () => {
    const panel = await show([answered("b1", "2026-11-20"), answered("v1", "2026-11-20", { answer: [LEVELS[0]!] })]);
    const controls = all(panel, "button, summary, a");
    expect(controls.length).toBeGreaterThan(5);
    expect(controls.filter((each) => !each.textContent!.trim())).toEqual([]);
    expect(all(panel, "th:not([scope])")).toEqual([]);
    expect(all(panel, "svg:not([aria-label])")).toEqual([]);
  });
});

describe("erasing", () => {
  it("asks first, offers the file, and can be declined", async () => {
    host.erase = vi.fn(() => Promise.resolve("Erased."));
    const panel = await show([answered("b1", "2026-11-20")]);
    await press(panel, "Erase all my answers");
    expect(words(panel, "[role=group]")).toMatch(/Erase all your answers, for good\?.*unless you have saved them/);
    expect(panel.shadowRoot!.activeElement!.textContent).toBe("No, keep them");
    await press(panel, "No, keep them");
    expect(host.erase).not.toHaveBeenCalled();
    expect(panel.shadowRoot!.activeElement!.textContent).toBe("Erase all my answers");
    expect(rows(panel)[0]).toContain("1 of 4");
  });

  it("erases when it is confirmed, and says so", async () => {
    host.erase = vi.fn(() => {
      host.kept = [];
      return Promise.resolve("All erased.");
    });
    const panel = await show([answered("b1", "2026-11-20")]);
    await press(panel, "Erase all my answers");
    await press(panel, "Yes, erase everything");
    await vi.waitFor(() => expect(words(panel, ".note")).toBe("All erased."));
    expect(host.erase).toHaveBeenCalledOnce();
    expect(rows(panel)[0]).toContain("0 of 4");
  });

  it.each([["Yes, erase everything", "erase"], ["Save them to a file first", "save"]] as const)("says what went wrong: %s", async (name, does) => {
    host[does] = (() => Promise.reject(new Error("It is asleep."))) as never;
    const panel = await show([answered("b1", "2026-11-20")]);
    await press(panel, "Erase all my answers");
    await press(panel, name);
    await vi.waitFor(() => expect(words(panel, ".note")).toBe("It is asleep."));
    expect(rows(panel)[0]).toContain("1 of 4");
  });
});
