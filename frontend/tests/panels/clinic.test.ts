import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import "../../src/chunks/clinic";
import "../../src/chunks/vignette";
import { type Clinic, LEVELS, type Level } from "../../src/item";
import { definePanels } from "../../src/kinds";
import { type SsClinic, draw } from "../../src/panels/clinic";
import { LEVEL_NAMES, aClinic, at, focused, nameOf, one, seeded, settled, take } from "../small-kinds";
import { FakeHost, all, anAttempt, words } from "../small-quiz";

definePanels();
let host: FakeHost;
beforeEach(() => void (host = new FakeHost()));
afterEach(() => document.body.replaceChildren());

describe("a session drawn from the vignettes", () => {
  const many = aClinic(60).vignettes;
  const ids = (all: readonly { id: string }[]): string[] => all.map(({ id }) => id);
  const hour = (index: number): string => new Date(1_800_000_000_000 + index * 3_600_000).toISOString();
  /** Some vignettes, when some of them were last met, and a stream of random numbers. */
  const cases = fc
    .record({
      count: fc.integer({ min: 1, max: 60 }),
      met: fc.array(fc.option(fc.nat(40)), { minLength: 60, maxLength: 60 }),
      seed: fc.nat(),
    })
    .map(({ count, met, seed }) => {
      const vignettes = many.slice(0, count);
      const when = new Map(
        vignettes.flatMap(({ id }, index) => (met[index] === null ? [] : [[id, hour(met[index]!)] as const])),
      );
      return { vignettes, when, drawn: draw(vignettes, when, seeded(seed)) };
    });

  it("has ten of them, or all where they are fewer, each once", () => {
    fc.assert(
      fc.property(cases, ({ vignettes, drawn }) => {
        expect(drawn.length).toBe(Math.min(10, vignettes.length));
        expect(new Set(drawn).size).toBe(drawn.length);
        expect(drawn.every((each) => vignettes.includes(each))).toBe(true);
      }),
    );
  });

  it("has those never met first, then those met longest ago", () => {
    fc.assert(
      fc.property(cases, ({ vignettes, when, drawn }) => {
        const left = vignettes.filter((each) => !drawn.includes(each));
        if (drawn.some(({ id }) => when.has(id))) expect(left.every(({ id }) => when.has(id))).toBe(true);
        const newest = drawn
          .map(({ id }) => when.get(id) ?? "")
          .sort()
          .at(-1)!;
        expect(left.every(({ id }) => (when.get(id) ?? "") >= newest)).toBe(true);
      }),
    );
  });

  it("leaves what it draws from as it was", () => {
    const before = ids(many);
    draw(many, new Map(), seeded(3));
    expect(ids(many)).toEqual(before);
  });

  it("is the same for the same random numbers, and never in the same order for others", () => {
    const orders = Array.from({ length: 200 }, (_, seed) =>
      ids(draw(many.slice(0, 12), new Map(), seeded(seed))).join(),
    );
    expect(new Set(orders).size).toBe(200);
    expect(ids(draw(many.slice(0, 12), new Map(), seeded(7))).join()).toBe(orders[7]);
  });

  it("is drawn anew each time where no random numbers are given", () => {
    const orders = Array.from({ length: 20 }, () => ids(draw(many, new Map())).join());
    expect(new Set(orders).size).toBe(20);
  });

  it("gives each vignette the same chance, and each the same chance of any place", () => {
    const random = seeded(11);
    const drawn = new Map<string, number>();
    const first = new Map<string, number>();
    for (let time = 0; time < 3000; time += 1) {
      const session = ids(draw(many.slice(0, 20), new Map(), random));
      for (const id of session) drawn.set(id, (drawn.get(id) ?? 0) + 1);
      first.set(session[0]!, (first.get(session[0]!) ?? 0) + 1);
    }
    /* 1500 and 150 on average; five standard errors about them. */
    expect([drawn.size, first.size]).toEqual([20, 20]);
    for (const count of drawn.values()) expect(Math.abs(count - 1500)).toBeLessThan(137);
    for (const count of first.values()) expect(Math.abs(count - 150)).toBeLessThan(60);
  });

  it("does not give away by its place which was met before", () => {
    const met = new Map(many.slice(0, 5).map(({ id }) => [id, hour(1)]));
    const random = seeded(5);
    const places = Array.from({ length: 400 }, () =>
      draw(many.slice(0, 10), met, random).findIndex(({ id }) => met.has(id)),
    );
    expect(new Set(places)).toEqual(new Set([0, 1, 2, 3, 4, 5]));
  });
});

