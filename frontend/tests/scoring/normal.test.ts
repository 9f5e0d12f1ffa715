import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { density, quantile } from "../../src/scoring/normal";

describe("the quantile of the normal distribution", () => {
  /* Wichura 1988 gives the first three to check with; the others are the usual points of the tables. */
  it.each([
    [0.25, -0.6744897501960817],
    [0.001, -3.090232306167814],
    [1e-20, -9.262340089798408],
    [0.5, 0],
    [0.6, 0.2533471031357997],
    [0.75, 0.6744897501960817],
    [0.8, 0.8416212335729143],
    [0.9, 1.2815515655446004],
    [0.95, 1.6448536269514722],
    [0.975, 1.959963984540054],
    [0.99, 2.3263478740408408],
    [0.995, 2.5758293035489004],
    [0.999, 3.090232306167813],
    [0.9999, 3.719016485455709],
    [1e-6, -4.753424308822899],
    [1e-12, -7.034483825301131],
    /* Either side of the places where the formula changes. */
    [0.924, 1.4325027208258119],
    [0.925, 1.439531470938456],
    [0.926, 1.4466320671589785],
    [1.3e-11, -6.66761145651074],
    [1.5e-11, -6.646570887477112],
  ])("has the published value at %d", (p, z) =>
    expect(Math.abs(quantile(p) - z)).toBeLessThanOrEqual(5e-7 * Math.max(1, Math.abs(z))),
  );

  const share = fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true });

  it("is symmetric about a half", () => {
    fc.assert(
      fc.property(share, (p) => {
        expect(quantile(p) + quantile(1 - p)).toBeCloseTo(0, 5);
      }),
    );
  });

  it("rises with the share", () => {
    fc.assert(
      fc.property(share, share, (one, other) => {
        fc.pre(other - one > 1e-6);
        expect(quantile(other)).toBeGreaterThan(quantile(one));
      }),
    );
  });

  it("grows by a share over its density: the two belong to one distribution", () => {
    const step = 1e-3;
    for (const p of [0.05, 0.2, 0.5, 0.7, 0.93]) {
      expect((quantile(p + step) - quantile(p - step)) * density(quantile(p))).toBeCloseTo(2 * step, 5);
    }
  });

  it.each([0, 1, -0.1, 1.1, Number.NaN, Number.POSITIVE_INFINITY])("does not exist at %d", (p) => {
    expect(() => quantile(p)).toThrow(RangeError);
  });
});

describe("the density of the normal distribution", () => {
  it.each([
    [0, 0.39894228],
    [1, 0.24197072],
    [-1, 0.24197072],
    [1.959964, 0.05844507],
    [3, 0.00443185],
  ])("at %d is that of the tables", (z, height) => {
    expect(density(z)).toBeCloseTo(height, 7);
  });
});
