import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LEVELS } from "../../src/item";
import {
  type Marking, countMarks, scoreCase, scoreChoice, scoreDecision, scoreMatch, scoreOrder, scoreSpot, scoreWorked,
} from "../../src/scoring/score";
import { aCase, anAsk } from "../small-kinds";
import { anItem, anOption, several } from "../small-quiz";

function isScore(score: number): void {
  expect(score).toBeGreaterThanOrEqual(0);
  expect(score).toBeLessThanOrEqual(1);
}

/** An item with at least one key, and some of its options picked, in any order. */
const picked = fc
  .array(fc.boolean(), { minLength: 2, maxLength: 10 })
  .filter((keys) => keys.includes(true))
  .chain((keys) => {
    const indexes = keys.map((_, index) => index);
    const item = { options: keys.map((key) => anOption("", key)) };
    return fc.record({ item: fc.constant(item), picks: fc.shuffledSubarray(indexes), another: fc.constantFrom(...indexes) });
  });

describe("the score of a choice", () => {
  it("lies between 0 and 1", () => {
    fc.assert(fc.property(picked, ({ item, picks }) => {
      isScore(scoreChoice(item, picks));
    }));
  });

  it("is full for the keys and for nothing else", () => {
    fc.assert(fc.property(picked, ({ item, picks }) => {
      const isKey = item.options.every(({ correct }, index) => correct === picks.includes(index));
      expect(scoreChoice(item, picks) === 1).toBe(isKey);
      const keys = item.options.flatMap(({ correct }, index) => (correct ? [index] : []));
      expect(scoreChoice(item, keys)).toBe(1);
    }));
  });

  it("does not depend on the order of picks, nor on naming one twice", () => {
    fc.assert(fc.property(picked, ({ item, picks }) => {
      const score = scoreChoice(item, picks);
      expect(scoreChoice(item, [...picks].reverse())).toBe(score);
      expect(scoreChoice(item, [...picks, ...picks])).toBe(score);
    }));
  });

  it("never falls with one more right pick, never rises with one more wrong pick", () => {
    fc.assert(fc.property(picked, ({ item, picks, another }) => {
      const before = scoreChoice(item, picks);
      const after = scoreChoice(item, [...picks, another]);
      if (item.options[another]!.correct) expect(after).toBeGreaterThanOrEqual(before);
      else expect(after).toBeLessThanOrEqual(before);
    }));
  });

  it("gives nothing for choosing everything where half or fewer are right, nor for choosing nothing", () => {
    fc.assert(fc.property(picked, ({ item }) => {
      const keys = item.options.filter(({ correct }) => correct).length;
      const everything = scoreChoice(item, item.options.map((_, index) => index));
      if (keys * 2 <= item.options.length) expect(everything).toBe(0);
      else expect(everything).toBeCloseTo((2 * keys - item.options.length) / keys);
      expect(scoreChoice(item, [])).toBe(0);
    }));
  });

  it.each([
    ["the key", anItem(), [1], 1],
    ["a distractor", anItem(), [0], 0],
    ["one of two keys", several(), [0], 0.5],
    ["one key and one distractor", several(), [0, 1], 0],
    ["both keys and one distractor", several(), [0, 1, 2], 0.5],
    ["an item without a key", { options: [anOption("")] }, [0], 0],
  ])("is as the course says for %s", (_, item, picks, score) => {
    expect(scoreChoice(item, picks)).toBe(score);
  });

  it.each([3, -1, 0.5, Number.NaN])("refuses option %s, which the item does not have", (index) => {
    expect(() => scoreChoice(anItem(), [1, index])).toThrow(RangeError);
  });
});

