import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { merge, read, taken, write } from "../src/progress-file";
import { anAttempt, someAttempts } from "./small-quiz";

describe("a progress file", () => {
  it("gives back what was written", () => {
    fc.assert(fc.property(someAttempts, (attempts) => {
      expect(read(write(attempts))).toEqual({ attempts, skipped: 0 });
    }));
  });

  it("is JSON Lines with a head that names the format", () => {
    const [head, line, end] = write([anAttempt()]).split("\n");
    expect(JSON.parse(head!)).toEqual({ format: "second-sight-progress", version: 1, course: "second-sight", count: 1 });
    expect(JSON.parse(line!)).toEqual(anAttempt());
    expect(end).toBe("");
  });

  it("survives an editor that changes line ends and adds blank lines", () => {
    expect(read(write([anAttempt()]).replaceAll("\n", "\r\n\r\n"))).toEqual({ attempts: [anAttempt()], skipped: 0 });
  });

  it("that was cut off gives what is whole, and counts what is lost", () => {
    fc.assert(fc.property(someAttempts, fc.nat(), (attempts, at) => {
      const file = write(attempts);
      const head = file.indexOf("\n");
      const { attempts: whole, skipped } = read(file.slice(0, head + (at % (file.length - head))));
      expect(whole).toEqual(attempts.slice(0, whole.length));
      expect(whole.length + skipped).toBe(attempts.length);
    }));
  });

  it.each(["{broken", "null", "7", '{"id": "no attempt"}', "<html>"])("counts a damaged line and reads the others: %s", (damage) => {
    const attempts = ["1", "2", "3"].map((id) => anAttempt({ id }));
    const lines = write(attempts).split("\n");
    lines[2] = damage;
    expect(read(lines.join("\n"))).toEqual({ attempts: [attempts[0], attempts[2]], skipped: 1 });
  });

  it.each(["", "\n", "hello", "null", "7", "[]", "{}", '{"format": "other", "version": 1}', "\u0000\u0001PK\u0003", '{"format": "second-sight-pro'])(
    "that is none is refused in a sentence: %j",
    (text) => expect(() => read(text)).toThrow(/^This is not a progress file of Second Sight\./),
  );

  it("of a newer version is refused in a sentence", () => {
    expect(() => read(write([]).replace('"version":1', '"version":2'))).toThrow(/newer version/);
  });
});

describe("merge", () => {
  /** Three lists out of one pool: an attempt that is in two lists is the same in both. */
  const three = someAttempts.chain((pool) => fc.tuple(fc.shuffledSubarray(pool), fc.shuffledSubarray(pool), fc.shuffledSubarray(pool)));

  it("is commutative, associative and idempotent", () => {
    fc.assert(fc.property(three, ([a, b, c]) => {
      expect(merge(a, b)).toEqual(merge(b, a));
      expect(merge(merge(a, b), c)).toEqual(merge(a, merge(b, c)));
      expect(merge(merge(a, b), b)).toEqual(merge(a, b));
    }));
  });

  it("holds every attempt of both, once, oldest first", () => {
    fc.assert(fc.property(three, ([a, b]) => {
      const both = merge(a, b);
      expect(new Set(both)).toEqual(new Set([...a, ...b]));
      expect(both.length).toBe(new Set([...a, ...b].map(({ id }) => id)).size);
      expect(both.map(({ at }) => at)).toEqual(both.map(({ at }) => at).sort());
    }));
  });
});

describe("what is said after a file was taken in", () => {
  it.each([
    [1, 1, 0, "1 answer loaded."],
    [2, 2, 0, "2 answers loaded."],
    [0, 3, 0, "0 answers loaded, 3 known already."],
    [1, 2, 4, "1 answer loaded, 1 known already, 4 could not be read."],
  ])("counts fresh %i of %i and damaged %i", (fresh, attempts, skipped, says) => expect(taken(fresh, attempts, skipped)).toBe(says));
});
