import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Attempt, inOrder, latest } from "../../src/attempt";
import { type Kept, type PackagedItem, canKeep, decode, encode, lastingId, newSalt } from "../../src/hosts/scorm-state";
import { LEVELS, letter } from "../../src/item";

const SALT = "0123abcdf";
/** What SCORM 1.2 and SCORM 2004, 4th edition, let a page keep. */
const [OF_12, OF_2004] = [4096, 64_000];
const NO_LIMIT = 1e9;
const FROM = Date.parse("2026-11-23T08:00:00Z");

/** As many items as the course has, and some more. */
const ITEMS: PackagedItem[] = Array.from({ length: 300 }, (_, at) => ({
  id: `item-${at}`, version: ((at * 0x9e3779b1 + 0x1234567) % 2 ** 28).toString(16).padStart(7, "0") + "abcde", lesson: `lesson-${at % 25}`,
}));

const letters = (size: number) => fc.subarray(Array.from({ length: size }, (_, at) => letter(at)), { minLength: 1 });
const way = fc.array(fc.tuple(fc.constantFrom("ask", "way"), fc.constantFrom("listen", "look", "on-the-stairs"), fc.nat(15)), { maxLength: 12 });
/** Answers of every kind of item, and some of none. */
const answers: fc.Arbitrary<string[]> = fc.oneof(
  letters(4), letters(16),
  fc.shuffledSubarray(["a", "b", "c", "d", "e", "f", "g", "h"], { minLength: 2 }),
  fc.array(fc.nat(15), { minLength: 1, maxLength: 12 }).map((groups) => groups.map((group, card) => `${letter(card)}-${letter(group)}`)),
  fc.constantFrom<string>(...LEVELS).map((level) => [level]),
  fc.constant<string[]>(["none"]), fc.constant<string[]>([]),
  fc.tuple(way, fc.constantFrom(...LEVELS)).map(([log, level]) => [...log.map(([what, step, at]) => `${what}:${step}:${letter(at)}`), `act:${level}`]),
  fc.array(fc.string({ minLength: 1, maxLength: 30, unit: "binary" }), { maxLength: 8 }),
  fc.constantFrom<string[]>(["z"], ["b-a"], ["a-b", "c-d"], ["a", "a"], ["ask:listen:a"], ["act:never"], ["q", "a"], ["none", "a"]),
);
const scores = fc.oneof(
  fc.constantFrom(0, 1, null), fc.tuple(fc.integer({ min: 1, max: 80 }), fc.nat(80)).map(([of, part]) => Math.min(part, of) / of),
  fc.double({ min: 0, max: 1, noNaN: true }).map(Math.abs), fc.constant((2 * 0.5 + 2 / 3) / 3),
);

/** An answer, and whether it came from a file. */
const given = fc.record({
  at: fc.nat(4_000_000), item: fc.nat(ITEMS.length - 1), answer: answers, score: scores,
  certainty: fc.constantFrom("guessing" as const, "fairly-sure" as const, "sure" as const, null),
  hints: fc.nat(4), seconds: fc.nat(9000).map((tenths) => tenths / 10), id: fc.uuid(), brought: fc.boolean(),
  place: fc.constantFrom("jupyter" as const, "page" as const), lesson: fc.constantFrom(undefined, "review", "final-check"),
  sitting: fc.option(fc.constantFrom("6c1f3a9e-0000-4000-8000-000000000001", "of noon"), { nil: undefined }),
});
type Given = typeof given extends fc.Arbitrary<infer T> ? T : never;

function keptOf({ at, item, lesson, sitting, brought, id, ...rest }: Given): Kept {
  const { id: name, version, lesson: own } = ITEMS[item]!;
  const attempt: Attempt = {
    ...rest, id, item: name, item_version: version, lesson: lesson ?? own, at: new Date(FROM + at * 1000 + 123).toISOString(),
    ...(sitting ? { sitting } : {}),
  };
  return { attempt, id: brought ? id : null };
}
const some = (most: number, least = 0, items = ITEMS.length): fc.Arbitrary<Kept[]> =>
  fc.uniqueArray(given, { selector: ({ at }) => at, maxLength: most, minLength: least, size: "max" }).map((all) => all.map((each) => keptOf({ ...each, item: each.item % items })));

/** What is to come back: the time in whole seconds, and an id that lasts. */
const asDecoded = ({ attempt, id }: Kept): Kept => ({
  attempt: { ...attempt, id: id ?? lastingId(attempt, SALT), at: new Date(Math.floor(Date.parse(attempt.at) / 1000) * 1000).toISOString() }, id,
});
const byTime = (kept: readonly Kept[]): Kept[] => [...kept].sort((a, b) => Date.parse(a.attempt.at) - Date.parse(b.attempt.at));
/** Of an answer, what must never be lost or changed. */
const core = ({ item, answer, score, certainty, hints }: Attempt) => ({ item, answer, score, certainty, hints });

