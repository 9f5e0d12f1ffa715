/** The page's script for learning platforms, against a platform that is as strict as SCORM lets it be. */

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Attempt } from "../../src/attempt";
import type { AnswerRecord } from "../../src/hosts/host";
import { type PackageData, ScormRecord } from "../../src/hosts/scorm-record";
import { Runtime, type Version, duration, findApi } from "../../src/hosts/scorm-runtime";
import { decode } from "../../src/hosts/scorm-state";
import { anAttempt } from "../small-quiz";

const DATA: PackageData = {
  lessons: [
    { id: "bone", kind: "lesson", items: [["b1", "aaaaaaa00001"], ["b2", "bbbbbbb00002"]] },
    { id: "own", kind: "practice", items: [["w1", "ccccccc00003", "reflect"]] },
  ],
  check: null,
};
const ITEMS = DATA.lessons.flatMap(({ id: lesson, items }) => items.map(([id, version]) => ({ id, version, lesson })));

/** Elements that can be written, and what they may hold. */
const WRITTEN: Record<Version, Record<string, RegExp>> = {
  "1.2": {
    "cmi.suspend_data": /^[^]{0,4096}$/, "cmi.core.lesson_location": /^[^]{0,255}$/,
    "cmi.core.lesson_status": /^(passed|completed|failed|incomplete|browsed)$/, "cmi.core.exit": /^(time-out|suspend|logout|)$/,
    "cmi.core.session_time": /^\d{2,4}:\d\d:\d\d(\.\d{1,2})?$/, "cmi.core.score.raw": /^(\d{1,2}(\.\d+)?|100)$/,
    "cmi.core.score.min": /^0$/, "cmi.core.score.max": /^100$/,
  },
  "2004": {
    "cmi.suspend_data": /^[^]{0,64000}$/, "cmi.location": /^[^]{0,1000}$/, "cmi.completion_status": /^(completed|incomplete|not attempted|unknown)$/,
    "cmi.success_status": /^(passed|failed|unknown)$/, "cmi.exit": /^(time-out|suspend|logout|normal|)$/,
    "cmi.session_time": /^PT\d+H\d+M\d+(\.\d{1,2})?S$/, "cmi.score.raw": /^\d+(\.\d+)?$/, "cmi.score.min": /^0$/, "cmi.score.max": /^100$/,
    "cmi.score.scaled": /^(0(\.\d+)?|1)$/, "cmi.progress_measure": /^(0(\.\d+)?|1)$/,
  },
};

class Platform {
  readonly kept: Record<string, string>;
  readonly calls: string[] = [];
  readonly refused: string[] = [];
  private state: "before" | "open" | "over" = "before";
  /** Whether it cannot write. */
  broken = false;
  /** How much it takes of a trainee's state, where that is less than the standard says. */
  takes = { most: Infinity, how: "" };

  constructor(readonly version: Version, kept: Record<string, string> = {}) {
    this.kept = { ...kept };
  }

  get api(): Record<string, (...values: string[]) => string> {
    const [open, get, set, commit, close] = this.version === "1.2"
      ? ["LMSInitialize", "LMSGetValue", "LMSSetValue", "LMSCommit", "LMSFinish"]
      : ["Initialize", "GetValue", "SetValue", "Commit", "Terminate"];
    const say = (call: string, good: boolean): string => {
      this.calls.push(call);
      if (!good) this.refused.push(call);
      return String(good);
    };
    return {
      [open!]: (empty) => {
        const good = this.state === "before" && empty === "";
        if (good) this.state = "open";
        return say("open", good);
      },
      [get!]: (name) => (this.state === "open" ? (this.kept[name!] ?? "") : ""),
      [set!]: (name, value) => {
        const state = name === "cmi.suspend_data";
        const long = state && this.takes.how === "refuses" && value!.length > this.takes.most;
        const good = this.state === "open" && !this.broken && !long && typeof value === "string" && !!WRITTEN[this.version][name!]?.test(value);
        if (good) this.kept[name!] = state ? value!.slice(0, this.takes.most) : value!;
        return say(`set ${name} ${value}`, good);
      },
      [commit!]: (empty) => say("commit", this.state === "open" && !this.broken && empty === ""),
      [close!]: (empty) => {
        const good = this.state === "open" && empty === "";
        this.state = "over";
        return say("close", good);
      },
    };
  }
}

