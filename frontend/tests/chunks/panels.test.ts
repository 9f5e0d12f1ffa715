/** The panels of a page come to life once, all together; so the page is made once here. */

import { beforeAll, expect, it } from "vitest";
import "../../src/chunks/body-map";
import "../../src/chunks/clinic";
import "../../src/chunks/vignette";
import { type Panel, wake } from "../../src/kinds";
import type { SsBodyMap } from "../../src/panels/body-map";
import type { SsClinic } from "../../src/panels/clinic";
import { settled } from "../small-kinds";
import { FakeHost, all } from "../small-quiz";
import { clinicData, printedBodyMap, printedClinic } from "./printed-kinds";

const host = new FakeHost();
let before: string;
let woken: Panel[];
let clinics: SsClinic[];
let map: SsBodyMap;

beforeAll(async () => {
  const other = printedClinic.replace('data-clinic="clinic"', 'data-clinic="other"');
  document.body.innerHTML = `<main>${printedClinic}${printedBodyMap}${other}</main>`;
  before = document.body.textContent!;
  woken = wake(host);
  clinics = [...document.querySelectorAll<SsClinic>("ss-clinic")];
  map = document.querySelector<SsBodyMap>("ss-body-map")!;
  for (const each of [...clinics, map]) await settled(each);
});

it("every panel of a page is woken, and given the page's host", () => {
  expect(new Set(woken)).toEqual(new Set([...clinics, map]));
  expect(woken.map((panel) => panel.host)).toEqual([host, host, host]);
});

it("a clinic is given its data whole from its printed form, text as it was written", () => {
  expect(clinics.map(({ data }) => data)).toEqual([clinicData, { ...clinicData, id: "other" }]);
});

it("a body map has its places from its printed form", () => expect(all(map, ".view button").length).toBe(4));

it("the printed form stays whole, for paper", () => {
  expect([...clinics, map].every((panel) => panel.hasAttribute("printed"))).toBe(true);
  expect(document.body.textContent).toBe(before);
});

it("on a page without panels there is nothing to wake", () => {
  document.body.replaceChildren();
  expect(wake(host)).toEqual([]);
});