/** A trainee's whole course: each item once and a final check, in answers of the sizes that the course has. */
function wholeCourse(random: () => number): Kept[] {
  const pick = (below: number): number => Math.floor(random() * below);
  const answerTo = (at: number): [string[], number] => {
    if (at < 105) return [[letter(pick(4))], pick(2)];
    if (at < 173) return [[LEVELS[pick(4)]!], pick(3) / 2];
    if (at < 197) return [[...["a", "b", "c", "d", "e", "f"].map((ask) => `ask:listen:${ask}`), "way:listen:a", "way:look:b", "way:in-the-car:a", `act:${LEVELS[pick(4)]}`], (2 * (pick(3) / 2) + pick(4) / 3) / 3];
    if (at < 224) return [Array.from({ length: 8 }, (_, card) => `${letter(card)}-${letter(pick(5))}`), pick(9) / 8];
    if (at < 240) return [["h", "b", "c", "a", "e", "f", "g", "d"], pick(29) / 28];
    return [["a", "c", "h"], pick(4) / 3];
  };
  let at = 0;
  const one = (item: number, changes: Partial<Attempt> = {}): Kept => {
    const { id, version, lesson } = ITEMS[item]!;
    const [answer, score] = answerTo(item);
    at += 20 + pick(90) + (pick(12) ? 0 : 90_000);
    return {
      attempt: {
        id: "", item: id, item_version: version, lesson, answer, score, certainty: "sure", hints: pick(2), seconds: 30 + pick(600) / 10,
        at: new Date(FROM + at * 1000).toISOString(), place: "page", ...changes,
      },
      id: null,
    };
  };
  const sitting = "6c1f3a9e-0000-4000-8000-00000000000a";
  return [...Array.from({ length: 266 }, (_, item) => one(item)), ...Array.from({ length: 30 }, (_, item) => one(item * 8, { lesson: "final-check", sitting }))];
}

/** Another version, as near to this one as can be. */
const reworded = (version: string): string => (parseInt(version.slice(0, 7), 16) ^ 1).toString(16).padStart(7, "0") + version.slice(7);