const NAMES = {
  "1.2": { status: "cmi.core.lesson_status", score: "cmi.core.score.raw", place: "cmi.core.lesson_location", time: "cmi.core.session_time", exit: "cmi.core.exit", mode: "cmi.core.lesson_mode" },
  "2004": { status: "cmi.completion_status", score: "cmi.score.raw", place: "cmi.location", time: "cmi.session_time", exit: "cmi.exit", mode: "cmi.mode" },
} as const;
const BOTH = ["1.2", "2004"] as const;

const open = (platform: Platform): ScormRecord => new ScormRecord("second-sight", DATA, new Runtime(platform.api, platform.version));
let count = 0;
const answered = (item: string, changes: Partial<Attempt> = {}): Attempt => {
  count += 1;
  const [, version] = DATA.lessons.flatMap(({ items }) => items).find(([id]) => id === item)!;
  return anAttempt({ id: `here-${count}`, item, item_version: version, lesson: "bone", at: new Date(Date.parse("2026-11-22T10:00:00Z") + count * 1000).toISOString(), ...changes });
};

/** A package of 400 items, and answers from a file: so many to each. */
const MANY: PackageData = {
  lessons: [{ id: "bone", kind: "lesson", items: Array.from({ length: 400 }, (_, at) => [`i${at}`, `${(at * 65_537 + 7).toString(16).padStart(7, "0")}00000`]) }],
  check: null,
};
const answersToMany = (times: number): Attempt[] =>
  Array.from({ length: times }, () => MANY.lessons[0]!.items).flat().map(([item, item_version], at) =>
    anAttempt({ id: `6c1f3a9e-0000-4000-8000-${String(at).padStart(12, "0")}`, item, item_version, answer: ["c"], at: new Date(1.79e12 + at * 50_000).toISOString() }));

afterEach(() => localStorage.clear());