describe("the score of putting cards into groups", () => {
  /** For each card its own group, and the group that it was put into. */
  const sorted = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: 1, maxLength: 12 });
  const score = (cards: readonly (readonly [number, number])[]): number =>
    scoreMatch(
      cards.map(([own]) => own),
      cards.map(([, put]) => put),
    );

  it("lies between 0 and 1, and is full only where every card lies in its own group", () => {
    fc.assert(
      fc.property(sorted, (cards) => {
        isScore(score(cards));
        expect(score(cards) === 1).toBe(cards.every(([own, put]) => own === put));
        expect(score(cards.map(([own]) => [own, own] as const))).toBe(1);
      }),
    );
  });

  it("counts each card the same, in whatever order they lie", () => {
    fc.assert(
      fc.property(sorted, fc.nat(), (cards, at) => {
        expect(score([...cards].reverse())).toBe(score(cards));
        const card = at % cards.length;
        const after = cards.map(([own, put], index) =>
          index === card ? ([own, own] as const) : ([own, put] as const),
        );
        const [own, put] = cards[card]!;
        expect(score(after) - score(cards)).toBeCloseTo(own === put ? 0 : 1 / cards.length);
      }),
    );
  });

  it.each([
    ["all right", [0, 1, 1], [0, 1, 1], 1],
    ["two of three", [0, 1, 1], [0, 1, 0], 2 / 3],
    ["none", [0, 1], [1, 0], 0],
    ["no card at all", [], [], 0],
  ])("is as the course says for %s", (_, groups, placed, says) => expect(scoreMatch(groups, placed)).toBeCloseTo(says));

  it("refuses a card without a group, and a group without a card", () => {
    expect(() => scoreMatch([0, 1], [0])).toThrow(RangeError);
    expect(() => scoreMatch([0], [0, 1])).toThrow(RangeError);
  });
});

describe("the score of an order", () => {
  const orders = fc.integer({ min: 2, max: 8 }).chain((length) => {
    const places = Array.from({ length }, (_, index) => index);
    return fc.shuffledSubarray(places, { minLength: length, maxLength: length });
  });

  it("lies between 0 and 1, and is full only for the right order", () => {
    fc.assert(
      fc.property(orders, (places) => {
        isScore(scoreOrder(places));
        expect(scoreOrder(places) === 1).toBe(places.every((place, index) => place === index));
        expect(scoreOrder([...places].sort((a, b) => a - b))).toBe(1);
      }),
    );
  });

  it("is Kendall’s tau where that is above 0: an order and its reverse never both earn", () => {
    fc.assert(
      fc.property(orders, (places) => {
        const reverse = scoreOrder([...places].reverse());
        expect(Math.min(scoreOrder(places), reverse)).toBe(0);
        /* Undoing an order is as far from it as the order itself. */
        const inverse = places.map((_, place) => places.indexOf(place));
        expect(scoreOrder(inverse)).toBeCloseTo(scoreOrder(places));
      }),
    );
  });

  it("never falls when two neighbours that stand the wrong way round change places", () => {
    fc.assert(
      fc.property(orders, fc.nat(), (places, at) => {
        const one = at % (places.length - 1);
        const swapped = [...places];
        [swapped[one], swapped[one + 1]] = [places[one + 1]!, places[one]!];
        const [before, after] = places[one]! > places[one + 1]! ? [places, swapped] : [swapped, places];
        expect(scoreOrder(after)).toBeGreaterThanOrEqual(scoreOrder(before));
      }),
    );
  });

  it.each([
    ["the right order", [0, 1, 2, 3], 1],
    ["two neighbours changed", [1, 0, 2, 3], 2 / 3],
    ["the last step put first", [3, 0, 1, 2], 0],
    ["the last two of three changed", [0, 2, 1], 1 / 3],
    ["the reverse", [3, 2, 1, 0], 0],
    ["a single step", [0], 1],
    ["no step", [], 0],
  ])("is as the course says for %s", (_, places, says) => expect(scoreOrder(places)).toBeCloseTo(says));

  it("of all orders of four steps, guessing at random earns on average less than a fifth", () => {
    const all = (rest: number[]): number[][] =>
      rest.length
        ? rest.flatMap((each) => all(rest.filter((other) => other !== each)).map((tail) => [each, ...tail]))
        : [[]];
    const scores = all([0, 1, 2, 3]).map(scoreOrder);
    expect(scores.length).toBe(24);
    expect(scores.reduce((sum, score) => sum + score) / 24).toBeLessThan(0.2);
  });
});

