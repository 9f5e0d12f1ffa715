/**
 * A trainee's answers as the one short text that a learning platform keeps between visits (`cmi.suspend_data`).
 *
 * Text: "ss1", a checksum of six characters, and bits by six to a character (`scorm-bits.ts`). Bits: whether seconds
 * are there; the trainee's salt; texts used more than once; then each answer in the order given: seconds since the
 * one before, the item, what was chosen, score, certainty, hints, and where it was asked.
 *
 * An item is named by the first 28 bits of its version, the hash of its wording. So an answer comes back only to the
 * wording it was given to, whichever edition of the course takes the place of this one.
 *
 * Not in it: a trainee's own words, answers to other wordings, and answers to items that the package does not ask.
 * Where the rest does not fit, these go, in this order, and only as many as must:
 *
 * 1. ids of answers that came from a file (they get a lasting id, as those given here have);
 * 2. how long each answer took;
 * 3. answers that were given anew since, outside a final check, the oldest first;
 * 4. answers that were given anew since, in a final check, the oldest first;
 * 5. the newest answer to an item, the oldest first.
 */

import { type Attempt, type Certainty, inOrder, isAttempt, latest } from "../attempt";
import { crc32 } from "../progress-file";
import { Texts, readAnswer, readScore, writeAnswer, writeScore } from "./scorm-answer";
import { BitReader, BitWriter } from "./scorm-bits";

const FORM = "ss1";
const SUM = 6;
const SALT = 36;
const ITEM = 28;
/** Hex digits of the salt, and of that part of a version that names an item. */
const [SALT_DIGITS, ITEM_DIGITS] = [SALT / 4, ITEM / 4];
const CERTAINTIES: (Certainty | null)[] = [null, "guessing", "fairly-sure", "sure"];
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** An item as a package asks it. */
export interface PackagedItem {
  id: string;
  version: string;
  /** The lesson that asks it. */
  lesson: string;
}

/** An answer, and the id that it keeps where it came from elsewhere; null where its id follows from what it says. */
export interface Kept {
  attempt: Attempt;
  id: string | null;
}

export interface State {
  /** 36 bits as hex digits, drawn once for each trainee. */
  salt: string;
  kept: readonly Kept[];
}

export function newSalt(): string {
  return [...crypto.getRandomValues(new Uint8Array(SALT_DIGITS))].map((byte) => (byte & 15).toString(16)).join("");
}

const secondOf = (at: string): number => Math.max(0, Math.floor(Date.parse(at) / 1000));

/**
 * The id by which an answer given here is known for good, made from what a platform keeps of it: 22 characters for a
 * random id would leave no room for answers. In the form of a UUID of version 8.
 */