describe.each(BOTH)("a record in a platform of SCORM %s", (version) => {
  const name = NAMES[version];

  it("keeps each answer at once, and the next visit finds it, on any computer", () => {
    const platform = new Platform(version);
    const record = open(platform);
    const [first, second] = [answered("b1"), answered("b1", { answer: ["a"], score: 0, certainty: "guessing", hints: 1 })];
    expect(record.keep([first])).toBe(true);
    expect(platform.calls.at(-1)).toBe("commit");
    expect(record.keep([second])).toBe(true);
    expect(platform.refused).toEqual([]);

    const again = open(new Platform(version, platform.kept));
    expect([...again.known.values()].map(({ answer, score, certainty, hints, seconds }) => [answer, score, certainty, hints, seconds])).toEqual([
      [["b"], 1, "sure", 0, 12.4], [["a"], 0, "guessing", 1, 12.4],
    ]);
    expect(again.given()).toEqual(record.given().map((each) => ({ ...each, at: each.at.replace(/\.\d+Z/, ".000Z") })));
  });

  it("keeps two answers to one question, however fast the second comes", () => {
    const platform = new Platform(version);
    const record = open(platform);
    const at = "2026-11-22T10:00:00.100Z";
    record.keep([answered("b1", { at, answer: ["a"], score: 0 })]);
    record.keep([answered("b1", { at: at.replace(".1", ".7") })]);
    const again = open(new Platform(version, platform.kept));
    expect([...again.known.values()].map(({ answer, score }) => [answer, score])).toEqual([[["a"], 0], [["b"], 1]]);
    expect(again.given().map(({ id }) => id)).toEqual(record.given().map(({ id }) => id));
  });

  it("never touches the browser's storage", () => {
    localStorage.setItem("second-sight/2/second-sight/x", JSON.stringify(answered("b1", { id: "x" })));
    const record = open(new Platform(version));
    expect(record.known.size).toBe(0);
    record.keep([answered("b2")]);
    record.erase();
    expect(Object.keys(localStorage)).toEqual(["second-sight/2/second-sight/x"]);
  });

  it("reports incomplete, then completed when the lessons are answered, with a score and no verdict", () => {
    const platform = new Platform(version);
    const record = open(platform);
    record.report();
    expect([platform.kept[name.status], platform.kept[name.score]]).toEqual(["incomplete", undefined]);
    record.keep([answered("b1")]);
    expect([platform.kept[name.status], platform.kept[name.score]]).toEqual(["incomplete", "50"]);
    if (version === "2004") expect([platform.kept["cmi.progress_measure"], platform.kept["cmi.score.scaled"]]).toEqual(["0.5", "0.5"]);
    record.keep([answered("b2", { answer: ["a"], score: 0 })]);
    expect([platform.kept[name.status], platform.kept[name.score]]).toEqual(["completed", "50"]);
    expect(platform.kept["cmi.success_status"]).toBe(version === "2004" ? "unknown" : undefined);
    expect(platform.refused).toEqual([]);
    expect(platform.calls.filter((call) => /passed|failed/.test(call))).toEqual([]);
  });

  it.each(["completed", "passed", "failed"])("does not take back that the course is %s", (status) => {
    const platform = new Platform(version, { [name.status]: status });
    const record = open(platform);
    record.keep([answered("b1")]);
    expect(platform.kept[name.status]).toBe(status);
  });

  it("ends each visit so that the next goes on, with the place and the time", () => {
    const platform = new Platform(version);
    const record = open(platform);
    record.mark("05-bone-h2", 3725.5);
    expect(platform.kept).toMatchObject({
      [name.place]: "05-bone-h2", [name.exit]: "suspend", [name.time]: version === "1.2" ? "0001:02:05.50" : "PT1H2M5.5S",
    });
    record.mark("x".repeat(400), 1);
    expect(platform.kept[name.place]).toHaveLength(255);
    expect(platform.refused).toEqual([]);
  });

  it("erases all that the platform keeps of answers", () => {
    const platform = new Platform(version);
    const record = open(platform);
    record.keep([answered("b1")]);
    const before = record.given()[0]!.id;
    record.erase();
    expect([record.known.size, platform.kept["cmi.suspend_data"]]).toEqual([0, ""]);
    expect(open(new Platform(version, platform.kept)).known.size).toBe(0);
    record.keep([answered("b1")]);
    expect(record.given()[0]!.id.slice(0, 9)).not.toBe(before.slice(0, 9));
  });

  it("says so where the platform lets nothing be erased, and changes nothing", () => {
    const platform = new Platform(version);
    const record = open(platform);
    record.keep([answered("b1")]);
    const looked = open(new Platform(version, { ...platform.kept, [name.mode]: "review" }));
    platform.broken = true;
    for (const each of [record, looked]) {
      expect(() => each.erase()).toThrow("Your learning platform did not let your answers be erased. Nothing was changed.");
      expect(each.known.size).toBe(1);
    }
  });

  it("takes answers from a file under their own ids, and knows its own answers again", () => {
    const platform = new Platform(version);
    const record = open(platform);
    record.keep([answered("b1")]);
    const saved = record.given();
    const brought = answered("b2", { id: "6c1f3a9e-0000-4000-8000-000000000099", place: "jupyter" });
    record.keep([...saved, brought], true);
    expect(record.known.size).toBe(2);
    const again = open(new Platform(version, platform.kept));
    expect([...again.known.keys()].sort()).toEqual([saved[0]!.id, brought.id].sort());
    expect(again.known.get(brought.id)!.place).toBe("jupyter");
    again.keep([...saved, brought], true);
    expect(again.known.size).toBe(2);
    expect([record.takes(brought), record.takes({ ...brought, item_version: "ddddddd00004" }), record.takes({ ...brought, item: "elsewhere" })]).toEqual([true, false, false]);
  });

  it("sends no words of a trainee's own, and does not let them be lost unsaid", () => {
    const platform = new Platform(version);
    const record = open(platform);
    const leave = new Event("beforeunload", { cancelable: true });
    record.keep([answered("b1")]);
    window.dispatchEvent(leave);
    expect(leave.defaultPrevented).toBe(false);
    record.keep([answered("w1", { score: null, certainty: null, answer: ["a"], text: "What I would say." })]);
    expect(JSON.stringify(decode(platform.kept["cmi.suspend_data"]!, ITEMS))).not.toContain("say");
    expect(decode(platform.kept["cmi.suspend_data"]!, ITEMS)!.kept).toHaveLength(2);
    window.dispatchEvent(leave);
    expect(leave.defaultPrevented).toBe(true);
    expect(record.elsewhere.words).toMatch(/not sent/);
    record.unsaved = false;
  });

  it("says so when the platform takes nothing, and tries again with the next answer", () => {
    const platform = new Platform(version);
    const record = open(platform);
    platform.broken = true;
    expect(record.keep([answered("b1")])).toBe(false);
    expect([record.unsaved, record.known.size]).toEqual([true, 1]);
    expect(record.elsewhere.notKept).toMatch(/did not take your answer/);
    platform.broken = false;
    expect(record.keep([answered("b2")])).toBe(true);
    expect(record.unsaved).toBe(false);
    expect(open(new Platform(version, platform.kept)).known.size).toBe(2);
  });

  it("never offers the platform more than the standard lets it keep", () => {
    const platform = new Platform(version);
    const record = new ScormRecord("second-sight", MANY, new Runtime(platform.api, version));
    const most = version === "1.2" ? 4096 : 64_000;
    expect(record.keep(answersToMany(version === "1.2" ? 3 : 30), true)).toBe(true);
    expect(platform.refused).toEqual([]);
    expect(platform.kept["cmi.suspend_data"]!.length).toBeGreaterThan(most - 10);
  });

  it.each(["refuses", "cuts"])("gives a platform that %s what is too long for it no more than it takes", (how) => {
    const platform = new Platform(version);
    platform.takes = { most: 4000, how };
    const record = new ScormRecord("second-sight", MANY, new Runtime(platform.api, version));
    const brought = answersToMany(1);
    expect(record.keep(brought, true)).toBe(true);
    expect(platform.kept["cmi.suspend_data"]!.length).toBeLessThanOrEqual(4000);
    const again = new ScormRecord("second-sight", MANY, new Runtime(new Platform(version, platform.kept).api, version));
    expect(again.known.size).toBe(400);
  });

  it.each(["browse", "review"])("writes nothing in a visit that is only to look (%s), and says why", (mode) => {
    const kept = new Platform(version);
    open(kept).keep([answered("b1")]);
    const platform = new Platform(version, { ...kept.kept, [name.mode]: mode });
    const record = open(platform);
    record.report();
    record.mark("05-bone", 4);
    expect(record.known.size).toBe(1);
    expect(record.keep([answered("b2")])).toBe(false);
    expect(platform.calls).toEqual(["open"]);
    expect(record.elsewhere.notKept).toMatch(/only to be looked at/);
  });

  it("does not fail on what another course left there, nor on a platform that throws", () => {
    const platform = new Platform(version, { "cmi.suspend_data": '{"page": 3}' });
    expect(open(platform).known.size).toBe(0);
    const thrower = new Proxy({}, { get: () => () => { throw new Error("gone"); } });
    const record = new ScormRecord("second-sight", DATA, new Runtime(thrower, version));
    expect(record.keep([answered("b1")])).toBe(false);
    record.unsaved = false;
  });
});

