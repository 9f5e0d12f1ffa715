/**
 * Attempts in the browser's storage, an entry for each: so that two tabs never write over one another,
 * and an answer costs the same however many there are.
 *
 * Entries are named `second-sight/2/<course>/<id of the attempt>`. Version 1 held all attempts of the one
 * course there was in one entry, `second-sight/attempts`; it is read as it stands, and stays.
 */

import { type Attempt, isAttempt } from "../attempt";

const FIRST_COURSE = "second-sight";
const FIRST_KEY = "second-sight/attempts";

export class BrowserRecord {
  /** What is known by id; what storage could not take lives as long as the page. */
  readonly known = new Map<string, Attempt>();
  private readonly unkept = new Set<string>();
  /** Whether something is here that is neither in storage nor in a file. */
  unsaved = false;
  private readonly prefix: string;

  constructor(readonly course: string) {
    this.prefix = `second-sight/2/${course}/`;
    this.read();
    addEventListener("storage", ({ key, newValue }) => {
      if (key === null || key === FIRST_KEY) {
        for (const id of [...this.known.keys()]) if (!this.unkept.has(id)) this.known.delete(id);
        this.read();
      } else if (key.startsWith(this.prefix)) {
        if (newValue) this.learn(newValue);
        else this.known.delete(key.slice(this.prefix.length));
      }
    });
    addEventListener("beforeunload", (event) => {
      if (this.unsaved) event.preventDefault();
    });
  }

  private read(): void {
    try {
      if (this.course === FIRST_COURSE) {
        const first: unknown = parse(localStorage.getItem(FIRST_KEY));
        if (Array.isArray(first)) for (const each of first) if (isAttempt(each)) this.known.set(each.id, each);
      }
      for (const key of this.keys()) this.learn(localStorage.getItem(key));
    } catch {
      /* Storage is switched off: what this page holds is all there is. */
    }
  }

  private learn(text: string | null): void {
    const attempt = parse(text);
    if (isAttempt(attempt)) this.known.set(attempt.id, attempt);
  }

  private keys(): string[] {
    return Object.keys(localStorage).filter((key) => key.startsWith(this.prefix));
  }

  /** Keep attempts, all or none of them; those that could not be kept before are tried again. Whether storage took them. */
  keep(attempts: readonly Attempt[]): boolean {
    const fresh = attempts.filter(({ id }) => !this.known.has(id));
    for (const attempt of fresh) this.known.set(attempt.id, attempt);
    const kept = this.write(fresh);
    if (!kept) for (const { id } of fresh) this.unkept.add(id);
    else if (this.write([...this.unkept].map((id) => this.known.get(id)!))) this.unkept.clear();
    this.unsaved = this.unkept.size > 0;
    return kept;
  }

  private write(attempts: readonly Attempt[]): boolean {
    const written: string[] = [];
    try {
      for (const attempt of attempts) {
        const key = this.prefix + attempt.id;
        localStorage.setItem(key, JSON.stringify(attempt));
        written.push(key);
      }
      return true;
    } catch {
      for (const key of written) localStorage.removeItem(key);
      return false;
    }
  }

  /** Forget everything. */
  erase(): void {
    this.known.clear();
    this.unkept.clear();
    this.unsaved = false;
    try {
      for (const key of this.keys()) localStorage.removeItem(key);
      if (this.course === FIRST_COURSE) localStorage.removeItem(FIRST_KEY);
    } catch {
      /* Storage is switched off: there is nothing in it. */
    }
  }
}

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}
