/** What was chosen, and how it was scored, in few bits. Whatever shape an answer has, it comes back as it was. */

import { LEVELS, indexOf, letter } from "../item";
import type { BitReader, BitWriter } from "./scorm-bits";

/** Letters up to p take four bits; no kind of item has more. */
const MOST = 16;
const index = (text: string): number => {
  const at = indexOf(text);
  return at < MOST ? at : -1;
};

/** The shapes of answers by the number they are written with. */
enum Shape {
  /** Letters that rise: options chosen, phrases marked, points ticked. */
  Set,
  /** Letters in any order: steps as they were put. */
  List,
  /** "a-c", "b-a": for each card its group. */
  Pairs,
  Level,
  None,
  /** "ask:listen:a", "way:look:b", …, "act:" and a level: the way through a case. */
  Way,
  Empty,
  /** Anything else, as JSON. */
  Other,
}

const WAY = /^(ask|way):([^:]+):([a-p])$/;

/** A table of texts that are written once and then named by their place in it. */
export class Texts {
  readonly all: string[] = [];
  private readonly places = new Map<string, number>();

  place(text: string): number {
    let at = this.places.get(text);
    if (at === undefined) {
      at = this.all.push(text) - 1;
      this.places.set(text, at);
    }
    return at;
  }
}

function shapeOf(answer: readonly string[]): Shape {
  if (!answer.length) return Shape.Empty;
  if (answer.length === 1 && answer[0] === "none") return Shape.None;
  if (answer.length === 1 && LEVELS.some((level) => level === answer[0])) return Shape.Level;
  const letters = answer.map(index);
  if (letters.every((at) => at >= 0) && letters.length <= MOST) {
    return letters.every((at, place) => !place || at > letters[place - 1]!) ? Shape.Set : Shape.List;
  }
  if (answer.length <= MOST && answer.every((pair, at) => pair.length === 3 && pair.startsWith(`${letter(at)}-`) && index(pair[2]!) >= 0)) return Shape.Pairs;
  if (LEVELS.some((level) => answer.at(-1) === `act:${level}`) && answer.slice(0, -1).every((each) => WAY.test(each))) return Shape.Way;
  return Shape.Other;
}

export function writeAnswer(out: BitWriter, answer: readonly string[], texts: Texts): void {
  const shape = shapeOf(answer);
  out.put(shape, 3);
  if (shape === Shape.Set) {
    const letters = new Set(answer.map(index));
    const highest = Math.max(...letters);
    out.put(highest, 4);
    for (let at = 0; at < highest; at += 1) out.flag(letters.has(at));
  } else if (shape === Shape.List || shape === Shape.Pairs) {
    out.put(answer.length - 1, 4);
    for (const each of answer) out.put(index(each.at(-1)!), 4);
  } else if (shape === Shape.Level) out.put(LEVELS.findIndex((level) => level === answer[0]), 2);
  else if (shape === Shape.Way) {
    out.count(answer.length - 1, 3);
    for (const each of answer.slice(0, -1)) {
      const [, what, step, way] = WAY.exec(each)!;
      out.flag(what === "way");
      out.count(texts.place(step!), 2);
      out.put(index(way!), 4);
    }
    out.put(LEVELS.findIndex((level) => answer.at(-1) === `act:${level}`), 2);
  } else if (shape === Shape.Other) out.text(JSON.stringify(answer));
}

export function readAnswer(from: BitReader, texts: readonly string[]): string[] {
  const shape: Shape = from.take(3);
  const next = (): string => letter(from.take(4));
  switch (shape) {
    case Shape.Empty:
      return [];
    case Shape.None:
      return ["none"];
    case Shape.Level:
      return [LEVELS[from.take(2)]!];
    case Shape.Set: {
      const highest = from.take(4);
      const lower = Array.from({ length: highest }, (_, at) => (from.flag() ? letter(at) : ""));
      return [...lower.filter(Boolean), letter(highest)];
    }
    case Shape.List:
    case Shape.Pairs:
      return Array.from({ length: from.take(4) + 1 }, (_, at) => (shape === Shape.List ? next() : `${letter(at)}-${next()}`));
    case Shape.Way: {
      const log = Array.from({ length: from.count(3) }, () => {
        const what = from.flag() ? "way" : "ask";
        const step = texts[from.count(2)];
        return `${what}:${step}:${next()}`;
      });
      return [...log, `act:${LEVELS[from.take(2)]}`];
    }
    case Shape.Other:
      return JSON.parse(from.text()) as string[];
  }
}

/** Denominators of scores that are written as fractions. */
const LARGEST = 63;

export function writeScore(out: BitWriter, score: number | null): void {
  if (score === 1) return out.count(0);
  if (score === 0) return out.count(1);
  if (score === null) return out.count(2);
  for (let of = 2; of <= LARGEST; of += 1) {
    const part = Math.round(score * of);
    if (part / of !== score) continue;
    out.count(3);
    out.put(of, 6);
    return out.put(part, 6);
  }
  out.count(4);
  out.float(score);
}

export function readScore(from: BitReader): number | null {
  switch (from.count()) {
    case 0:
      return 1;
    case 1:
      return 0;
    case 2:
      return null;
    case 3: {
      const of = from.take(6);
      return from.take(6) / of;
    }
    default:
      return from.float();
  }
}
