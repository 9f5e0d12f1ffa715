import { type TemplateResult, render } from "lit";
import { describe, expect, it } from "vitest";
import { calibrationChart, percent, range, rocChart, trendChart } from "../../src/panels/charts";
import { type Share, share } from "../../src/scoring/spotting";

function drawn(chart: TemplateResult): SVGSVGElement {
  const box = document.createElement("div");
  render(chart, box);
  return box.querySelector("svg")!;
}
const numbers = (element: Element, ...names: string[]): number[] =>
  names.map((name) => Number(element.getAttribute(name)));
const points = (svg: SVGSVGElement): number[][] =>
  [...svg.querySelectorAll("circle.point")].map((point) => numbers(point, "cx", "cy"));
const whiskers = (svg: SVGSVGElement): number[][] =>
  [...svg.querySelectorAll(".whisker")].map((line) => numbers(line, "x1", "x2", "y1", "y2"));
const texts = (svg: SVGSVGElement): string[] =>
  [...svg.querySelectorAll("text")].map((text) => text.textContent!.trim());

/** The line on which the marks of an axis stand: where 0 is, and how far 1 is from it. */
function axis(svg: SVGSVGElement, across: boolean): (share: number) => number {
  const grid = [...svg.querySelectorAll(".grid")].map((line) => numbers(line, "x1", "x2", "y1", "y2"));
  const at = grid.flatMap(([x1, x2, y1, y2]) => (across ? (x1 === x2 ? [x1!] : []) : y1 === y2 ? [y1!] : []));
  expect(at.length).toBe(5);
  return (part) => at[0]! + part * (at[4]! - at[0]!);
}

describe("every chart", () => {
  const charts: [string, TemplateResult, string][] = [
    [
      "between alarms",
      rocChart(share(8, 10)!, share(7, 10)!),
      "Of vignettes that needed action you acted on 80%; of those that needed none you raised an alarm at 30%. " +
        "Guessing would lie on the slanting line; the best place is the upper left corner.",
    ],
    [
      "of being sure",
      calibrationChart([
        { name: "Sure", share: share(9, 10) },
        { name: "Guessing", share: null },
      ]),
      "Sure: right in 9 of 10. Guessing: none yet",
    ],
    [
      "of each ten",
      trendChart([share(4, 10)!, share(7, 10)!, share(9, 10)!]),
      "Right in each ten, from the first: 4 of 10, 7 of 10, 9 of 10.",
    ],
  ];

  it.each(charts)("%s is one picture to a screen reader, with its meaning in words", (_, chart, words) => {
    const svg = drawn(chart);
    expect(svg.getAttribute("role")).toBe("img");
    expect(svg.getAttribute("aria-label")).toBe(words);
  });

  it.each(charts)(
    "%s is drawn within its own borders, without a style that the page’s policy would refuse",
    (_, chart) => {
      const svg = drawn(chart);
      const [, , width, height] = svg.getAttribute("viewBox")!.split(" ").map(Number);
      const marks = [...svg.querySelectorAll("line, circle, text")];
      expect(marks.length).toBeGreaterThan(10);
      for (const mark of marks) {
        for (const x of numbers(mark, "x", "x1", "x2", "cx")) expect(x >= 0 && x <= width!, mark.outerHTML).toBe(true);
        for (const y of numbers(mark, "y", "y1", "y2", "cy")) expect(y >= 0 && y <= height!, mark.outerHTML).toBe(true);
      }
      expect(svg.querySelectorAll("[style]").length).toBe(0);
    },
  );
});

