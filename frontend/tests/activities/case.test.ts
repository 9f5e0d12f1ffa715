import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SsCase } from "../../src/activities/case";
import "../../src/chunks/case";
import { type CaseItem, LEVELS, type Level } from "../../src/item";
import { LEVEL_NAMES, aCase, anAsk, at, focused, nameOf, named, one, settled, show as put, take } from "../small-kinds";
import { FakeHost, all, words } from "../small-quiz";

let host: FakeHost;
beforeEach(() => void (host = new FakeHost()));
afterEach(() => document.body.replaceChildren());

const show = (changes: Partial<CaseItem> = {}): Promise<SsCase> => put<SsCase>("ss-case", aCase(changes), host);
const takes = async (met: SsCase, ...names: string[]): Promise<void> => {
  for (const name of names) await take(met, name);
};
const NIGHT = "When is it worst? 3 min";
const HOLIDAYS = "Any holidays? 4 min";
const LEGS = "How are your legs? 5 min";
const clock = (met: SsCase): string => words(met, ".clock");
const replies = (met: SsCase): string => words(met, ".reply");
const buttons = (met: SsCase): string[] => all(met, "button").map(nameOf);
const decide = (met: SsCase, level: number): Promise<void> =>
  takes(met, LEVEL_NAMES[level]!, "Sure", "Check my answer");

describe("a case begins", () => {
  it("with the patient, the history and the first step; nothing that comes later is there yet", async () => {
    const met = await show();
    expect(words(met, ".who p")).toBe("Helen, 58 | Treated nine years ago.");
    expect(words(met, ".step > p:first-child")).toBe("“My back hurts.”");
    expect(all(met, ".decision, .certainty, button[type=submit]")).toEqual([]);
    expect(met.renderRoot.textContent).not.toContain("She walks slowly");
    expect(buttons(met)).toEqual([NIGHT, HOLIDAYS, LEGS, "Go on"]);
  });
});

describe("asking", () => {
  it("takes minutes and brings an answer, announced where it was asked", async () => {
    const met = await show();
    expect(clock(met)).toBe("You have 8 minutes left for questions.");
    const region = named(met, "button", NIGHT).parentElement!.querySelector("[role=status]")!;
    expect(region.textContent!.trim()).toBe("");
    await take(met, NIGHT);
    expect(region.textContent).toContain("“At night.”");
    expect(clock(met)).toBe("You have 5 minutes left for questions.");
    expect(one(met, ".clock").getAttribute("role")).toBe("status");
    expect(buttons(met)).toEqual(["When is it worst? asked", HOLIDAYS, LEGS, "Go on"]);
    expect(met.renderRoot.textContent).not.toContain("Why night");
  });

  it("is closed to what takes longer than what is left, though it can still be reached and read", async () => {
    const met = await show();
    await take(met, HOLIDAYS);
    expect(clock(met)).toBe("You have 4 minutes left for questions.");
    expect(named(met, "button", LEGS).getAttribute("aria-disabled")).toBe("true");
    expect(named<HTMLButtonElement>(met, "button", LEGS).disabled).toBe(false);
    expect(named(met, "button", NIGHT).getAttribute("aria-disabled")).toBe("false");
    await take(met, LEGS);
    expect(replies(met)).toBe("“Rhyl.”");
    await take(met, NIGHT);
    expect(clock(met)).toBe("You have 1 minute left for questions.");
    expect(replies(met)).toBe("“At night.” | “Rhyl.”");
  });

  it("up to the last minute is allowed, and no further", async () => {
    const met = await show();
    await takes(met, NIGHT, LEGS);
    expect(clock(met)).toBe("Your time for questions is used up.");
    await take(met, HOLIDAYS);
    expect(replies(met)).toBe("“At night.” | “Weak.”");
  });

  it("once more costs nothing, and is kept once", async () => {
    const met = await show();
    await takes(met, NIGHT, "When is it worst? asked");
    expect(clock(met)).toBe("You have 5 minutes left for questions.");
    await takes(met, "Go on", "Ring the team");
    await decide(met, 1);
    expect(host.kept[0]!.answer.filter((entry) => entry.startsWith("ask"))).toEqual(["ask:listen:a"]);
  });
});

