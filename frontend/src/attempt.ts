/** One answer given to one item, in the shape that is kept, given out and taken in everywhere. */

export type Certainty = "guessing" | "fairly-sure" | "sure";

export interface Attempt {
  id: string;
  item: string;
  item_version: string;
  lesson: string;
  /** What was chosen, as the kind of item writes it: letters of options, "a-b" for card a in group b, and so on. */
  answer: string[];
  /** From 0 to 1; null for what is never scored. */
  score: number | null;
  /** Null where the item does not ask for it. */
  certainty: Certainty | null;
  /** Hints opened before answering. */
  hints: number;
  /** Seconds from when the item first came into view, or from "Try again", to the answer. */
  seconds: number;
  /** ISO 8601, UTC. */
  at: string;
  place: "jupyter" | "page";
  /** A trainee's own words, for items that are answered in writing. */
  text?: string;
  /** The sitting of a final check, or the session of a clinic, that it belongs to. */
  sitting?: string;
}

/** A random UUID (version 4), also where `crypto.randomUUID` is missing (pages served without TLS). */
export function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [8, 12, 16, 20].reduceRight((text, at) => `${text.slice(0, at)}-${text.slice(at)}`, hex);
}

/** Attempts as they were made, oldest first. */
export function inOrder(attempts: Iterable<Attempt>): Attempt[] {
  return [...attempts].sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : 1));
}

/** The newest attempt for each item, by item id; one that a wrong clock has dated in the future counts as oldest. */
export function latest(attempts: readonly Attempt[]): Map<string, Attempt> {
  const newest = new Map<string, Attempt>();
  const now = Date.now();
  const when = ({ at }: Attempt): number => (Date.parse(at) > now + A_MINUTE ? 0 : Date.parse(at));
  for (const attempt of attempts) {
    const known = newest.get(attempt.item);
    if (!known || when(known) <= when(attempt)) newest.set(attempt.item, attempt);
  }
  return newest;
}

/** Clocks of two machines may differ by so much. */
const A_MINUTE = 60_000;

/** Characters of a trainee's own words that an attempt holds. */
export const LONGEST_TEXT = 4000;

const isText = (value: unknown): value is string =>
  typeof value === "string" && value.length > 0 && value.length <= 200;
const isShare = (value: unknown): value is number => typeof value === "number" && value >= 0 && value <= 1;
const isCount = (value: unknown): value is number => typeof value === "number" && value >= 0 && Number.isFinite(value);

const ISO_TIME = /^\d{4}-\d\d-\d\dT/;

/** Whether something read from storage or from a file is an attempt; nothing else is let in. */
export function isAttempt(value: unknown): value is Attempt {
  if (typeof value !== "object" || value === null) return false;
  const it = value as Record<string, unknown>;
  return (
    isText(it.id) && isText(it.item) && isText(it.item_version) && isText(it.lesson) &&
    Array.isArray(it.answer) && it.answer.length <= 50 && it.answer.every(isText) &&
    (it.score === null || isShare(it.score)) && isCount(it.hints) && Number.isInteger(it.hints) && isCount(it.seconds) &&
    (it.certainty === null || ["guessing", "fairly-sure", "sure"].includes(it.certainty as string)) &&
    (it.text === undefined || (typeof it.text === "string" && it.text.length <= LONGEST_TEXT)) &&
    (it.sitting === undefined || isText(it.sitting)) &&
    isText(it.at) && ISO_TIME.test(it.at) && !Number.isNaN(Date.parse(it.at)) &&
    ["jupyter", "page"].includes(it.place as string)
  );
}
