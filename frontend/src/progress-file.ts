import { type Attempt, isAttempt } from "./attempt";

const FORMAT = "second-sight-progress";
const VERSION = 1;

/** Attempts as the text of a progress file: JSON Lines, the first line a head. */
export function write(attempts: readonly Attempt[]): string {
  const head = { format: FORMAT, version: VERSION, course: "second-sight", count: attempts.length };
  return [head, ...attempts].map((line) => `${JSON.stringify(line)}\n`).join("");
}

/**
 * The attempts in a progress file, and how many lines held none.
 * @throws Error with a sentence for the trainee where the text is no progress file of this course
 */
export function read(text: string): { attempts: Attempt[]; skipped: number } {
  const [first = "", ...lines] = text.split("\n");
  const head = parse(first) as Partial<Record<string, unknown>> | undefined;
  if (head?.format !== FORMAT) throw new Error("This is not a progress file of Second Sight. Choose the file that “Save my progress” gave you.");
  if (head.version !== VERSION) throw new Error("This progress file was made by a newer version of the course. Open it there, or update this course.");
  const parsed = lines.filter((line) => line.trim()).map(parse);
  const attempts = parsed.filter(isAttempt);
  return { attempts, skipped: Math.max(parsed.length, Number(head.count) || 0) - attempts.length };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Both lists as one, each attempt once (by id; the first list's stands), oldest first. */
export function merge(one: readonly Attempt[], other: readonly Attempt[]): Attempt[] {
  const byId = new Map([...other, ...one].map((attempt) => [attempt.id, attempt]));
  return [...byId.values()].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1));
}

/** What a trainee is told after a file was taken in. */
export function taken(fresh: number, attempts: number, skipped: number): string {
  const known = attempts - fresh;
  const parts = [`${fresh} ${fresh === 1 ? "answer" : "answers"} loaded`];
  if (known) parts.push(`${known} known already`);
  if (skipped) parts.push(`${skipped} could not be read`);
  return `${parts.join(", ")}.`;
}