describe("the way through a case", () => {
  it("goes from step to step, with the focus on the new one; what came before stays to be read", async () => {
    const met = await show();
    await takes(met, NIGHT, "Go on");
    expect(focused(met)).toBe(one(met, ".here"));
    expect(words(met, ".here > p:first-child")).toBe("She walks slowly.");
    expect(words(met, ".here h4")).toBe("What do you do?");
    expect(all(met, ".step").map((step) => step.getAttribute("aria-label"))).toEqual(["Step 1", "Step 2"]);
    expect(words(met, ".step:not(.here) li")).toBe("When is it worst? “At night.”");
    expect(buttons(met)).toEqual(["Ring the team", "Wave her off"]);
  });

  it("by a wrong turn shows what comes of it, and leads back, where that turn is not offered again", async () => {
    const met = await show();
    await takes(met, "Go on", "Wave her off");
    expect(words(met, ".here > p:first-child")).toBe("She comes back in tears.");
    expect(words(met, ".taken")).toBe("You chose: Wave her off");
    await take(met, "Go on");
    expect(words(met, ".here > p:first-child")).toBe("She walks slowly.");
    expect(buttons(met)).toEqual(["Ring the team"]);
    await take(met, "Ring the team");
    expect(words(met, ".taken")).toBe("You chose: Wave her off | You chose: Ring the team");
    expect(focused(met)!.getAttribute("aria-label")).toBe("Decision");
  });

  it("says where it leads to the decision", async () => {
    const met = await show({
      steps: [{ id: "only", says: "All said.", asks: [], ways: [{ text: "", next: "decide" }] }],
    });
    expect(buttons(met)).toEqual(["Go on to the decision"]);
    await take(met, "Go on to the decision");
    expect(words(met, ".decision > legend")).toBe("How fast does this need action?");
  });

  it("is closed behind one: at the decision no more can be asked", async () => {
    const met = await show();
    await takes(met, "Go on", "Ring the team");
    expect(all(met, ".task button")).toEqual([]);
    expect(all(met, ".decision label").map(nameOf)).toEqual(LEVEL_NAMES);
  });
});

describe("the decision", () => {
  it("is asked for, with the focus on the levels", async () => {
    const met = await show();
    await takes(met, "Go on", "Ring the team", "Check my answer");
    expect(words(met, ".told")).toBe("Decide how fast to act first.");
    expect(focused(met)).toBe(all(met, ".decision input")[0]);
    await take(met, LEVEL_NAMES[3]!);
    expect(words(met, ".told")).toBe("");
    expect(host.kept).toEqual([]);
  });

  it("is kept with the whole way that led to it, in order", async () => {
    const met = await show();
    await takes(met, LEGS, "Go on", "Wave her off", "Go on", "Ring the team");
    await decide(met, 1);
    expect(host.kept).toMatchObject([
      {
        answer: [
          "ask:listen:c",
          "way:listen:a",
          "way:look:b",
          "way:waved:a",
          "way:look:a",
          "act:contact-team-within-days",
        ],
        score: expect.closeTo((2 + 1 / 2) / 3),
      },
    ]);
  });

  it.each([
    [1, "The right speed.", "good", [2 / 3]],
    [0, "Faster than needed.", "bad", [1 / 3]],
    [2, "Too slow for this one.", "bad", [0]],
    [3, "Too slow for this one.", "bad", [0]],
  ])("for level %i is told in words: %s", async (level, says, tone, [score]) => {
    const met = await show();
    await takes(met, "Go on", "Ring the team");
    await decide(met, level);
    expect(words(met, ".verdict")).toBe(says);
    expect(one(met, ".verdict").classList.contains(tone)).toBe(true);
    expect(host.kept[0]!.score).toBeCloseTo(score!);
    expect(all(met, ".decision .mark").map((mark) => mark.textContent)).toEqual(
      level === 1
        ? ["✓ Your decision, and right"]
        : level === 0
          ? ["✗ Your decision", "✓ The right level"]
          : ["✓ The right level", "✗ Your decision"],
    );
  });
});

