import { expect, it } from "vitest";
import { defineCore, knowChoice } from "../src/elements";
import { define, elementFor } from "../src/kinds";
import { anItem } from "./small-quiz";

it("an element is made known once, however often its module comes (in JupyterLab every widget brings it anew)", () => {
  class First extends HTMLElement {}
  class Second extends HTMLElement {}
  define("ss-known-once", First);
  define("ss-known-once", Second);
  expect(customElements.get("ss-known-once")).toBe(First);
  for (let time = 0; time < 2; time += 1) {
    knowChoice();
    defineCore();
  }
  expect(elementFor(anItem()).localName).toBe("ss-choice");
  expect(customElements.get("ss-quiz")).toBeDefined();
  expect(customElements.get("ss-progress-file")).toBeDefined();
});
