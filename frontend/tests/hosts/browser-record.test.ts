import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Attempt } from "../../src/attempt";
import { BrowserRecord } from "../../src/hosts/browser-record";
import { anAttempt } from "../small-quiz";

const COURSE = "second-sight";
const FIRST = "second-sight/attempts";
const keyOf = (id: string, course = COURSE): string => `second-sight/2/${course}/${id}`;
const [one, two, three] = ["1", "2", "3"].map((id) => anAttempt({ id })) as [Attempt, Attempt, Attempt];
const real = localStorage;

beforeEach(() => real.clear());
afterEach(() => vi.unstubAllGlobals());

const ids = (record: BrowserRecord): string[] => [...record.known.keys()].sort();
const stored = (): string[] => Object.keys(real).sort();
/** The event that the other tabs of a browser get. */
const told = (key: string | null, newValue: string | null): void => {
  window.dispatchEvent(Object.assign(new Event("storage"), { key, newValue }));
};
/** Storage with room for so many more entries. */
function room(entries: number): void {
  let left = entries;
  vi.stubGlobal("localStorage", new Proxy(real, {
    get: (target, name) => {
      if (name === "setItem")
        return (key: string, value: string) => {
          if (left === 0) throw new DOMException("full", "QuotaExceededError");
          left -= 1;
          target.setItem(key, value);
        };
      if (name === "removeItem")
        return (key: string) => {
          left += 1;
          target.removeItem(key);
        };
      const value = Reflect.get(target, name) as unknown;
      return typeof value === "function" ? value.bind(target) : value;
    },
  }));
}
/** Storage that is switched off: even to look at it is forbidden. */
function off(): void {
  vi.stubGlobal("localStorage", new Proxy({}, {
    get: () => { throw new DOMException("off", "SecurityError"); },
    ownKeys: () => { throw new DOMException("off", "SecurityError"); },
  }));
}
/** Whether the browser would ask before it closes the page. */
function asks(): boolean {
  const event = new Event("beforeunload", { cancelable: true });
  window.dispatchEvent(event);
  return event.defaultPrevented;
}

describe("a record in the browser", () => {
  it("has an entry of its own for each answer, by its id, and finds it again after a reload", () => {
    expect(new BrowserRecord(COURSE).keep([one, two])).toBe(true);
    expect(stored()).toEqual([keyOf("1"), keyOf("2")]);
    expect(JSON.parse(real.getItem(keyOf("1"))!)).toEqual(one);
    expect(ids(new BrowserRecord(COURSE))).toEqual(["1", "2"]);
    expect(asks()).toBe(false);
  });

  it("leaves what it knows as it is", () => {
    const record = new BrowserRecord(COURSE);
    record.keep([one]);
    record.keep([{ ...one, score: 0 }]);
    expect(new BrowserRecord(COURSE).known.get("1")).toEqual(one);
    expect(record.known.get("1")).toEqual(one);
  });

  it.each(["[{", "null", "7", '"text"', '{"id": "no attempt"}', "[]"])("passes over an entry that is no answer, and leaves it: %s", (held) => {
    real.setItem(keyOf("strange"), held);
    real.setItem(keyOf("1"), JSON.stringify(one));
    expect(ids(new BrowserRecord(COURSE))).toEqual(["1"]);
    expect(real.getItem(keyOf("strange"))).toBe(held);
  });

  it("is of one course: another course on the same site neither shows nor loses its answers", () => {
    new BrowserRecord("other").keep([one]);
    const record = new BrowserRecord(COURSE);
    record.keep([two]);
    expect(ids(record)).toEqual(["2"]);
    record.erase();
    expect(ids(new BrowserRecord("other"))).toEqual(["1"]);
  });
});

describe("what version 1 kept, all in one entry", () => {
  it("is read, beside what was kept since, and stays as it stands", () => {
    const held = JSON.stringify([one, 7, null, { ...two, score: 9 }]);
    real.setItem(FIRST, held);
    const record = new BrowserRecord(COURSE);
    record.keep([three]);
    expect(ids(record)).toEqual(["1", "3"]);
    expect(ids(new BrowserRecord(COURSE))).toEqual(["1", "3"]);
    expect(real.getItem(FIRST)).toBe(held);
  });

  it.each(["[{", "null", '{"id": 1}', '"attempts"'])("does no harm where it is something else: %s", (held) => {
    real.setItem(FIRST, held);
    real.setItem(keyOf("1"), JSON.stringify(one));
    expect(ids(new BrowserRecord(COURSE))).toEqual(["1"]);
  });

  it("is of the one course there was, and of no other", () => {
    real.setItem(FIRST, JSON.stringify([one]));
    const other = new BrowserRecord("other");
    expect(ids(other)).toEqual([]);
    other.erase();
    expect(stored()).toEqual([FIRST]);
  });

  it("is erased with the rest", () => {
    real.setItem(FIRST, JSON.stringify([one]));
    new BrowserRecord(COURSE).erase();
    expect(ids(new BrowserRecord(COURSE))).toEqual([]);
  });
});

