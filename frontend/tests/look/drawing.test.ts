import { describe, expect, it, vi } from "vitest";
import { drawing, pictureSheet, place } from "../../src/look/drawing";

const svg = (viewBox: string): SVGSVGElement =>
  drawing(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${viewBox}"><title>A &amp; B</title><path d="M0 0h9"/></svg>`,
  );

describe("a drawing", () => {
  it("is an element of this document from its text", () => {
    const drawn = svg("0 0 10 10");
    expect(drawn.localName).toBe("svg");
    expect(drawn.namespaceURI).toBe("http://www.w3.org/2000/svg");
    expect(drawn.ownerDocument).toBe(document);
    expect(drawn.querySelector("title")!.textContent).toBe("A & B");
    expect(drawn.querySelector("path")!.getAttribute("d")).toBe("M0 0h9");
  });

  it.each([
    ["0 0 300 600", 150, 150, 50, 25],
    ["10 20 40 100", 30, 90, 50, 70],
    ["10,20,40,100", 10, 120, 0, 100],
    ["-50 -50 100 100", 0, 0, 50, 50],
    ["0 0 30.5 61", 15.25, 6.1, 50, 10],
  ])("of the box %s has its point %d, %d where it lies", (viewBox, x, y, left, top) => {
    const found = place(svg(viewBox), x, y);
    expect([found.left, found.top].map((end) => end.at(-1))).toEqual(["%", "%"]);
    expect([found.left, found.top].map(Number.parseFloat)).toEqual([expect.closeTo(left), expect.closeTo(top)]);
  });
});

it("the rules for pictures go with a picture into a shadow root, and no other rule", () => {
  document.head.innerHTML =
    "<style>.ss-picture .p-line { stroke: red } p { color: blue } .ss-picture text, b { fill: green }</style>";
  const rules = [...pictureSheet().cssRules].map(({ cssText }) => cssText);
  expect(rules.length).toBe(2);
  expect(rules.every((rule) => rule.includes(".ss-picture"))).toBe(true);
  expect(pictureSheet()).toBe(pictureSheet());
});

it("a sheet of another origin, which may not be read, does no harm", async () => {
  const other = {
    get cssRules(): never {
      throw new DOMException("no", "SecurityError");
    },
  };
  const real = [...document.styleSheets];
  Object.defineProperty(document, "styleSheets", { value: [other, ...real], configurable: true });
  vi.resetModules();
  const { pictureSheet: anew } = await import("../../src/look/drawing");
  expect(anew()).not.toBe(pictureSheet());
  expect([...anew().cssRules].length).toBe(2);
  Reflect.deleteProperty(document, "styleSheets");
});
