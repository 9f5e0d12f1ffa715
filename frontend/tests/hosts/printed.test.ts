import { describe, expect, it } from "vitest";
import { knowChoice } from "../../src/elements";
import { readQuiz } from "../../src/hosts/printed";
import { printedQuiz, quizData } from "./printed-quiz";

knowChoice();

function parse(html: string): HTMLElement {
  return new DOMParser().parseFromString(html, "text/html").querySelector<HTMLElement>("ss-quiz")!;
}

describe("the printed form of a quiz", () => {
  it("gives its data whole, text as it was written", () => {
    expect(readQuiz(parse(printedQuiz))).toEqual(quizData);
  });

  it("is read without being changed", () => {
    const element = parse(printedQuiz);
    const before = element.outerHTML;
    readQuiz(element);
    expect(element.outerHTML).toBe(before);
  });

  it("gives also a source that leads nowhere, which printed.py prints as <span>", () => {
    const html = printedQuiz.replaceAll('<a href="#s2">CRUK 2024</a>', "<span>CRUK 2024</span>");
    expect(readQuiz(parse(html)).items[1]!.sources).toEqual([{ label: "CRUK 2024", href: "" }]);
  });
});