describe("the way to the platform", () => {
  const within = (parent: object | null, more: object = {}): Window => {
    const made: Record<string, unknown> = { ...more };
    made.parent = parent ?? made;
    made.top = parent ? (parent as { top: unknown }).top : made;
    return made as unknown as Window;
  };
  const api = {};

  it.each(BOTH)("leads up through frames, for SCORM %s to its own object", (version) => {
    const top = within(null, version === "1.2" ? { API: api, API_1484_11: {} } : { API: {}, API_1484_11: api });
    expect(findApi(version, within(within(within(top))))).toBe(api);
  });

  it("leads to the window that opened this one, or its frames", () => {
    const lms = within(within(null, { API: api }));
    expect(findApi("1.2", within(null, { opener: lms }))).toBe(api);
    expect(findApi("1.2", within(within(null, { opener: lms })))).toBe(api);
  });

  it("ends without one where there is none, where a window is of another site, and where frames go in a circle", () => {
    expect(findApi("1.2", within(null))).toBeNull();
    const foreign = new Proxy({}, { get: () => { throw new DOMException("no", "SecurityError"); } });
    expect(findApi("1.2", { parent: foreign, top: null, opener: null } as unknown as Window)).toBeNull();
    const [one, other] = [{}, {}] as { parent: unknown; top: unknown }[];
    Object.assign(one!, { parent: other, top: null });
    Object.assign(other!, { parent: one, top: null });
    expect(findApi("2004", one as unknown as Window)).toBeNull();
  });
});