describe("the score of marking phrases", () => {
  const phrases = fc.array(fc.tuple(fc.boolean(), fc.boolean()), { minLength: 1, maxLength: 16 });
  const count = (all: readonly (readonly [boolean, boolean])[]): Marking =>
    countMarks(
      all.map(([cue]) => cue),
      new Set(all.flatMap(([, marked], index) => (marked ? [index] : []))),
    );

  it("counts every phrase once, cues as hits or misses and noise as false alarms or correct rejections", () => {
    expect(countMarks([true, true, true, false, false, false], new Set([0, 1, 3]))).toEqual({
      hits: 2,
      misses: 1,
      falseAlarms: 1,
      correctRejections: 2,
    });
    fc.assert(
      fc.property(phrases, (all) => {
        const { hits, misses, falseAlarms, correctRejections } = count(all);
        expect(hits + misses).toBe(all.filter(([cue]) => cue).length);
        expect(falseAlarms + correctRejections).toBe(all.filter(([cue]) => !cue).length);
        expect(hits + falseAlarms).toBe(all.filter(([, marked]) => marked).length);
      }),
    );
  });

  it("lies between 0 and 1; with cues and noise both there, is full only for the cues and nothing else", () => {
    fc.assert(
      fc.property(phrases, (all) => {
        isScore(scoreSpot(count(all)));
        fc.pre(all.some(([cue]) => cue) && all.some(([cue]) => !cue));
        expect(scoreSpot(count(all)) === 1).toBe(all.every(([cue, marked]) => cue === marked));
      }),
    );
  });

  it("gives nothing for marking all, nor for marking none", () => {
    fc.assert(
      fc.property(phrases, (all) => {
        fc.pre(all.some(([cue]) => cue) && all.some(([cue]) => !cue));
        expect(scoreSpot(count(all.map(([cue]) => [cue, true])))).toBe(0);
        expect(scoreSpot(count(all.map(([cue]) => [cue, false])))).toBe(0);
      }),
    );
  });

  it("never falls with one more cue marked, never rises with one more phrase of noise marked", () => {
    fc.assert(
      fc.property(phrases, fc.nat(), (all, at) => {
        const index = at % all.length;
        const more = scoreSpot(count(all.map(([cue, marked], each) => [cue, marked || each === index])));
        if (all[index]![0]) expect(more).toBeGreaterThanOrEqual(scoreSpot(count(all)));
        else expect(more).toBeLessThanOrEqual(scoreSpot(count(all)));
      }),
    );
  });

  it.each([
    [{ hits: 3, misses: 1, falseAlarms: 1, correctRejections: 3 }, 0.5],
    [{ hits: 2, misses: 0, falseAlarms: 1, correctRejections: 3 }, 0.75],
    [{ hits: 1, misses: 3, falseAlarms: 2, correctRejections: 2 }, 0],
    [{ hits: 0, misses: 0, falseAlarms: 0, correctRejections: 4 }, 0],
    [{ hits: 2, misses: 0, falseAlarms: 0, correctRejections: 0 }, 1],
  ])("is Youden’s J for %o", (marking, says) => expect(scoreSpot(marking)).toBeCloseTo(says));
});

describe("the score of a worked case", () => {
  const steps = [false, true, false].map((wrong) => ({ wrong }));
  const mends = [true, false].map((correct) => ({ correct }));

  it.each([
    [1, 0, 1],
    [1, 1, 0.5],
    [0, 0, 0.5],
    [2, 0, 0.5],
    [0, 1, 0],
  ])("is half for the slip and half for the mend: step %i, mend %i", (step, mend, says) => {
    expect(scoreWorked(steps, mends, step, mend)).toBe(says);
  });

  it.each([
    [3, 0],
    [-1, 0],
    [1, 2],
    [1, Number.NaN],
  ])("refuses step %d with mend %d, which the case does not have", (step, mend) => {
    expect(() => scoreWorked(steps, mends, step, mend)).toThrow(RangeError);
  });
});

