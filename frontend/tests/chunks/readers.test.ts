import { afterEach, describe, expect, it } from "vitest";
import "../../src/chunks/case";
import "../../src/chunks/hotspot";
import "../../src/chunks/match";
import "../../src/chunks/order";
import "../../src/chunks/reflect";
import "../../src/chunks/spot";
import "../../src/chunks/worked";
import { knowChoice } from "../../src/elements";
import { readQuiz } from "../../src/hosts/printed";
import { elementFor, readItem } from "../../src/kinds";
import { settled } from "../small-kinds";
import { FakeHost, all } from "../small-quiz";
import { printedQuiz, quizData } from "../hosts/printed-quiz";
import { printedKinds } from "./printed-kinds";

knowChoice();
afterEach(() => document.body.replaceChildren());

function parse(html: string): HTMLElement {
  document.body.innerHTML = html;
  return document.body.firstElementChild as HTMLElement;
}
const table = Object.entries(printedKinds).map(([kind, [html, data]]) => ({ kind, html, data }));

describe("the printed form of an item", () => {
  it("is at hand for every kind that has a reader", () =>
    expect(table.map(({ data }) => data.kind)).toEqual(table.map(({ kind }) => kind)));

  it.each(table)("gives its data whole, text as it was written: $kind", ({ html, data }) =>
    expect(readItem(parse(html))).toEqual(data),
  );

  it.each(table)("is read without being changed: $kind", ({ html }) => {
    const printed = parse(html);
    const before = printed.outerHTML;
    readItem(printed);
    expect(printed.outerHTML).toBe(before);
  });

  it.each(table)("comes to life as the element of its kind: $kind", async ({ kind, html }) => {
    const item = readItem(parse(html));
    const element = Object.assign(elementFor(item), { item, host: new FakeHost(), lesson: "bone", number: 1, of: 1 });
    document.body.append(element);
    await settled(element);
    expect(element.localName).toBe(`ss-${kind}`);
    expect(all(element, "form").length).toBe(1);
  });

  it("stands beside others in a quiz, each read as what it is", () => {
    const html = printedQuiz.replace("</section></ss-quiz>", `${table.map((each) => each.html).join("")}$&`);
    expect(readQuiz(parse(html)).items).toEqual([...quizData.items, ...table.map(({ data }) => data)]);
  });

  it("of a case without lures has none", () => {
    const html = printedKinds.case[0].replace(/<p><strong>What could mislead.*?<\/div>/, "");
    expect(html).not.toBe(printedKinds.case[0]);
    expect(readItem(parse(html))).toEqual({ ...printedKinds.case[1], lures: [] });
  });

  it("of an item without hints has none", () => {
    const html = printedKinds.match[0].replace(/<details class="hint">.*?<\/details>/, "");
    expect(readItem(parse(html))).toEqual({ ...printedKinds.match[1], hints: [] });
  });
});