describe("two tabs", () => {
  it("that answer at once lose nothing of each other", () => {
    const [tab, other] = [new BrowserRecord(COURSE), new BrowserRecord(COURSE)];
    tab.keep([one]);
    other.keep([two]);
    tab.keep([three]);
    expect(ids(new BrowserRecord(COURSE))).toEqual(["1", "2", "3"]);
  });

  it("tell each other what was answered, and what was erased", () => {
    const record = new BrowserRecord(COURSE);
    told(keyOf("1"), JSON.stringify(one));
    told(keyOf("2"), JSON.stringify(two));
    expect(ids(record)).toEqual(["1", "2"]);
    told(keyOf("1"), null);
    expect(ids(record)).toEqual(["2"]);
    told(null, null);
    expect(ids(record)).toEqual([]);
  });

  it.each([null, FIRST])("do not take away what storage never had, when another clears it: %s", (key) => {
    real.setItem(FIRST, JSON.stringify([one]));
    const record = new BrowserRecord(COURSE);
    room(0);
    expect(record.keep([two])).toBe(false);
    vi.unstubAllGlobals();
    real.clear();
    told(key, null);
    expect(ids(record)).toEqual(["2"]);
    expect(record.keep([three])).toBe(true);
    expect(stored()).toEqual([keyOf("2"), keyOf("3")]);
  });

  it("do not listen to what is not theirs", () => {
    const record = new BrowserRecord(COURSE);
    record.keep([one]);
    told(keyOf("2", "other"), JSON.stringify(two));
    told("theme", "dark");
    told(keyOf("3"), "rubbish");
    expect(ids(record)).toEqual(["1"]);
  });
});

describe("storage that is full", () => {
  it("takes of a load all or nothing; the page goes on with all of it, and asks before it closes", () => {
    real.setItem("theirs", "x");
    room(2);
    const record = new BrowserRecord(COURSE);
    expect(record.keep([one, two, three])).toBe(false);
    expect(ids(record)).toEqual(["1", "2", "3"]);
    expect(stored()).toEqual(["theirs"]);
    expect(asks()).toBe(true);
    record.erase();
  });

  it("leaves alone what was kept before the load that it cannot take", () => {
    const record = new BrowserRecord(COURSE);
    record.keep([one]);
    room(1);
    expect(record.keep([one, two, three])).toBe(false);
    expect(stored()).toEqual([keyOf("1")]);
    record.erase();
  });

  it("is given what it could not take, once there is room, and the page closes without asking", () => {
    room(0);
    const record = new BrowserRecord(COURSE);
    expect(record.keep([one])).toBe(false);
    expect(record.keep([two])).toBe(false);
    expect(asks()).toBe(true);
    vi.unstubAllGlobals();
    expect(record.keep([three])).toBe(true);
    expect(ids(new BrowserRecord(COURSE))).toEqual(["1", "2", "3"]);
    expect(asks()).toBe(false);
  });

  it("with room for the new answer but not for the old ones keeps the new one, and still asks", () => {
    room(0);
    const record = new BrowserRecord(COURSE);
    record.keep([one, two]);
    room(1);
    expect(record.keep([three])).toBe(true);
    expect(stored()).toEqual([keyOf("3")]);
    expect(asks()).toBe(true);
    record.erase();
  });
});

it("where storage is switched off, the page works with what it is given, and erases it", () => {
  off();
  const record = new BrowserRecord(COURSE);
  expect(record.keep([one])).toBe(false);
  expect(ids(record)).toEqual(["1"]);
  expect(asks()).toBe(true);
  record.erase();
  expect(ids(record)).toEqual([]);
  expect(asks()).toBe(false);
});

it("erasing takes every answer of this course, and nothing else", () => {
  real.setItem("theme", "dark");
  real.setItem("second-sight/2/second-sight-two/9", JSON.stringify(one));
  const record = new BrowserRecord(COURSE);
  record.keep([one, two]);
  record.erase();
  expect(ids(record)).toEqual([]);
  expect(stored()).toEqual(["second-sight/2/second-sight-two/9", "theme"]);
  expect(record.keep([one])).toBe(true);
  expect(ids(new BrowserRecord(COURSE))).toEqual(["1"]);
});