async function show(data: Clinic | null = aClinic(), printed = ""): Promise<SsClinic> {
  const clinic = document.createElement("ss-clinic") as SsClinic;
  clinic.innerHTML = printed;
  Object.assign(clinic, { data, host });
  document.body.append(clinic);
  await settled(clinic);
  return clinic;
}

/** Answer the vignette that is shown, with the level of that index, and go on; gives its id. */
async function meet(clinic: SsClinic, level: (key: Level) => number, certainty = "Sure"): Promise<string> {
  const vignette = clinic.current!;
  await settled(vignette);
  await take(vignette, LEVEL_NAMES[level(vignette.item.action)]!);
  await take(vignette, certainty);
  await take(vignette, "Check my answer");
  await take(vignette, vignette.onward);
  await settled(clinic);
  return vignette.item.id;
}

async function session(clinic: SsClinic, level: (key: Level) => number, begin = "Begin with ten"): Promise<string[]> {
  await take(clinic, begin);
  const ids: string[] = [];
  while (clinic.current) ids.push(await meet(clinic, level));
  return ids;
}
const right = (key: Level): number => LEVELS.indexOf(key);
const wait = (): number => 3;
const figures = (clinic: SsClinic): string => words(clinic, ".panel:not(.result)");

describe("a clinic, before it begins", () => {
  it("says how many in ten need action, how many were met, and the limits of its figures; none yet", async () => {
    const clinic = await show();
    expect(one(clinic, "section").getAttribute("aria-label")).toBe("The clinic");
    expect(words(clinic, "h3")).toBe("The clinic");
    expect(words(clinic, ".says")).toBe("Ten at a time.");
    expect(figures(clinic)).toBe(
      "About 5 in 10 of these 12 vignettes need action within days or sooner. The others do not. " +
        "You have met 0 of 12. Begin with ten",
    );
    expect(words(clinic, ".limits")).toMatch(
      /not a measure of clinical competence.*not been shown to find anybody’s illness sooner/,
    );
    expect(all(clinic, "ss-vignette, svg, .result")).toEqual([]);
    expect(clinic.renderRoot.textContent).not.toContain("Story");
  });

  it("keeps its printed form for paper where it has one, and shows nothing before it has its data", async () => {
    expect((await show(aClinic(), "<p>printed</p>")).hasAttribute("printed")).toBe(true);
    expect((await show()).hasAttribute("printed")).toBe(false);
    const empty = await show(null);
    empty.restore();
    expect(empty.renderRoot.textContent).toBe("");
  });
});

