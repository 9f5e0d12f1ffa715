import { describe, expect, it } from "vitest";
import { LEVELS, indexOf, letter } from "../src/item";

describe("letters of options, cards and places", () => {
  it("stand for their index, and back", () => {
    const indexes = Array.from({ length: 26 }, (_, index) => index);
    expect(indexes.map(letter).join("")).toBe("abcdefghijklmnopqrstuvwxyz");
    expect(indexes.map(letter).map(indexOf)).toEqual(indexes);
  });

  it.each(["", "A", "ab", "ä", "1", " a", "a\n", "{", "`"])("are nothing else: %j", (text) =>
    expect(indexOf(text)).toBe(-1),
  );
});

it("the levels go from the fastest to the slowest", () => {
  expect(LEVELS).toEqual([
    "same-day-emergency",
    "contact-team-within-days",
    "discuss-if-beyond-1-2-weeks",
    "reassure-and-safety-net",
  ]);
});
