import { readFileSync, readdirSync } from "node:fs";
import { crc32 as crcOfNode } from "node:zlib";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Attempt, inOrder } from "../src/attempt";
import { BrowserRecord } from "../src/hosts/browser-record";
import { crc32, read, taken, write } from "../src/progress-file";
import { anAttempt, someAttempts } from "./small-quiz";

const COURSE = "second-sight";
const NO_FILE = /^This is not a progress file of this course\. Choose the file that “Save my progress” gave you\./;
const nothing = { unread: 0, missing: 0, changed: false, future: 0 };

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: new Date("2027-06-01T12:00:00Z") }));
afterEach(() => void vi.useRealTimers());

const text = (attempts: readonly Attempt[]): Promise<string> => write(attempts, COURSE).text();
const bytes = async (file: Blob): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await file.arrayBuffer());
/** What is read from a file, but for how many lines it has. */
async function said(file: Blob, course: string) {
  const { lines: _, ...rest } = await read(file, course);
  return rest;
}
/** A file of these lines under the head of that version, with a checksum that fits. */
function lined(lines: readonly string[], head: object = {}): Blob {
  const body = lines.map((line) => `${line}\n`).join("");
  const sum = crc32(new TextEncoder().encode(body)).toString(16).padStart(8, "0");
  const whole = { format: "second-sight-progress", version: 2, course: COURSE, count: lines.length, checksum: `crc32:${sum}`, ...head };
  return new Blob([`${JSON.stringify(whole)}\n${body}`]);
}

describe("crc32", () => {
  it.each([["", 0], ["a", 0xe8b7be43], ["123456789", 0xcbf43926], ["The quick brown fox jumps over the lazy dog", 0x414fa339]])(
    "of %j is the published value", (words, sum) => expect(crc32(new TextEncoder().encode(words))).toBe(sum),
  );

  it("is what zlib makes of any bytes, also piece by piece", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), (data, at) => {
      expect(crc32(data)).toBe(crcOfNode(data));
      expect(crc32(data.slice(at), crc32(data.slice(0, at)))).toBe(crcOfNode(data));
    }));
  });
});