export function lastingId({ item_version, at }: Pick<Attempt, "item_version" | "at">, salt: string): string {
  const version = parseInt(item_version.slice(0, ITEM_DIGITS), 16) || 0;
  const hex = [salt, version.toString(16).padStart(ITEM_DIGITS, "0"), secondOf(at).toString(16).padStart(14, "0")].join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(12, 15)}-8${hex.slice(15, 18)}-${hex.slice(18)}`;
}

/** Items by the number that names them; two that share one cannot be told apart, and are not kept. */
function byNumber(items: readonly PackagedItem[]): Map<number, PackagedItem> {
  const numbers = new Map<number, PackagedItem | null>();
  for (const item of items) {
    const number = numberOf(item.version);
    numbers.set(number, numbers.has(number) ? null : item);
  }
  return new Map([...numbers].flatMap(([number, item]) => (item ? [[number, item] as const] : [])));
}

const numberOf = (version: string): number => parseInt(version.slice(0, ITEM_DIGITS), 16);

/** Whether an answer can be kept in a package: it was given to today's wording of an item that the package asks. */
export function canKeep(items: readonly PackagedItem[]): (attempt: Attempt) => boolean {
  const known = new Map([...byNumber(items).values()].map(({ id, version }) => [id, version]));
  return ({ item, item_version }) => known.get(item) === item_version;
}

/** The answers as a text of at most `limit` characters; see above for what goes where they do not fit. */
export function encode({ salt, kept }: State, items: readonly PackagedItem[], limit: number): string {
  const fits = canKeep(items);
  const lessons = new Map(items.map(({ id, lesson }) => [id, lesson]));
  const ids = new Map(kept.map(({ attempt, id }) => [attempt, id]));
  const all = inOrder(kept.map(({ attempt }) => attempt)).filter(fits);
  const newest = new Set(latest(all).values());
  const goes = [
    ...all.filter((each) => !newest.has(each) && !each.sitting),
    ...all.filter((each) => !newest.has(each) && each.sitting),
    ...inOrder(newest),
  ];
  const atStep = (step: number): string => {
    const gone = new Set(goes.slice(0, Math.max(0, step - 2)));
    return written(all.filter((each) => !gone.has(each)), { salt, lessons, ids: step > 0 ? new Map() : ids, seconds: step < 2 });
  };
  let [low, high] = [0, goes.length + 2];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (atStep(middle).length <= limit) high = middle;
    else low = middle + 1;
  }
  return atStep(low);
}

interface Detail {
  salt: string;
  /** By item, the lesson that asks it. */
  lessons: ReadonlyMap<string, string>;
  /** Ids to write down. */
  ids: ReadonlyMap<Attempt, string | null>;
  seconds: boolean;
}

function written(attempts: readonly Attempt[], { salt, lessons, ids, seconds }: Detail): string {
  const [out, texts, met] = [new BitWriter(), new Texts(), new Map<number, number>()];
  /* Texts are known last and read first: the answers are gone through twice. */
  const answers = (to: BitWriter): void => {
    met.clear();
    let before = 0;
    for (const attempt of attempts) {
      const second = secondOf(attempt.at);
      to.count(second - before, before ? 5 : 31);
      before = second;
      const number = numberOf(attempt.item_version);
      const again = met.get(number);
      to.flag(again !== undefined);
      if (again === undefined) to.put(number, ITEM);
      else to.put(again, widthOf(met.size));
      met.set(number, again ?? met.size);
      writeAnswer(to, attempt.answer, texts);
      writeScore(to, attempt.score);
      to.put(CERTAINTIES.indexOf(attempt.certainty), 2);
      to.count(Math.min(attempt.hints, 2 ** 31));
      if (seconds) to.count(Math.min(Math.round(attempt.seconds * 10), 2 ** 31), 6);
      for (const text of [attempt.lesson === lessons.get(attempt.item) ? undefined : attempt.lesson, attempt.sitting]) {
        to.flag(text !== undefined);
        if (text !== undefined) to.count(texts.place(text), 2);
      }
      const id = ids.get(attempt) ?? null;
      to.flag(id !== null);
      if (id !== null) writeName(to, id);
      to.flag(attempt.place === "jupyter");
    }
  };
  answers(new BitWriter());
  out.flag(seconds);
  putHex(out, salt);
  out.count(texts.all.length, 3);
  for (const text of texts.all) writeName(out, text);
  out.count(attempts.length, 6);
  answers(out);
  const body = out.toString();
  return FORM + checksum(body) + body;
}

/** The answers in a text that `encode` gave, those to the wordings of these items; null where it is no such text, or cut. */
export function decode(text: string, items: readonly PackagedItem[]): State | null {
  const body = text.slice(FORM.length + SUM);
  if (!text.startsWith(FORM) || text.slice(FORM.length, FORM.length + SUM) !== checksum(body)) return null;
  try {
    return read(new BitReader(body), byNumber(items));
  } catch {
    return null;
  }
}

function read(from: BitReader, items: ReadonlyMap<number, PackagedItem>): State {
  const seconds = from.flag();
  const salt = takeHex(from, SALT_DIGITS);
  const texts = Array.from({ length: from.count(3) }, () => readName(from));
  const met: number[] = [];
  let second = 0;
  const kept = Array.from({ length: from.count(6) }, (): Kept[] => {
    second += from.count(second ? 5 : 31);
    const again = from.flag();
    const number = again ? met[from.take(widthOf(met.length))]! : from.take(ITEM);
    if (!again) met.push(number);
    const answer = readAnswer(from, texts);
    const score = readScore(from);
    const certainty = CERTAINTIES[from.take(2)]!;
    const hints = from.count();
    const took = seconds ? from.count(6) / 10 : 0;
    const [lesson, sitting] = [0, 1].map(() => (from.flag() ? texts[from.count(2)] : undefined));
    const id = from.flag() ? readName(from) : null;
    const place = from.flag() ? "jupyter" : "page";
    const item = items.get(number);
    if (!item) return [];
    const given = { item: item.id, item_version: item.version, at: new Date(second * 1000).toISOString() };
    const attempt: Attempt = {
      id: id ?? lastingId(given, salt), ...given, lesson: lesson ?? item.lesson, answer, score, certainty, hints, seconds: took, place,
      ...(sitting === undefined ? {} : { sitting }),
    };
    return isAttempt(attempt) ? [{ attempt, id }] : [];
  }).flat();
  return { salt, kept };
}

const widthOf = (size: number): number => (size - 1).toString(2).length;

function checksum(body: string): string {
  const out = new BitWriter();
  out.put(crc32(new TextEncoder().encode(body)), SUM * 6);
  return out.toString();
}

/** A name such as an id: mostly a UUID, and then 128 bits. */
function writeName(out: BitWriter, name: string): void {
  const uuid = UUID.test(name);
  out.flag(uuid);
  if (uuid) putHex(out, name.replaceAll("-", ""));
  else out.text(name);
}

function readName(from: BitReader): string {
  if (!from.flag()) return from.text();
  const hex = takeHex(from, 32);
  return [8, 12, 16, 20].reduceRight((name, at) => `${name.slice(0, at)}-${name.slice(at)}`, hex);
}

function putHex(out: BitWriter, hex: string): void {
  for (const digit of hex) out.put(parseInt(digit, 16), 4);
}

const takeHex = (from: BitReader, digits: number): string =>
  Array.from({ length: digits }, () => from.take(4).toString(16)).join("");