describe("the debrief of a case", () => {
  async function after(level: number, ...asked: string[]): Promise<SsCase> {
    const met = await show();
    await takes(met, ...asked, "Go on", "Ring the team");
    await decide(met, level);
    return met;
  }

  it("says why of the level chosen and of the right one, what happens now, and what it may be", async () => {
    const met = await after(3);
    expect(words(met, ".told > .why").split(" | ").slice(0, 2)).toEqual([
      "Explain and safety-net: Why Explain and safety-net.",
      "Within days: Why Within days.",
    ]);
    expect(words(met, ".now > *")).toBe("What happens now | The team rings today.");
    expect(words(met, ".told")).toContain("Nights tell.");
    expect(words(met, ".told")).toContain("What the team will think of: Bone.");
    expect(words(met, "ul.plain")).toBe("Night painWeak legs | She lifts boxes");
    expect(words(met, "h4")).toContain("What mattered | What could mislead");
  });

  it("names each question that mattered and was not asked, with what it would have brought", async () => {
    const met = await after(1, NIGHT);
    expect(words(met, ".told > .why")).toBe("Within days: Why Within days. | How are your legs? “Weak.” Why legs.");
    expect(words(met, "h4")).toContain("Questions worth asking next time");
    expect(words(met, "details:not([open]) > .why")).toBe(
      [
        "When is it worst? Why night.",
        "Any holidays? “Rhyl.” Why holidays.",
        "Same day: Why Same day.",
        "If it lasts: Why If it lasts.",
        "Explain and safety-net: Why Explain and safety-net.",
      ].join(" | "),
    );
  });

  it("says so where all that mattered was asked; nothing of it where no question matters", async () => {
    expect(words(await after(1, NIGHT, LEGS), ".told > p")).toContain(
      "You asked all the questions that this decision rests on.",
    );
    const plain = await show({
      steps: [{ id: "only", says: "", asks: [anAsk()], ways: [{ text: "", next: "decide" }] }],
    });
    await take(plain, "Go on to the decision");
    await decide(plain, 1);
    expect(words(plain, ".told")).not.toMatch(/You asked all|worth asking/);
    expect(host.kept.at(-1)!.score).toBe(1);
  });

  it("has no heading over lures where there are none", async () => {
    const met = await show({ lures: [] });
    await takes(met, "Go on", "Ring the team");
    await decide(met, 1);
    expect(words(met, "h4")).not.toContain("What could mislead");
  });
});

describe("a case that was kept", () => {
  const way = ["ask:listen:b", "way:listen:a", "way:look:b", "way:waved:a", "way:look:a"];
  const kept = (level: Level, item: CaseItem = aCase()) => at(item, { answer: [...way, `act:${level}`], score: 0 });

  it("is gone through again: what was asked, the ways taken, the decision", async () => {
    const met = await show();
    met.restore(kept(LEVELS[2]));
    await settled(met);
    expect(words(met, ".step > p:first-child")).toBe(
      "“My back hurts.” | She walks slowly. | She comes back in tears. | She walks slowly.",
    );
    expect(replies(met)).toBe("“Rhyl.”");
    expect(words(met, ".taken")).toBe("You chose: Wave her off | You chose: Ring the team");
    expect(words(met, ".verdict")).toBe("Too slow for this one.");
    expect(buttons(met)).toEqual(["Try again"]);
  });

  it("takes the place of one that is under way", async () => {
    const met = await show();
    await takes(met, NIGHT, "Go on");
    met.restore(kept(LEVELS[1]));
    await settled(met);
    expect(words(met, ".verdict")).toBe("The right speed.");
    expect(replies(met)).toBe("“Rhyl.”");
  });

  it("is tried again from the first step, with all its minutes and the focus on its questions", async () => {
    const met = await show();
    met.restore(kept(LEVELS[1]));
    await settled(met);
    await take(met, "Try again");
    await settled(met);
    expect(clock(met)).toBe("You have 8 minutes left for questions.");
    expect(buttons(met)).toEqual([NIGHT, HOLIDAYS, LEGS, "Go on"]);
    expect(focused(met)).toBe(named(met, "button", NIGHT));
  });
});
