/**
 * A page in a learning platform: answers are kept there, and it is told completion, score, time and place. Runs after
 * the page's own script and before the page comes to life. Where no platform is around the page, it does nothing.
 */

import type { PageHost } from "./page";
import { type PackageData, ScormRecord } from "./scorm-record";
import { Runtime, type Version, findApi } from "./scorm-runtime";

/** Counts the seconds for which the page is seen: one that is left open over night takes no time. */
export class Watch {
  private spent = 0;
  private since: number | null = null;

  constructor() {
    this.look();
    document.addEventListener("visibilitychange", () => this.look());
  }

  private look(): void {
    const now = performance.now();
    if (this.since !== null) this.spent += now - this.since;
    this.since = document.hidden ? null : now;
  }

  get seconds(): number {
    this.look();
    return this.spent / 1000;
  }
}

/**
 * What is read: the id of the last lesson or heading that begins above the middle of the window, and after a space
 * the quiz that begins below it and still above the middle. Null where nothing can be seen of the page.
 */
export function placeOnPage(): string | null {
  if (!document.documentElement.clientHeight) return null;
  const begun = [...document.querySelectorAll<HTMLElement>(".lesson[id], .lesson h2[id], .lesson ss-quiz")].filter((each) => {
    const { top, height } = each.getBoundingClientRect();
    return height > 0 && top < innerHeight / 2;
  });
  const anchor = begun.map(({ id }) => id !== "").lastIndexOf(true);
  return [begun[anchor]?.id, begun.slice(anchor + 1).at(-1)?.dataset.quiz].filter(Boolean).join(" ");
}

/** Open the page where the trainee left it, unless a link says where. */
function goTo(place: string): void {
  const [anchor = "", quiz] = place.split(" ");
  const there = anchor && !location.hash ? document.getElementById(anchor) : null;
  if (!there) return;
  location.replace(`#${encodeURIComponent(anchor)}`);
  const within = [...document.querySelectorAll<HTMLElement>(".lesson ss-quiz")].find(({ dataset }) => dataset.quiz === quiz) ?? there;
  /* What comes to life above it changes its height. */
  addEventListener("load", () => setTimeout(() => within.scrollIntoView()));
}

function begin(host: PageHost): void {
  const { version, ...data } = JSON.parse(document.getElementById("scorm")!.textContent!) as PackageData & { version: Version };
  const api = findApi(version);
  if (!api) return;
  const runtime = new Runtime(api, version);
  const record = new ScormRecord(document.documentElement.dataset.course!, data, runtime);
  host.keepIn(record);
  const watch = new Watch();
  let place = runtime.get(runtime.names.place);
  const mark = (): void => record.mark(place, watch.seconds);
  const markHere = (): void => {
    place = placeOnPage() ?? place;
    mark();
  };
  const hand = (): void => {
    markHere();
    runtime.commit();
  };
  record.report();
  mark();
  runtime.commit();

  document.addEventListener("DOMContentLoaded", () => {
    goTo(place);
    /* The record commits what it keeps, and this with it. */
    document.addEventListener("ss-answered", markHere, { capture: true });
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) hand();
    });
    for (const event of ["hashchange", "pagehide"]) addEventListener(event, hand);
    addEventListener("pagehide", () => runtime.close());
  });
  /* Brought back by the browser as it was left: but the visit is over. */
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) location.reload();
  });
}

begin((globalThis as unknown as { secondSightHost: PageHost }).secondSightHost);
