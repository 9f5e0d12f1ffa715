import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LEVELS, type Level } from "../../src/item";
import type { Marking } from "../../src/scoring/score";
import {
  ENOUGH,
  type Estimate,
  type Leaning,
  acts,
  detection,
  leaning,
  missedEmergencies,
  sensitivity,
  share,
  specificity,
  tally,
} from "../../src/scoring/spotting";
import { quantile } from "../../src/scoring/normal";
import { seeded } from "../small-kinds";

const table = (hits: number, misses: number, falseAlarms: number, correctRejections: number): Marking => ({
  hits,
  misses,
  falseAlarms,
  correctRejections,
});
const holds = ({ low, high }: Estimate, truth: number): boolean => low <= truth && truth <= high;

describe("a share with its interval", () => {
  /* The first four: R. G. Newcombe, Statistics in Medicine 1998;17:857-872, table I, method 3. */
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
    [8, 10, 0.4902, 0.9433],
    [10, 10, 0.7225, 1],
    [3, 7, 0.1582, 0.7495],
  ])("%i of %i is Wilson’s", (count, of, low, high) => {
    const found = share(count, of)!;
    expect(found).toMatchObject({ count, of, value: count / of });
    expect([found.low, found.high].map((end) => Number(end.toFixed(4)))).toEqual([low, high]);
  });

  it("of nothing there is none", () => expect(share(0, 0)).toBeNull());

  const some = fc
    .integer({ min: 1, max: 400 })
    .chain((of) => fc.tuple(fc.integer({ min: 0, max: of }), fc.constant(of)));

  it("holds its value and stays between 0 and 1", () => {
    fc.assert(
      fc.property(some, ([count, of]) => {
        const { low, value, high } = share(count, of)!;
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(value + 1e-12);
        expect(high).toBeGreaterThanOrEqual(value - 1e-12);
        expect(high).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("is the mirror of the share of the others", () => {
    fc.assert(
      fc.property(some, ([count, of]) => {
        const [one, other] = [share(count, of)!, share(of - count, of)!];
        expect(one.low).toBeCloseTo(1 - other.high, 10);
        expect(one.high).toBeCloseTo(1 - other.low, 10);
      }),
    );
  });

  it("rises with the count, and narrows as answers are more", () => {
    fc.assert(
      fc.property(some, ([count, of]) => {
        const [now, twice] = [share(count, of)!, share(2 * count, 2 * of)!];
        expect(twice.high - twice.low).toBeLessThan(now.high - now.low);
        fc.pre(count < of);
        const more = share(count + 1, of)!;
        expect(more.low).toBeGreaterThan(now.low);
        expect(more.high).toBeGreaterThan(now.high);
      }),
    );
  });
});

describe("answers as a detection task", () => {
  it("takes acting within days or sooner as the alarm", () =>
    expect(LEVELS.map(acts)).toEqual([true, true, false, false]));

  it("counts each pair of level needed and level chosen in its cell", () => {
    const cell = (key: Level, chosen: Level): string =>
      Object.entries(tally([{ key, chosen }])).find(([, count]) => count === 1)![0];
    expect(LEVELS.map((key) => LEVELS.map((chosen) => cell(key, chosen)))).toEqual([
      ["hits", "hits", "misses", "misses"],
      ["hits", "hits", "misses", "misses"],
      ["falseAlarms", "falseAlarms", "correctRejections", "correctRejections"],
      ["falseAlarms", "falseAlarms", "correctRejections", "correctRejections"],
    ]);
  });

  it("has sensitivity among those that need action, specificity among those that do not", () => {
    expect(sensitivity(table(8, 2, 1, 4))).toMatchObject({ count: 8, of: 10, value: 0.8 });
    expect(specificity(table(8, 2, 1, 4))).toMatchObject({ count: 4, of: 5, value: 0.8 });
    expect(sensitivity(table(0, 0, 1, 4))).toBeNull();
    expect(specificity(table(8, 2, 0, 0))).toBeNull();
  });

  it("names emergencies that were not acted on at once, in the order they were met, and no other answer", () => {
    const met = LEVELS.flatMap((key) => LEVELS.map((chosen) => ({ key, chosen, id: `${key}/${chosen}` })));
    expect(missedEmergencies(met).map(({ id }) => id)).toEqual(
      LEVELS.slice(1).map((chosen) => `same-day-emergency/${chosen}`),
    );
  });
});

describe("d′ and the criterion", () => {
  /*
   * Worked by hand. With 0.5 added to hits and false alarms and 1 to the trials, 22 of 29 and 7 of 29 become
   * 22.5/30 = 0.75 and 7.5/30 = 0.25, so d′ = 2 z(0.75) = 1.3490. Variance of z(0.75): 0.75 × 0.25 / (30 × 0.3178²)
   * = 0.06189, so the error of d′ is √(2 × 0.06189) = 0.3518, and that of c half of it. The others likewise.
   */
  it.each([
    ["even", table(22, 7, 7, 22), [1.349, 0.6594, 2.0386], [0, -0.3448, 0.3448]],
    ["over-calling", table(42, 7, 22, 27), [1.1621, 0.6129, 1.7112], [-0.4554, -0.73, -0.1808]],
    ["under-calling", table(7, 12, 3, 16), [0.6159, -0.2387, 1.4706], [0.6266, 0.1993, 1.0539]],
    ["all right: shares of 1 and 0 have a z", table(10, 0, 0, 10), [3.3812, 1.5595, 5.203], [0, -0.9109, 0.9109]],
    ["never acting", table(0, 10, 0, 10), [0, -1.8218, 1.8218], [1.6906, 0.7797, 2.6015]],
    ["always acting", table(10, 0, 10, 0), [0, -1.8218, 1.8218], [-1.6906, -2.6015, -0.7797]],
    ["few signals among many", table(18, 2, 75, 5), [-0.3118, -1.1238, 0.5001], [-1.3357, -1.7417, -0.9297]],
  ])("are as worked by hand: %s", (_, marking, dPrime, criterion) => {
    const found = detection(marking)!;
    const ends = ({ value, low, high }: Estimate): number[] => [value, low, high];
    ends(found.dPrime).forEach((each, index) => expect(each).toBeCloseTo(dPrime[index]!, 3));
    ends(found.criterion).forEach((each, index) => expect(each).toBeCloseTo(criterion[index]!, 3));
  });

  /* T. D. Wickens, Elementary Signal Detection Theory, 2002: 82 and 46 “yes” in 100 each, with the same correction. */
  it("are those of a published example", () => {
    const { dPrime, criterion } = detection(table(82, 18, 46, 54))!;
    expect(dPrime.value).toBeCloseTo(1.002793, 6);
    expect(criterion.value).toBeCloseTo(-0.4019603, 6);
  });

  it("are not shown before there are enough answers, nor where all were signals or none was", () => {
    expect(ENOUGH).toBe(20);
    expect(detection(table(5, 5, 5, 4))).toBeNull();
    expect(detection(table(5, 5, 5, 5))).not.toBeNull();
    expect(detection(table(20, 10, 0, 0))).toBeNull();
    expect(detection(table(0, 0, 20, 10))).toBeNull();
    expect(detection(table(0, 0, 0, 0))).toBeNull();
  });

  const some = fc
    .record({
      hits: fc.integer({ min: 1, max: 90 }),
      misses: fc.integer({ min: 1, max: 90 }),
      falseAlarms: fc.integer({ min: 1, max: 90 }),
      correctRejections: fc.integer({ min: 1, max: 90 }),
    })
    .filter((it) => it.hits + it.misses + it.falseAlarms + it.correctRejections >= ENOUGH);

  it("with acting and waiting, needed and not needed changing places: d′ stays, the criterion changes its sign", () => {
    fc.assert(
      fc.property(some, ({ hits, misses, falseAlarms, correctRejections }) => {
        const one = detection(table(hits, misses, falseAlarms, correctRejections))!;
        const other = detection(table(correctRejections, falseAlarms, misses, hits))!;
        expect(other.dPrime.value).toBeCloseTo(one.dPrime.value, 5);
        expect(other.criterion.value).toBeCloseTo(-one.criterion.value, 5);
        expect(other.dPrime.high - other.dPrime.low).toBeCloseTo(one.dPrime.high - one.dPrime.low, 5);
      }),
    );
  });

  it("with needed and not needed alone changing places: d′ changes its sign, the criterion stays", () => {
    fc.assert(
      fc.property(some, ({ hits, misses, falseAlarms, correctRejections }) => {
        const one = detection(table(hits, misses, falseAlarms, correctRejections))!;
        const other = detection(table(falseAlarms, correctRejections, hits, misses))!;
        expect(other.dPrime.value).toBeCloseTo(-one.dPrime.value, 10);
        expect(other.criterion.value).toBeCloseTo(one.criterion.value, 10);
      }),
    );
  });

  it("with one more acted on: d′ rises with a hit, falls with a false alarm, the criterion falls with either", () => {
    fc.assert(
      fc.property(some, (it) => {
        const before = detection(it)!;
        const hit = detection({ ...it, hits: it.hits + 1, misses: it.misses - 1 })!;
        const alarm = detection({
          ...it,
          falseAlarms: it.falseAlarms + 1,
          correctRejections: it.correctRejections - 1,
        })!;
        expect(hit.dPrime.value).toBeGreaterThan(before.dPrime.value);
        expect(alarm.dPrime.value).toBeLessThan(before.dPrime.value);
        expect(hit.criterion.value).toBeLessThan(before.criterion.value);
        expect(alarm.criterion.value).toBeLessThan(before.criterion.value);
      }),
    );
  });

  it("have intervals about them that narrow as answers are more", () => {
    fc.assert(
      fc.property(some, (it) => {
        const once = detection(it)!;
        const times = detection(table(9 * it.hits, 9 * it.misses, 9 * it.falseAlarms, 9 * it.correctRejections))!;
        for (const which of ["dPrime", "criterion"] as const) {
          expect(holds(once[which], once[which].value)).toBe(true);
          expect(times[which].high - times[which].low).toBeLessThan(once[which].high - once[which].low);
        }
      }),
    );
  });
});

describe("the leaning", () => {
  it.each<[Leaning, Marking]>([
    ["over", table(42, 7, 22, 27)],
    ["over", table(10, 0, 10, 0)],
    ["under", table(7, 12, 3, 16)],
    ["under", table(0, 10, 0, 10)],
    ["none", table(22, 7, 7, 22)],
    ["none", table(20, 5, 10, 15)],
    ["unknown", table(5, 5, 5, 4)],
    ["unknown", table(30, 0, 0, 0)],
  ])("is said to be %s only as far as the interval shows it: %o", (says, marking) =>
    expect(leaning(detection(marking))).toBe(says),
  );
});

/* One interval in twenty misses the truth: the seeds of trainees are such that none does; the last test counts. */
describe("a simulated trainee whose skill is known", () => {
  /** Answers of a trainee who acts on so much of what needs it, and leaves so much of what does not. */
  function answers(
    count: number,
    sensitive: number,
    specific: number,
    random: () => number,
  ): { key: Level; chosen: Level }[] {
    return Array.from({ length: count }, () => {
      const key = LEVELS[Math.floor(4 * random())]!;
      const chosen = LEVELS[(random() < (acts(key) ? sensitive : 1 - specific) ? 0 : 2) + Math.floor(2 * random())]!;
      return { key, chosen };
    });
  }

  it.each([
    [0.8, 0.7, 11],
    [0.95, 0.6, 12],
    [0.55, 0.9, 13],
    [0.5, 0.5, 14],
    [0.99, 0.97, 15],
  ])(
    "sensitivity %d, specificity %d: 2,000 answers give them back within their intervals (seed %i)",
    (sensitive, specific, seed) => {
      const counts = tally(answers(2000, sensitive, specific, seeded(seed)));
      const [zh, zf] = [quantile(sensitive), quantile(1 - specific)];
      const { dPrime, criterion } = detection(counts)!;
      for (const [estimate, truth] of [
        [sensitivity(counts)!, sensitive],
        [specificity(counts)!, specific],
      ] as const) {
        expect(holds(estimate, truth)).toBe(true);
        expect(estimate.high - estimate.low).toBeLessThan(0.07);
      }
      expect(holds(dPrime, zh - zf)).toBe(true);
      expect(holds(criterion, -(zh + zf) / 2)).toBe(true);
      expect(dPrime.high - dPrime.low).toBeLessThan(0.6);
    },
  );

  it("is right about 95 times in 100 with its intervals of 95 %", () => {
    const [sensitive, specific, trainees] = [0.8, 0.7, 1000];
    const [zh, zf] = [quantile(sensitive), quantile(1 - specific)];
    const random = seeded(2026);
    const right = { sensitivity: 0, specificity: 0, dPrime: 0, criterion: 0 };
    for (let trainee = 0; trainee < trainees; trainee += 1) {
      const counts = tally(answers(60, sensitive, specific, random));
      const { dPrime, criterion } = detection(counts)!;
      right.sensitivity += Number(holds(sensitivity(counts)!, sensitive));
      right.specificity += Number(holds(specificity(counts)!, specific));
      right.dPrime += Number(holds(dPrime, zh - zf));
      right.criterion += Number(holds(criterion, -(zh + zf) / 2));
    }
    for (const [of, count] of Object.entries(right)) {
      expect(count / trainees, of).toBeGreaterThan(0.93);
      expect(count / trainees, of).toBeLessThan(0.98);
    }
  });
});