describe("the score of deciding how fast to act", () => {
  const pairs = LEVELS.flatMap((key) => LEVELS.map((chosen) => ({ key, chosen })));

  it("is 1 for the right level, a half for the next faster one, and 0 for any slower one or a greater alarm", () => {
    expect(pairs.length).toBe(16);
    expect(LEVELS.map((key) => LEVELS.map((chosen) => scoreDecision(key, chosen)))).toEqual([
      [1, 0, 0, 0],
      [0.5, 1, 0, 0],
      [0, 0.5, 1, 0],
      [0, 0, 0.5, 1],
    ]);
  });
});

describe("the score of a case", () => {
  const key = (): ReturnType<typeof anAsk> => anAsk({ key: true });
  const item = {
    action: "contact-team-within-days" as const,
    steps: [
      { id: "one", says: "", asks: [key(), anAsk(), key()], ways: [] },
      { id: "two", says: "", asks: [anAsk(), key()], ways: [] },
    ],
  };
  const asked = fc.record({ one: fc.subarray([0, 1, 2]), two: fc.subarray([0, 1]) });
  const level = fc.constantFrom(...LEVELS);

  it.each([
    ["everything right", { one: [0, 2], two: [1] }, LEVELS[1], 1],
    ["the right level, nothing asked", {}, LEVELS[1], 2 / 3],
    ["the right level and one question of three that matter", { two: [1] }, LEVELS[1], 7 / 9],
    ["all questions, and too slow", { one: [0, 1, 2], two: [0, 1] }, LEVELS[2], 1 / 3],
    ["all questions, and the next faster level", { one: [0, 2], two: [1] }, LEVELS[0], 2 / 3],
    ["only questions that do not matter, and too slow", { one: [1], two: [0] }, LEVELS[3], 0],
  ] as const)("is as the course says for %s", (_, questions, chosen, says) =>
    expect(scoreCase(item, questions, chosen)).toBeCloseTo(says),
  );

  it("lies between 0 and 1, and is full only for the right level with every question that matters", () => {
    fc.assert(
      fc.property(asked, level, (questions, chosen) => {
        const score = scoreCase(item, questions, chosen);
        isScore(score);
        const whole =
          chosen === item.action && questions.one.includes(0) && questions.one.includes(2) && questions.two.includes(1);
        expect(score === 1).toBe(whole);
      }),
    );
  });

  it("never falls with one more question, rises with one that matters, and does not heed order or repeats", () => {
    fc.assert(
      fc.property(asked, level, fc.constantFrom(0, 1, 2), (questions, chosen, more) => {
        const before = scoreCase(item, questions, chosen);
        const after = scoreCase(item, { ...questions, one: [...questions.one, more] }, chosen);
        if (item.steps[0]!.asks[more]!.key && !questions.one.includes(more)) expect(after).toBeGreaterThan(before);
        else expect(after).toBe(before);
        expect(
          scoreCase(item, { one: [...questions.one, ...questions.one].reverse(), two: questions.two }, chosen),
        ).toBe(before);
      }),
    );
  });

  it("orders levels as the decision alone does, whatever was asked", () => {
    fc.assert(
      fc.property(asked, level, level, (questions, one, other) => {
        const [a, b] = [one, other].map((chosen) => scoreDecision(item.action, chosen));
        const [whole, rest] = [one, other].map((chosen) => scoreCase(item, questions, chosen));
        expect(Math.sign(whole! - rest!)).toBe(Math.sign(a! - b!));
      }),
    );
  });

  it("is the decision alone where no question matters", () => {
    const plain = aCase({ steps: [{ id: "one", says: "", asks: [anAsk()], ways: [] }] });
    expect(LEVELS.map((chosen) => scoreCase(plain, { one: [0] }, chosen))).toEqual(
      LEVELS.map((chosen) => scoreDecision(plain.action, chosen)),
    );
  });
});