const chance = (seed: number) => (): number => ((seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647);

describe("what a learning platform keeps", () => {
  it("comes back as it was, whatever was answered", () => {
    fc.assert(fc.property(some(40), (kept) => {
      expect(decode(encode({ salt: SALT, kept }, ITEMS, NO_LIMIT), ITEMS)).toEqual({ salt: SALT, kept: byTime(kept).map(asDecoded) });
    }), { numRuns: 300 });
  });

  it("is never longer than it may be, and what is in it is true, however many answers there are", () => {
    fc.assert(fc.property(some(500, 100), fc.constantFrom(60, 300, 1000, OF_12), (kept, limit) => {
      const text = encode({ salt: SALT, kept }, ITEMS, limit);
      expect(text.length).toBeLessThanOrEqual(limit);
      expect(text).toMatch(/^[A-Za-z0-9_-]+$/);
      const there = new Map(kept.map((each) => [lastingId(each.attempt, SALT), each.attempt]));
      for (const { attempt } of decode(text, ITEMS)!.kept) expect(core(attempt)).toEqual(core(there.get(lastingId(attempt, SALT))!));
    }), { numRuns: 40 });
  });

  it("drops ids of files first, then seconds, then older answers from the oldest, and newest answers last", () => {
    fc.assert(fc.property(some(60, 30, 12), fc.integer({ min: 2, max: 90 }), (kept, percent) => {
      const whole = encode({ salt: SALT, kept }, ITEMS, NO_LIMIT).length;
      const limit = Math.ceil((percent * whole) / 100);
      const back = decode(encode({ salt: SALT, kept }, ITEMS, limit), ITEMS)!.kept;
      if (back.length < kept.length) {
        expect(back.every(({ id, attempt }) => id === null && attempt.seconds === 0)).toBe(true);
      }
      const all = inOrder(kept.map(({ attempt }) => attempt));
      const newest = new Set(latest(all).values());
      const order = [
        ...all.filter((each) => !newest.has(each) && !each.sitting), ...all.filter((each) => !newest.has(each) && each.sitting),
        ...inOrder(newest),
      ];
      const stay = order.slice(order.length - back.length);
      expect(back.map(({ attempt }) => lastingId(attempt, SALT)).sort()).toEqual(stay.map((each) => lastingId(each, SALT)).sort());
      if (back.some(({ attempt }) => attempt.seconds > 0)) expect(back.length).toBe(kept.length);
    }), { numRuns: 60 });
  });

  it.each([1, 2, 3])("has room in SCORM 1.2 for every item of a course of 266 and a final check (%i)", (seed) => {
    const kept = wholeCourse(chance(seed));
    const text = encode({ salt: SALT, kept }, ITEMS, OF_12);
    expect(text.length).toBeLessThanOrEqual(OF_12);
    const back = decode(text, ITEMS)!.kept.map(({ attempt }) => attempt);
    const newest = latest(kept.map(({ attempt }) => attempt));
    expect([...latest(back).values()].map(core)).toEqual([...newest.values()].map(core));
    expect(back.filter(({ sitting }) => sitting)).toHaveLength(30);
    expect(newest.size).toBe(266);
  });

  it("keeps all of such a course in SCORM 2004, seconds and ids too", () => {
    const kept = wholeCourse(chance(4)).map((each, at) => ({ ...each, id: `6c1f3a9e-0000-4000-8000-${String(at).padStart(12, "0")}` }));
    const back = decode(encode({ salt: SALT, kept }, ITEMS, OF_2004), ITEMS)!.kept;
    expect(back.map(({ id }) => id)).toEqual(kept.map(({ id }) => id));
    expect(back.map(({ attempt }) => attempt.seconds)).toEqual(kept.map(({ attempt }) => attempt.seconds));
  });

  it("comes back to the same wordings in another edition, and to no other", () => {
    fc.assert(fc.property(some(40), fc.integer({ min: 1, max: 5 }), (kept, every) => {
      const text = encode({ salt: SALT, kept }, ITEMS, NO_LIMIT);
      /* Others in another order; some reworded, some gone, some new. */
      const edition = [...ITEMS].reverse().filter((_, at) => at % 7)
        .map((item, at) => (at % every ? item : { ...item, version: reworded(item.version) }));
      const known = new Set(edition.map(({ id, version }) => `${id} ${version}`));
      const still = byTime(kept).filter(({ attempt }) => known.has(`${attempt.item} ${attempt.item_version}`));
      expect(decode(text, edition)!.kept).toEqual(still.map(asDecoded));
    }));
  });

  it("holds no words of a trainee's own, and no answers to other wordings or items", () => {
    const [first] = wholeCourse(chance(5));
    const attempt = (changes: Partial<Attempt>): Kept => ({ attempt: { ...first!.attempt, ...changes }, id: null });
    const kept = [attempt({ text: "My own words." }), attempt({ item_version: "fffffff00000" }), attempt({ item: "elsewhere" })];
    const back = decode(encode({ salt: SALT, kept }, ITEMS, OF_12), ITEMS)!.kept;
    expect(back).toHaveLength(1);
    expect(back[0]!.attempt).not.toHaveProperty("text");
  });

  it("keeps no answers to two items that it could not tell apart", () => {
    const twins = [{ ...ITEMS[0]!, id: "one" }, { ...ITEMS[0]!, id: "two" }, ITEMS[1]!];
    const fits = canKeep(twins);
    const [first, second] = wholeCourse(chance(6)).map(({ attempt }) => attempt);
    expect([fits({ ...first!, item: "one" }), fits({ ...first!, item: "two" }), fits(second!)]).toEqual([false, false, true]);
  });

  it("is taken for nothing where it was cut, changed, or written by another course", () => {
    const text = encode({ salt: SALT, kept: wholeCourse(chance(7)) }, ITEMS, OF_12);
    fc.assert(fc.property(fc.nat(text.length - 1), fc.constantFrom("A", "b", "9", "é", ""), (at, other) => {
      fc.pre(text[at] !== other);
      expect(decode(text.slice(0, at) + other + text.slice(at + 1), ITEMS)).toBeNull();
      expect(decode(text.slice(0, at), ITEMS)).toBeNull();
    }));
    for (const foreign of ["", "ss1", "ss1AAAAAA", '{"page": 3}', "ss2" + text.slice(3)]) expect(decode(foreign, ITEMS)).toBeNull();
    expect(decode(text, ITEMS)).not.toBeNull();
  });

  it("does not say whose it is: the salt is drawn anew for each trainee", () => {
    const salts = new Set(Array.from({ length: 200 }, newSalt));
    expect(salts.size).toBe(200);
    for (const salt of salts) expect(salt).toMatch(/^[0-9a-f]{9}$/);
  });
});

describe("an id that lasts", () => {
  it("is a UUID, the same for the same answer and another for every other trainee, item and second", () => {
    const { attempt } = wholeCourse(chance(8))[0]!;
    const id = lastingId(attempt, SALT);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(lastingId({ ...attempt }, SALT)).toBe(id);
    const others = [lastingId(attempt, "0123abcde"), lastingId({ ...attempt, item_version: ITEMS[1]!.version }, SALT), lastingId({ ...attempt, at: "2027-01-01T00:00:00.000Z" }, SALT)];
    expect(new Set([id, ...others]).size).toBe(4);
  });
});