describe("a session", () => {
  it("begins at the text of its first vignette, one at a time, each numbered, with the levels by name", async () => {
    const clinic = await show();
    await take(clinic, "Begin with ten");
    const first = clinic.current!;
    await settled(first);
    expect(all(clinic, "ss-vignette")).toEqual([first]);
    expect(words(first, ".number")).toBe("1 of 10");
    expect(focused(first)).toBe(one(first, ".text"));
    expect(all(first, ".options label").map(nameOf)).toEqual(LEVEL_NAMES);
    await meet(clinic, right);
    expect(all(clinic, "ss-vignette")).toEqual([clinic.current]);
    expect(words(clinic.current!, ".number")).toBe("2 of 10");
    await settled(clinic.current!);
    expect(focused(clinic.current!)).toBe(one(clinic.current!, ".text"));
  });

  it("meets ten different ones, keeps each answer, and ends with how it went, with the focus there", async () => {
    const clinic = await show();
    const ids = await session(clinic, right);
    expect(new Set(ids).size).toBe(10);
    expect(host.kept.map(({ item, lesson, score }) => [item, lesson, score])).toEqual(
      ids.map((id) => [id, "spotting", 1]),
    );
    expect(focused(clinic)).toBe(one(clinic, ".result"));
    expect(words(clinic, ".result p")).toContain("You chose the right level in 10 of 10.");
    expect(figures(clinic)).toContain("You have met 10 of 12. Ten more");
  });

  it("says so where no emergency was missed, and nothing of emergencies where there was none", async () => {
    const clinic = await show(aClinic(10));
    await session(clinic, right);
    expect(words(clinic, ".result")).toContain("You missed no emergency in this session.");
    const calm = await show(aClinic(10, () => "reassure-and-safety-net"));
    await session(calm, right);
    expect(words(calm, ".result")).not.toMatch(/emergenc/);
  });

  it.each([
    ["too slowly", 3, "Explain and safety-net"],
    ["within days", 1, "Within days"],
  ])(
    "names each emergency acted on %s: its words, what was chosen, what it needs, and its card",
    async (_, level, chosen) => {
      const clinic = await show(aClinic(2, () => "same-day-emergency"));
      const ids = await session(clinic, () => level);
      expect(words(clinic, ".result > h4")).toBe("This session | 2 emergencies were not acted on at once");
      expect(all(clinic, ".result .missed").map((missed) => missed.querySelector("p")!.textContent)).toEqual(
        ids.map((id) => expect.stringContaining(`Story ${id.slice(2)}.`)),
      );
      expect(all(clinic, ".result .missed p:nth-of-type(2)").map((p) => p.textContent)).toEqual(
        Array(2).fill(`You chose: ${chosen}. It needs: Same day.`),
      );
      const card = all(clinic, ".result .missed details")[0]!;
      expect(card.querySelector("summary")!.textContent).toBe("The card: Cord compression");
      expect([...card.querySelectorAll("li")].map((each) => each.textContent)).toEqual(["Numb legs", "Back pain"]);
      expect([...card.querySelectorAll("dt, dd")].map((each) => each.textContent)).toEqual([
        "How fast",
        "Now.",
        "Whom to call",
        "999.",
      ]);
    },
  );

  it("names one that came last of all, in the singular", async () => {
    const clinic = await show(aClinic(1, () => "same-day-emergency"));
    await session(clinic, wait);
    expect(words(clinic, ".result > h4")).toBe("This session | One emergency was not acted on at once");
    expect(words(clinic, ".result")).toContain("You chose the right level in 0 of 1.");
  });

  it("does not count an emergency acted on at once, nor anything else that went wrong, as missed", async () => {
    const clinic = await show(aClinic(4));
    await session(clinic, (key) => (key === "same-day-emergency" ? 0 : 3));
    expect(all(clinic, ".result .missed")).toEqual([]);
    expect(words(clinic, ".result")).toContain("You missed no emergency in this session.");
    expect(words(clinic, ".result")).toContain("You chose the right level in 2 of 4.");
  });

  it("of fewer than ten has them all", async () => {
    const clinic = await show(aClinic(3));
    expect((await session(clinic, right)).sort()).toEqual(["v-0", "v-1", "v-2"]);
    expect(words(clinic, ".result")).toContain("3 of 3");
  });

  it("counts, with its emergencies, also where its answers cannot be kept", async () => {
    host.says = "Not kept.";
    const clinic = await show(aClinic(2, () => "same-day-emergency"));
    await session(clinic, wait);
    expect(host.kept).toEqual([]);
    expect(words(clinic, ".result")).toContain("You chose the right level in 0 of 2.");
    expect(all(clinic, ".result .missed").length).toBe(2);
  });

  it("goes on undisturbed where the host tells of answers meanwhile", async () => {
    const clinic = await show();
    await take(clinic, "Begin with ten");
    const vignette = clinic.current!;
    await take(vignette, LEVEL_NAMES[2]!);
    clinic.restore();
    await settled(clinic);
    expect(clinic.current).toBe(vignette);
    expect(all<HTMLInputElement>(vignette, ".options input").map(({ checked }) => checked)).toEqual([
      false,
      false,
      true,
      false,
    ]);
  });
});

describe("the sessions after it", () => {
  it("bring those not met yet, tell of themselves alone, and of all answers in the figures so far", async () => {
    const clinic = await show();
    const first = await session(clinic, right);
    const second = await session(clinic, wait, "Ten more");
    const unseen = clinic.data!.vignettes.map(({ id }) => id).filter((id) => !first.includes(id));
    expect(second).toEqual(expect.arrayContaining(unseen));
    const calm = second.filter((id) => Number(id.slice(2)) % 4 === 3).length;
    expect(words(clinic, ".result")).toContain(`You chose the right level in ${calm} of 10.`);
    expect(all(clinic, ".result .missed").length).toBe(second.filter((id) => Number(id.slice(2)) % 4 === 0).length);
    expect(figures(clinic)).toContain("20 answers, 8 of them to cases you had met before, which makes them easier.");
    expect(figures(clinic)).toContain("You have met 12 of 12.");
    expect(words(clinic, ".panel:not(.result) th")).toContain("d′, how well you tell one from the other");
    expect(all(clinic, "svg").length).toBe(3);
    expect(all(clinic, ".limits").length).toBe(1);
  });

  it("do not name again an emergency missed in an earlier one, but keep it among those so far", async () => {
    const clinic = await show(aClinic(4));
    await session(clinic, wait);
    expect(all(clinic, ".result .missed").length).toBe(1);
    await session(clinic, right, "Ten more");
    expect(words(clinic, ".result")).toContain("You missed no emergency in this session.");
    expect(all(clinic, ".result .missed").length).toBe(0);
    expect(figures(clinic)).toContain("Emergencies: 1 of 2 acted on at once.");
  });
});