describe("the chart between alarms that were needed and alarms that were not", () => {
  it.each([
    [8, 10, 7, 10],
    [10, 10, 10, 10],
    [0, 4, 0, 6],
    [3, 3, 0, 9],
  ])("has one point, hits up and false alarms to the right: %i of %i, %i of %i", (...[hits, signals, left, noise]) => {
    const [sensitivity, specificity] = [share(hits, signals)!, share(left, noise)!];
    const svg = drawn(rocChart(sensitivity, specificity));
    const [x, y] = [axis(svg, true), axis(svg, false)];
    expect(points(svg)).toEqual([[expect.closeTo(x(1 - left / noise)), expect.closeTo(y(hits / signals))]]);
    expect(x(1)).toBeGreaterThan(x(0));
    expect(y(1)).toBeLessThan(y(0));
    const [[left1, left2, level1, level2], [at1, at2, low, high]] = whiskers(svg) as [number[], number[]];
    expect([left1, left2, low, high]).toEqual(
      [x(1 - specificity.high), x(1 - specificity.low), y(sensitivity.low), y(sensitivity.high)].map((end) =>
        expect.closeTo(end),
      ),
    );
    expect([level1, level2, at1, at2]).toEqual([
      points(svg)[0]![1],
      points(svg)[0]![1],
      points(svg)[0]![0],
      points(svg)[0]![0],
    ]);
  });

  it("has the line of guessing from corner to corner", () => {
    const svg = drawn(rocChart(share(8, 10)!, share(7, 10)!));
    const [x, y] = [axis(svg, true), axis(svg, false)];
    expect(numbers(svg.querySelector(".guess")!, "x1", "y1", "x2", "y2")).toEqual([x(0), y(0), x(1), y(1)]);
    expect(texts(svg)).toContain("guessing");
  });
});

describe("the chart of being sure and being right", () => {
  const rows = [
    { name: "Sure", share: share(9, 10) },
    { name: "Fairly sure", share: null },
    { name: "Guessing", share: share(1, 4) },
  ];

  it("has a row for each certainty: a point with its interval, or words where there are no answers", () => {
    const svg = drawn(calibrationChart(rows));
    const x = axis(svg, true);
    expect(texts(svg)).toEqual(expect.arrayContaining(["Sure", "Fairly sure", "Guessing", "none yet"]));
    expect(points(svg).map(([at]) => at)).toEqual([expect.closeTo(x(0.9)), expect.closeTo(x(0.25))]);
    expect(whiskers(svg).map(([from, to]) => [from, to])).toEqual(
      [rows[0]!.share!, rows[2]!.share!].map(({ low, high }) => [expect.closeTo(x(low)), expect.closeTo(x(high))]),
    );
    const names = [...svg.querySelectorAll("text")].filter((text) =>
      rows.some(({ name }) => name === text.textContent!.trim()),
    );
    const heights = names.map((text) => Number(text.getAttribute("y")));
    expect(new Set(heights).size).toBe(3);
    expect(points(svg).map(([, y]) => y! + 4)).toEqual([heights[0], heights[2]]);
  });
});

describe("the chart of each ten", () => {
  const tens = [4, 7, 6, 9, 10].map((count) => share(count, 10)!);

  it.each([[2], [3], [5]])("has a point for each, from left to right, joined by a line: %i", (count) => {
    const svg = drawn(trendChart(tens.slice(0, count)));
    const y = axis(svg, false);
    expect(points(svg).map(([, at]) => at)).toEqual(
      tens.slice(0, count).map(({ value }: Share) => expect.closeTo(y(value))),
    );
    const across = points(svg).map(([at]) => at!);
    expect(across).toEqual([...new Set(across)].sort((a, b) => a - b));
    expect(whiskers(svg).map(([from, to]) => from === to && across.includes(from!))).toEqual(Array(count).fill(true));
    const joined = svg
      .querySelector("polyline.line")!
      .getAttribute("points")!
      .match(/[\d.]+,[\d.]+/g)!
      .map((pair) => pair.split(",").map(Number));
    expect(joined).toEqual(points(svg).map((point) => point.map((end) => expect.closeTo(end, 2))));
  });
});

it("shares are told in whole parts of a hundred, as in English", () => {
  expect([0, 0.004, 0.666, 1].map(percent)).toEqual(["0%", "0%", "67%", "100%"]);
  expect(range({ value: 0.5, low: 0.2366, high: 0.7634 })).toBe("24 to 76%");
});