describe("a progress file", () => {
  it("gives back what was written", async () => {
    await fc.assert(fc.asyncProperty(someAttempts, fc.string({ minLength: 1 }), async (attempts, course) => {
      expect(await said(write(attempts, course), course)).toEqual({ attempts, ...nothing });
    }));
  });

  it("is JSON Lines with a head that says the format, the course, how many, and the checksum of what follows", async () => {
    const file = await text([anAttempt()]);
    const [head, line, end] = file.split("\n");
    const body = new TextEncoder().encode(`${line}\n`);
    expect(JSON.parse(head!)).toEqual({
      format: "second-sight-progress", version: 2, course: COURSE, count: 1,
      checksum: `crc32:${crcOfNode(body).toString(16).padStart(8, "0")}`,
    });
    expect(JSON.parse(line!)).toEqual(anAttempt());
    expect(end).toBe("");
  });

  it("writes a checksum that begins with zeros with all its eight digits", async () => {
    const many = Array.from({ length: 200 }, (_, index) => anAttempt({ id: `${index}` }));
    const sums = await Promise.all(many.map(async (attempt) => JSON.parse((await text([attempt])).split("\n")[0]!).checksum as string));
    expect(sums.filter((sum) => /^crc32:0/.test(sum)).length).toBeGreaterThan(0);
    expect(sums.filter((sum) => !/^crc32:[0-9a-f]{8}$/.test(sum))).toEqual([]);
  });

  it("holds every attempt once, however often it stands there, as it stands there first", async () => {
    const [first, again] = [anAttempt(), anAttempt({ score: 0 })].map((each) => JSON.stringify(each));
    expect((await read(lined([first!, again!]), COURSE)).attempts).toEqual([anAttempt()]);
  });

  it("survives an editor that changes line ends, adds blank lines and a byte order mark, which is told", async () => {
    const edited = `\ufeff${(await text([anAttempt()])).replaceAll("\n", "\r\n\r\n")}`;
    expect(await said(new Blob([edited]), COURSE)).toEqual({ attempts: [anAttempt()], ...nothing, changed: true });
  });

  it("with a byte order mark alone is unchanged in what it holds", async () => {
    const marked = new Blob(["\ufeff", write([anAttempt()], COURSE)]);
    expect(await said(marked, COURSE)).toEqual({ attempts: [anAttempt()], ...nothing });
  });

  it("of version 1, which has no checksum, is read", async () => {
    const line = JSON.stringify(anAttempt());
    const head = JSON.stringify({ format: "second-sight-progress", version: 1, course: COURSE, count: 1 });
    expect(await said(new Blob([`${head}\n${line}\n`]), COURSE)).toEqual({ attempts: [anAttempt()], ...nothing });
  });

  it("that was cut off, anywhere after its head, gives what is whole and counts what is lost", async () => {
    await fc.assert(fc.asyncProperty(someAttempts, fc.nat(), async (attempts, at) => {
      const file = await bytes(write(attempts, COURSE));
      const head = file.indexOf(10) + 1;
      const end = head + (at % Math.max(1, file.length - head));
      const { attempts: whole, unread, missing, changed } = await read(new Blob([file.slice(0, end)]), COURSE);
      expect(whole).toEqual(attempts.slice(0, whole.length));
      expect(whole.length + unread + missing).toBe(attempts.length);
      expect(unread).toBeLessThanOrEqual(1);
      expect(changed).toBe(attempts.length > 0);
    }));
  });

  it("with one bit changed anywhere after its head is said to be changed", async () => {
    const attempts = ["1", "2"].map((id) => anAttempt({ id }));
    const file = await bytes(write(attempts, COURSE));
    const head = file.indexOf(10) + 1;
    await fc.assert(fc.asyncProperty(fc.integer({ min: head, max: file.length - 1 }), fc.nat(7), async (at, bit) => {
      const other = file.slice();
      other[at]! ^= 1 << bit;
      expect((await read(new Blob([other]), COURSE)).changed).toBe(true);
    }));
  });

  it.each(["{broken", "null", "7", '{"id": "no attempt"}', "<html>"])("counts a damaged line and reads the others: %s", async (damage) => {
    const attempts = ["1", "2", "3"].map((id) => anAttempt({ id }));
    const lines = (await text(attempts)).split("\n");
    lines[2] = damage;
    expect(await said(new Blob([lines.join("\n")]), COURSE))
      .toEqual({ attempts: [attempts[0], attempts[2]], ...nothing, unread: 1, changed: true });
  });

  it.each([
    ["", NO_FILE], ["\n", NO_FILE], ["hello", NO_FILE], ["null", NO_FILE], ["7", NO_FILE], ["[]", NO_FILE], ["{}", NO_FILE],
    ['{"format": "other", "version": 1}', NO_FILE], ["\u0000\u0001PK\u0003", NO_FILE], ['{"format": "second-sight-pro', NO_FILE],
    [`\n${'{"format": "second-sight-progress", "version": 2, "course": "second-sight"}'}`, NO_FILE],
    ['{"format": "second-sight-progress", "version": 3, "course": "second-sight"}', /^This progress file was made by a newer version of the course\./],
    ['{"format": "second-sight-progress", "version": 2, "course": "ward-six"}', /^This progress file belongs to another course \(“ward-six”\)\. Nothing was changed\.$/],
    ['{"format": "second-sight-progress", "version": 2}', /^This/],
  ])("that is none of ours is refused in a sentence: %j", async (file, says) => {
    await expect(read(new Blob([file]), COURSE)).rejects.toThrow(says);
  });

  it("of bytes that are no text, and of two pieces of them, is refused in a sentence", async () => {
    const noise = new Uint8Array((1 << 20) + 500).map((_, index) => (index * 7919) % 251 | 128);
    await expect(read(new Blob([noise.slice(0, 999)]), COURSE)).rejects.toThrow(NO_FILE);
    await expect(read(new Blob([noise]), COURSE)).rejects.toThrow(NO_FILE);
  });

  it.each([1 << 16, 1 << 20, 5 << 20])("passes over a line of more than %i characters, counts it, and reads those after it", async (length) => {
    const [one, two] = ["1", "2"].map((id) => anAttempt({ id }));
    const long = JSON.stringify({ ...anAttempt({ id: "long" }), more: "x".repeat(length) });
    const file = lined([JSON.stringify(one), long, JSON.stringify(two)]);
    expect(await said(file, COURSE)).toEqual({ attempts: [one, two], ...nothing, unread: 1 });
  });

  it("counts a last line that is too long and has no end", async () => {
    const file = new Blob([lined([JSON.stringify(anAttempt())], { count: 2 }), "x".repeat(3 << 20)]);
    expect(await said(file, COURSE)).toEqual({ attempts: [anAttempt()], ...nothing, unread: 1, changed: true });
  });

  it.each([0, 1, 2, 3])("keeps characters of several bytes whole across pieces of 1 MiB, at each offset: %i", async (shift) => {
    const attempts = Array.from({ length: 1500 }, (_, index) =>
      anAttempt({ id: `${index}`.padStart(4, "0"), text: `${"x".repeat(index ? 0 : shift)}${"🦴ü€".repeat(200)}` }));
    const file = write(attempts, COURSE);
    expect(file.size).toBeGreaterThan(2 << 20);
    expect(await said(file, COURSE)).toEqual({ attempts, ...nothing });
  });

  it("counts what is dated more than a day ahead, and takes it", async () => {
    const days = ["2027-06-02T11:59:00.000Z", "2027-06-02T12:01:00.000Z", "2090-01-01T00:00:00.000Z"];
    const attempts = days.map((at, index) => anAttempt({ id: `${index}`, at }));
    expect(await said(write(attempts, COURSE), COURSE)).toEqual({ attempts, ...nothing, future: 2 });
  });

  it("leaves text that looks like markup as text", async () => {
    const attempt = anAttempt({ lesson: "<img src=x onerror=alert(1)>", text: "</script><b>" });
    expect((await read(write([attempt], COURSE), COURSE)).attempts).toEqual([attempt]);
  });
});