describe("what was answered before", () => {
  const vignettes = aClinic().vignettes;
  const chosen = (index: number, level: Level, changes: object = {}) =>
    at(vignettes[index]!, { id: `${index}`, answer: [level], at: `2026-11-2${index % 8}T10:00:00.000Z`, ...changes });

  it("is in the figures when the clinic opens, and what was loaded since as soon as it is told", async () => {
    host.kept = [chosen(0, LEVELS[0]), chosen(1, LEVELS[3]), chosen(2, LEVELS[2])];
    const clinic = await show();
    expect(figures(clinic)).toContain("You have met 3 of 12.");
    expect(figures(clinic)).toContain("3 answers.");
    expect(words(clinic, "td")).toContain("1 of 2");
    host.kept.push(chosen(3, LEVELS[3]));
    clinic.restore();
    await settled(clinic);
    expect(figures(clinic)).toContain("You have met 4 of 12.");
    expect(all(clinic, ".result")).toEqual([]);
  });

  it("tells how many emergencies were acted on at once, and names those that were not, with their cards", async () => {
    host.kept = [chosen(0, LEVELS[0]), chosen(4, LEVELS[1]), chosen(8, LEVELS[3]), chosen(1, LEVELS[3])];
    const clinic = await show();
    expect(figures(clinic)).toContain("Emergencies: 1 of 3 acted on at once.");
    expect(words(clinic, ".missed > p:first-child")).toBe("Story 8. | Story 4.");
    expect(words(clinic, ".missed > p:nth-of-type(2)")).toBe(
      "You chose: Explain and safety-net. It needs: Same day. | You chose: Within days. It needs: Same day.",
    );
    expect(words(clinic, ".missed summary")).toBe("The card: Cord compression | The card: Cord compression");
  });

  it.each([
    [[chosen(0, LEVELS[0])], true],
    [[chosen(1, LEVELS[3])], false],
  ])("lists no emergency where none was missed, and does not speak of them where none was met", async (kept, met) => {
    host.kept = kept;
    const clinic = await show();
    expect(figures(clinic).includes("Emergencies: 1 of 1 acted on at once.")).toBe(met);
    expect(figures(clinic).includes("mergenc")).toBe(met);
    expect(all(clinic, ".missed")).toEqual([]);
  });

  it("is left aside where it answers other words, no level, without a certainty, or something else", async () => {
    host.kept = [
      chosen(0, LEVELS[0], { item_version: "v0" }),
      chosen(1, "soon" as Level),
      chosen(2, LEVELS[0], { certainty: null }),
      chosen(3, LEVELS[0], { answer: [] }),
      anAttempt(),
    ];
    const clinic = await show();
    expect(figures(clinic)).toContain("You have met 0 of 12.");
    expect(all(clinic, "svg")).toEqual([]);
  });

  it("counts in the order in which it was answered, whatever the order in which it is kept", async () => {
    const days = Array.from({ length: 20 }, (_, index) =>
      anAttempt({
        id: `${index}`,
        item: `v-${index % 12}`,
        answer: [index < 10 ? LEVELS[0] : vignettes[index % 12]!.action],
        at: `2026-11-${String(index + 1).padStart(2, "0")}T10:00:00.000Z`,
      }),
    );
    host.kept = [...days].reverse();
    const clinic = await show();
    const tens = all(clinic, "tr")
      .filter((row) => row.textContent!.includes("Answers"))
      .map((row) => row.querySelector("td")!.textContent);
    expect(tens).toEqual(["3 of 10", "10 of 10"]);
  });

  it("waits its turn: a session draws on those never met, then on those met longest ago", async () => {
    host.kept = [0, 1, 2, 3].map((index) => chosen(index, LEVELS[0]));
    const clinic = await show();
    const ids = await session(clinic, right);
    expect(ids.filter((id) => ["v-0", "v-1", "v-2", "v-3"].includes(id)).sort()).toEqual(["v-0", "v-1"]);
  });
});
