import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Certainty } from "../../src/attempt";
import { CERTAINTIES, calibration } from "../../src/scoring/calibration";
import { share } from "../../src/scoring/spotting";
import { seeded } from "../small-kinds";

const answer = fc.record({ certainty: fc.constantFrom(...CERTAINTIES), right: fc.boolean() });

describe("calibration", () => {
  it("goes from the surest to guessing", () => expect(CERTAINTIES).toEqual(["sure", "fairly-sure", "guessing"]));

  it("says for each certainty how many answers were right, and of how many", () => {
    const given: [Certainty, boolean][] = [
      ["sure", true],
      ["guessing", false],
      ["sure", true],
      ["sure", false],
      ["guessing", true],
      ["guessing", false],
    ];
    expect(calibration(given.map(([certainty, right]) => ({ certainty, right })))).toEqual({
      sure: share(2, 3),
      "fairly-sure": null,
      guessing: share(1, 3),
    });
  });

  it("of no answer is none at all", () =>
    expect(calibration([])).toEqual({ sure: null, "fairly-sure": null, guessing: null }));

  it("counts each answer once, whatever the order", () => {
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 60 }), (answers) => {
        const found = Object.values(calibration(answers));
        expect(found.reduce((sum, each) => sum + (each?.of ?? 0), 0)).toBe(answers.length);
        expect(found.reduce((sum, each) => sum + (each?.count ?? 0), 0)).toBe(
          answers.filter(({ right }) => right).length,
        );
        expect(calibration([...answers].reverse())).toEqual(calibration(answers));
      }),
    );
  });

  it("gives a simulated trainee’s own shares back within their intervals", () => {
    const truth = { sure: 0.9, "fairly-sure": 0.7, guessing: 0.35 };
    const random = seeded(7);
    const answers = Array.from({ length: 2000 }, () => {
      const certainty = CERTAINTIES[Math.floor(3 * random())]!;
      return { certainty, right: random() < truth[certainty] };
    });
    const found = calibration(answers);
    for (const certainty of CERTAINTIES) {
      expect(found[certainty]!.low).toBeLessThanOrEqual(truth[certainty]);
      expect(found[certainty]!.high).toBeGreaterThanOrEqual(truth[certainty]);
      expect(found[certainty]!.high - found[certainty]!.low).toBeLessThan(0.09);
    }
  });
});