describe("the corpus that Python reads too", () => {
  const folder = "../tests/progress-files/";
  const expected = JSON.parse(readFileSync(`${folder}expected.json`, "utf8")) as Record<string, string | Record<string, unknown>>;
  const names = Object.keys(expected);
  const errors: Record<string, RegExp> = { "other-course": /belongs to another course/, newer: /newer version/, "no-progress-file": NO_FILE };

  beforeEach(() => void vi.useRealTimers());

  it("is there, whole", () => {
    expect(names.length).toBeGreaterThan(5);
    expect(names.sort()).toEqual(readdirSync(folder).filter((name) => name.endsWith(".jsonl")).sort());
  });

  it.each(names)("is taken in as Python takes it in: %s", async (name) => {
    const file = new Blob([readFileSync(folder + name)]);
    const says = expected[name]!;
    if (typeof says === "string") {
      expect(Object.keys(errors)).toContain(says);
      await expect(read(file, COURSE)).rejects.toThrow(errors[says]);
      return;
    }
    const { attempts, ...counts } = await said(file, COURSE);
    const { fresh, known, ...rest } = says;
    expect(known).toBe(0);
    expect({ fresh: attempts.length, ...counts }).toEqual({ fresh, ...rest });
  });
});

describe("files that are loaded into a record", () => {
  /** Files out of one pool: an attempt that is in two of them is the same in both. */
  const files = someAttempts.chain((pool) => fc.array(fc.shuffledSubarray(pool), { minLength: 1, maxLength: 4 }));

  async function loaded(course: string, ...each: Attempt[][]): Promise<Attempt[]> {
    localStorage.clear();
    const record = new BrowserRecord(course);
    for (const attempts of each) expect(record.keep((await read(write(attempts, course), course)).attempts)).toBe(true);
    expect(inOrder(new BrowserRecord(course).known.values())).toEqual(inOrder(record.known.values()));
    return inOrder(record.known.values());
  }

  it("give the same record in any order, grouped in any way, and as often as wanted", async () => {
    await fc.assert(fc.asyncProperty(files, fc.nat(), async (each, at) => {
      const once = await loaded("c", ...each);
      expect(await loaded("c", ...[...each].reverse())).toEqual(once);
      expect(await loaded("c", ...each, ...each)).toEqual(once);
      const cut = at % each.length;
      const [left, right] = [await loaded("c", ...each.slice(0, cut)), await loaded("c", ...each.slice(cut))];
      expect(await loaded("c", left, right)).toEqual(once);
      expect(await loaded("c", right, left)).toEqual(once);
    }), { numRuns: 40 });
  });

  it("give every attempt of all, once, oldest first", async () => {
    await fc.assert(fc.asyncProperty(files, async (each) => {
      const all = await loaded("c", ...each);
      expect(new Set(all.map(({ id }) => id))).toEqual(new Set(each.flat().map(({ id }) => id)));
      expect(all.length).toBe(new Set(each.flat().map(({ id }) => id)).size);
      expect(all.map(({ at }) => at)).toEqual(all.map(({ at }) => at).sort());
    }), { numRuns: 40 });
  });
});

describe("what is said after a file was taken in", () => {
  const none = { fresh: 0, known: 0, ...nothing };
  it.each([
    [{ fresh: 1 }, "1 answer loaded."],
    [{ fresh: 2 }, "2 answers loaded."],
    [{ known: 3 }, "0 answers loaded, 3 known already."],
    [{ fresh: 1, known: 1, unread: 4, missing: 2 }, "1 answer loaded, 1 known already, 4 could not be read, 2 missing from the file."],
    [{ fresh: 1, future: 1 }, "1 answer loaded, 1 dated in the future, by a wrong clock perhaps."],
    [{ fresh: 1, changed: true }, "1 answer loaded. The file has been changed or cut since it was saved."],
  ])("of %j: %s", (counts, says) => expect(taken({ ...none, ...counts })).toBe(says));
});