describe("a time", () => {
  it.each([
    [0, "0000:00:00.00", "PT0H0M0S"], [59.999, "0000:01:00.00", "PT0H1M0S"], [3599.5, "0000:59:59.50", "PT0H59M59.5S"],
    [90_061.25, "0025:01:01.25", "PT25H1M1.25S"], [1e9, "9999:59:59.99", "PT9999H59M59.99S"],
  ])("of %d seconds", (seconds, first, second) => {
    expect([duration(seconds, "1.2"), duration(seconds, "2004")]).toEqual([first, second]);
  });
});

describe("the script of a page", () => {
  /** What the script listens to, taken off after each test: it is imported anew for the next. */
  const heard: [EventTarget, string, EventListener][] = [];
  let host: { kept: AnswerRecord | null; keepIn: (record: AnswerRecord) => void };

  beforeEach(() => {
    vi.resetModules();
    for (const target of [document, window]) {
      const add = target.addEventListener.bind(target);
      vi.spyOn(target, "addEventListener").mockImplementation((type: string, listener: unknown) => {
        heard.push([target, type, listener as EventListener]);
        add(type, listener as EventListener);
      });
    }
    host = { kept: null, keepIn: (record) => { host.kept = record; } };
    vi.stubGlobal("secondSightHost", host);
    document.documentElement.dataset.course = "second-sight";
    document.body.innerHTML = `<script type="application/json" id="scorm">${JSON.stringify({ version: "1.2", ...DATA })}</script>
      <section class="lesson" id="05-bone"><h2 id="05-bone-h1">One</h2><h2 id="05-bone-h2">Two</h2></section>`;
    location.hash = "";
  });
  afterEach(() => {
    for (const [target, type, listener] of heard.splice(0)) target.removeEventListener(type, listener);
    document.body.replaceChildren();
  });

  it("leaves a page as it is where there is no platform", async () => {
    await import("../../src/hosts/scorm");
    expect(host.kept).toBeNull();
  });

  it("opens the visit before the page comes to life, goes to the place, and closes it when the page is left", async () => {
    const platform = new Platform("1.2", { "cmi.core.lesson_location": "05-bone-h2" });
    vi.stubGlobal("API", platform.api);
    await import("../../src/hosts/scorm");
    expect(host.kept).not.toBeNull();
    expect(platform.kept).toMatchObject({ "cmi.core.lesson_status": "incomplete", "cmi.core.exit": "suspend" });
    document.dispatchEvent(new Event("DOMContentLoaded"));
    expect(location.hash).toBe("#05-bone-h2");
    window.dispatchEvent(new Event("pagehide"));
    expect(platform.calls.slice(-2)).toEqual(["commit", "close"]);
    expect(platform.kept["cmi.core.session_time"]).toMatch(/^0000:00:0\d\.\d\d$/);
    expect(platform.refused).toEqual([]);
  });

  it("follows a link to another part rather than the place it had, and a place that is gone does no harm", async () => {
    vi.stubGlobal("API", new Platform("1.2", { "cmi.core.lesson_location": "99-gone" }).api);
    await import("../../src/hosts/scorm");
    document.dispatchEvent(new Event("DOMContentLoaded"));
    expect(location.hash).toBe("");
  });

  it("counts only the time in which it is seen", async () => {
    const { Watch } = await import("../../src/hosts/scorm");
    let [now, hidden] = [0, false];
    vi.spyOn(performance, "now").mockImplementation(() => now);
    vi.spyOn(document, "hidden", "get").mockImplementation(() => hidden);
    const watch = new Watch();
    now = 5000;
    hidden = true;
    document.dispatchEvent(new Event("visibilitychange"));
    now = 60_000;
    expect(watch.seconds).toBe(5);
    hidden = false;
    document.dispatchEvent(new Event("visibilitychange"));
    now = 62_500;
    expect(watch.seconds).toBe(7.5);
  });
});
