import { type TemplateResult, render } from "lit";
import { describe, expect, it } from "vitest";
import type { Certainty } from "../../src/attempt";
import { LEVELS, type Level } from "../../src/item";
import { allFigures, sessionFigures } from "../../src/panels/spotter-figures";
import type { Met } from "../../src/scoring/spotting";

const [NOW, DAYS, WAIT, CALM] = LEVELS;
const met = (key: Level, chosen: Level, certainty: Certainty = "sure"): Met => ({
  vignette: "v",
  key,
  chosen,
  certainty,
});
const times = (count: number, ...answer: Parameters<typeof met>): Met[] =>
  Array.from({ length: count }, () => met(...answer));

function shown(figures: TemplateResult): { box: HTMLElement; text: string; rows: Record<string, string> } {
  const box = document.createElement("div");
  render(figures, box);
  const clean = (element: Element): string => element.textContent!.replace(/\s+/g, " ").trim();
  const rows = Object.fromEntries(
    [...box.querySelectorAll("tr")].map((row) => [clean(row.querySelector("th")!), clean(row.querySelector("td")!)]),
  );
  return { box, text: clean(box), rows };
}
const SENSITIVITY = "Sensitivity: of those that needed action within days or sooner, you acted on";
const SPECIFICITY = "Specificity: of those that could wait or needed none, you left";

describe("the figures of a session", () => {
  it("say how many levels were right, and sensitivity and specificity with their counts and likely ranges", () => {
    const answers = [
      ...times(3, NOW, NOW),
      met(DAYS, NOW),
      ...times(1, DAYS, WAIT),
      ...times(4, CALM, CALM),
      met(WAIT, DAYS),
    ];
    const { text, rows, box } = shown(sessionFigures(answers));
    expect(text).toContain("You chose the right level in 7 of 10.");
    expect(rows).toEqual({
      [SENSITIVITY]: "4 of 580%; likely 38 to 96%",
      [SPECIFICITY]: "4 of 580%; likely 38 to 96%",
    });
    expect(box.querySelector("caption")!.textContent).toBe("Sensitivity and specificity, with 95 % intervals");
    for (const head of box.querySelectorAll("th")) expect(head.getAttribute("scope")).toBe("row");
  });

  it("say so where none of a sort was met", () => {
    expect(shown(sessionFigures(times(3, NOW, NOW))).rows[SPECIFICITY]).toBe("none met yet");
    expect(shown(sessionFigures(times(3, CALM, NOW))).rows[SENSITIVITY]).toBe("none met yet");
  });
});

describe("the figures over time", () => {
  /** 29 that need action and 29 that do not. */
  const answers = (hits: number, falseAlarms: number): Met[] => [
    ...times(hits, NOW, DAYS),
    ...times(29 - hits, DAYS, CALM),
    ...times(falseAlarms, CALM, NOW),
    ...times(29 - falseAlarms, WAIT, WAIT),
  ];

  it("say of how many answers, that “likely” is an interval of 95 %, and how many were to cases met before", () => {
    expect(shown(allFigures(answers(22, 7), 0)).text).toMatch(
      /^58 answers\. “Likely” gives the range that fits your answers \(95 % interval\)/,
    );
    expect(shown(allFigures(answers(22, 7), 9)).text).toMatch(
      /^58 answers, 9 of them to cases you had met before, which makes them easier\./,
    );
  });

  it.each([
    [29, 20, /You tend to over-call/],
    [9, 0, /You tend to under-call/],
    [22, 7, /You lean neither to over-calling nor to under-calling/],
  ])("say in words how one leans: %i hits and %i false alarms of 29 each", (hits, falseAlarms, says) => {
    const { text } = shown(allFigures(answers(hits, falseAlarms), 0));
    expect(text).toMatch(says);
    expect(text.match(/over-call/g)!.length).toBeGreaterThan(0);
    expect(
      [/You tend to over-call/, /You tend to under-call/, /You lean neither/].filter((each) => each.test(text)).length,
    ).toBe(1);
  });

  it("give d′ and c with their likely ranges, with a true minus, from 20 answers on", () => {
    const { rows } = shown(allFigures(answers(22, 7), 0));
    expect(rows["d′, how well you tell one from the other (0 is guessing)"]).toBe("1.35; likely 0.66 to 2.04");
    expect(rows["c, your leaning (below 0 over-calls, above 0 under-calls)"]).toBe("0.00; likely −0.34 to 0.34");
    const few = shown(allFigures([...times(9, NOW, NOW), ...times(10, CALM, CALM)], 0));
    expect(few.rows["d′ and c"]).toBe("from 20 answers on");
    expect(few.text).toContain("Whether you lean to over-calling or under-calling shows from 20 cases on.");
    expect(shown(allFigures([...times(10, NOW, NOW), ...times(10, CALM, CALM)], 0)).rows["d′ and c"]).toBeUndefined();
  });

  it("have in a table all that the pictures show", () => {
    const some = [
      ...times(6, NOW, DAYS, "sure"),
      ...times(4, DAYS, CALM, "guessing"),
      ...times(3, CALM, NOW, "sure"),
      ...times(7, WAIT, WAIT, "sure"),
      ...times(4, NOW, NOW, "sure"),
    ];
    const { rows, box } = shown(allFigures(some, 0));
    expect(rows).toMatchObject({
      "Acted on, and needed (hits)": "10",
      "Not acted on, though needed (misses)": "4",
      "Acted on, though not needed (false alarms)": "3",
      "Rightly not acted on (correct rejections)": "7",
      "Sure: the right level": "11 of 20; likely 34 to 74%",
      "Fairly sure: the right level": "none yet",
      "Guessing: the right level": "0 of 4; likely 0 to 49%",
      "Answers 1 to 10: the right level": "0 of 10",
      "Answers 11 to 20: the right level": "7 of 10",
    });
    expect(Object.keys(rows).filter((row) => row.startsWith("Answers"))).toHaveLength(2);
    expect(box.querySelectorAll(".charts svg").length).toBe(3);
    for (const figure of box.querySelectorAll("figure"))
      expect(figure.querySelector("figcaption")!.textContent!.length).toBeGreaterThan(10);
  });

  it("draw a way only from two tens on, and the place between alarms only where both sorts were met", () => {
    const few = shown(allFigures([...times(10, NOW, NOW), ...times(9, CALM, CALM)], 0)).box;
    expect([...few.querySelectorAll("svg")].map((svg) => svg.getAttribute("aria-label")!.split(" ")[0])).toEqual([
      "Of",
      "Sure:",
    ]);
    const alarms = shown(allFigures(times(5, NOW, NOW), 0)).box;
    expect([...alarms.querySelectorAll("svg")].map((svg) => svg.getAttribute("aria-label")!.split(" ")[0])).toEqual([
      "Sure:",
    ]);
  });
});
