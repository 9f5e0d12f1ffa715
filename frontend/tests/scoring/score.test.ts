import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scoreChoice } from "../../src/scoring/score";
import { anItem, anOption, several } from "../small-quiz";

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
      const score = scoreChoice(item, picks);
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1);
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
