/** The progress file: JSON Lines, the first line a head that says what is in it. */

import { type Attempt, isAttempt } from "./attempt";

const FORMAT = "second-sight-progress";
const VERSION = 2;
/** Bytes read at once, and the longest line that is looked at. */
const PIECE = 1 << 20;
const LONGEST_LINE = 1 << 16;
/** Answers that a page takes in: some times as many as storage has room for. */
const MOST = 100_000;

const CRC = Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/** CRC-32 (IEEE 802.3, as in zlib) of bytes, going on from `crc`. `crypto.subtle` is missing on plain http. */
export function crc32(bytes: Uint8Array, crc = 0): number {
  let sum = ~crc;
  for (const byte of bytes) sum = CRC[(sum ^ byte) & 255]! ^ (sum >>> 8);
  return ~sum >>> 0;
}

const checksum = (crc: number): string => `crc32:${crc.toString(16).padStart(8, "0")}`;

/** Attempts as a progress file of a course. */
export function write(attempts: readonly Attempt[], course: string): Blob {
  const body = new TextEncoder().encode(attempts.map((attempt) => `${JSON.stringify(attempt)}\n`).join(""));
  const head = { format: FORMAT, version: VERSION, course, count: attempts.length, checksum: checksum(crc32(body)) };
  return new Blob([JSON.stringify(head), "\n", body], { type: "application/jsonl" });
}

/** What became of a file that was taken in; all but `changed` are counts. */
export interface Taken {
  fresh: number;
  known: number;
  /** Lines that hold no answer, or too long a one. */
  unread: number;
  /** Answers that the head promises and the file does not have. */
  missing: number;
  /** Whether the checksum differs. */
  changed: boolean;
  /** Answers dated more than a day ahead. */
  future: number;
}

const DAY_MS = 86_400_000;

/**
 * The attempts in a progress file of this course, each once, how many lines it has, and what else there is to say.
 * @throws Error with a sentence for the trainee where it is no such file
 */
export async function read(file: Blob, course: string): Promise<{ attempts: Attempt[]; lines: number } & Omit<Taken, "fresh" | "known">> {
  const decoder = new TextDecoder();
  const attempts = new Map<string, Attempt>();
  let head: Record<string, unknown> | undefined;
  let [rest, lines, unread, crc, skipping] = ["", 0, 0, 0, false];
  const take = (line: string): void => {
    if (skipping || line.trim()) {
      const attempt = skipping || line.length > LONGEST_LINE ? undefined : parse(line);
      lines += 1;
      if (isAttempt(attempt)) attempts.set(attempt.id, attempts.get(attempt.id) ?? attempt);
      else unread += 1;
    }
    skipping = false;
  };
  for (let at = 0; at < file.size; at += PIECE) {
    let bytes = new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer());
    if (!head) {
      const end = bytes.indexOf(10) + 1;
      head = headOf(decoder.decode(end ? bytes.slice(0, end) : bytes), course);
      bytes = end ? bytes.slice(end) : new Uint8Array();
    }
    crc = crc32(bytes, crc);
    const parts = (rest + decoder.decode(bytes, { stream: true })).split("\n");
    rest = parts.pop()!;
    parts.forEach(take);
    if (rest.length > LONGEST_LINE) [rest, skipping] = ["", true];
    if (attempts.size > MOST) throw new Error("This file holds more answers than a page can. Load it in JupyterLab.");
  }
  if (!head) headOf("", course);
  take(rest + decoder.decode());
  const ahead = Date.now() + DAY_MS;
  return {
    attempts: [...attempts.values()],
    lines,
    unread,
    missing: Math.max(0, (Number(head!.count) || 0) - lines),
    changed: head!.version !== 1 && head!.checksum !== checksum(crc),
    future: [...attempts.values()].filter(({ at }) => Date.parse(at) > ahead).length,
  };
}

function headOf(line: string, course: string): Record<string, unknown> {
  const head = parse(line) as Record<string, unknown> | null | undefined;
  if (head?.format !== FORMAT || !Number.isInteger(head.version)) throw new Error("This is not a progress file of this course. Choose the file that “Save my progress” gave you.");
  if ((head.version as number) > VERSION) throw new Error("This progress file was made by a newer version of the course. Open it there, or update this course.");
  if (head.course !== course) throw new Error(`This progress file belongs to another course (“${String(head.course).slice(0, 60)}”). Nothing was changed.`);
  return head;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** What a trainee is told after a file was taken in. */
export function taken({ fresh, known, unread, missing, changed, future }: Taken): string {
  const parts = [`${fresh} ${fresh === 1 ? "answer" : "answers"} loaded`];
  if (known) parts.push(`${known} known already`);
  if (unread) parts.push(`${unread} could not be read`);
  if (missing) parts.push(`${missing} missing from the file`);
  if (future) parts.push(`${future} dated in the future, by a wrong clock perhaps`);
  return `${parts.join(", ")}.${changed ? " The file has been changed or cut since it was saved." : ""}`;
}

/** Give a trainee their progress as a file. */
export async function giveFile(host: { save: () => Promise<Blob> }): Promise<void> {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await host.save());
  link.download = `second-sight-${new Date().toISOString().slice(0, 10)}.jsonl`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
