/**
 * Answers in a learning platform. What the platform gave when the page opened is the whole record: the browser's
 * storage is neither read nor written, so that two people on one computer never meet each other's answers, and one
 * person finds their own on any computer.
 */

import { type Attempt, inOrder } from "../attempt";
import type { FinalCheck, PlannedItem, PlannedLesson } from "../plan";
import { type Asked, reported } from "../scoring/reported";
import type { AnswerRecord, KeptElsewhere } from "./host";
import { type Runtime, duration } from "./scorm-runtime";
import { type PackagedItem, canKeep, decode, encode, lastingId, newSalt } from "./scorm-state";

const SAYS: KeptElsewhere = {
  kept: "Your learning platform keeps your answers. Those who run it can see how far you are, your score and your time, and could read your " +
    "answers too. Save your progress to a file to go on elsewhere.",
  words: "Your words stay on this page and are not sent to the learning platform. Save your progress to a file to keep them. They are never scored.",
  notKept: "Your learning platform did not take your answer. You can go on; save your progress to a file before you close the page.",
  erased: "All your answers to this course in your learning platform are erased.",
};
const ONLY_A_LOOK = "Your learning platform has opened this course only to be looked at, and keeps no answers. You can go on, and save your progress to a file.";

const NOT_ERASED = "Your learning platform did not let your answers be erased. Nothing was changed.";

/** Characters that a platform takes which takes fewer than the standard says, or cuts what is longer. */
const LEAST = 4000;

/** Statuses that are not taken back, and that a platform gives a course that is completed. */
const FINAL = ["completed", "passed", "failed"];

/** What a package asks: its lessons, with the items that each asks. */
export interface PackageData {
  /** An item stands as its id, its version, and "reflect" where it is never scored. */
  lessons: { id: string; kind: PlannedLesson["kind"]; items: [string, string, "reflect"?][] }[];
  check: FinalCheck | null;
}

function askedIn({ lessons, check }: PackageData): Asked {
  return {
    lessons: lessons.map(({ id, kind }) => ({ id, kind, title: "", href: "", minutes: 0, objectives: [] })),
    items: lessons.flatMap(({ id: lesson, items }) =>
      items.map(([id, version, kind]): PlannedItem => ({ id, version, lesson, kind: kind ?? "choice", objective: "", action: "" }))),
    check,
  };
}

export class ScormRecord implements AnswerRecord {
  readonly known = new Map<string, Attempt>();
  readonly elsewhere: KeptElsewhere;
  /** Answers that the platform did not take; and own words, which it is not given, that are in no file yet. */
  private untaken = false;
  private words = false;
  private readonly asked: Asked;
  private readonly items: PackagedItem[];
  private readonly fits: (attempt: Attempt) => boolean;
  private salt: string;
  /** Ids of answers that came from a file. */
  private readonly brought = new Set<string>();
  private done: boolean;
  /** Whether the platform keeps anything on this visit. */
  private readonly writes: boolean;

  constructor(readonly course: string, data: PackageData, private readonly runtime: Runtime) {
    const { names } = runtime;
    this.asked = askedIn(data);
    this.items = this.asked.items;
    this.fits = canKeep(this.items);
    this.writes = !["browse", "review"].includes(runtime.get(names.mode));
    this.elsewhere = this.writes ? SAYS : { ...SAYS, kept: ONLY_A_LOOK, notKept: ONLY_A_LOOK };
    this.done = FINAL.includes(runtime.get(names.status));
    const state = decode(runtime.get(names.state), this.items);
    this.salt = state?.salt ?? newSalt();
    for (const { attempt, id } of state?.kept ?? []) {
      this.known.set(attempt.id, attempt);
      if (id) this.brought.add(id);
    }
    addEventListener("beforeunload", (event) => {
      if (this.unsaved) event.preventDefault();
    });
  }

  get unsaved(): boolean {
    return this.untaken || this.words;
  }

  set unsaved(unsaved: boolean) {
    this.untaken &&= unsaved;
    this.words &&= unsaved;
  }

  takes(attempt: Attempt): boolean {
    return this.fits(attempt);
  }

  /** Under the ids by which the platform will know them, on the next visit too. */
  given(): Attempt[] {
    return [...this.known].map(([id, attempt]) => ({ ...attempt, id }));
  }

  keep(attempts: readonly Attempt[], fromFile = false): boolean {
    for (const attempt of attempts) {
      if (!fromFile) this.add(attempt);
      else if (!this.known.has(attempt.id)) {
        this.known.set(attempt.id, attempt);
        this.brought.add(attempt.id);
      }
    }
    this.words ||= !fromFile && attempts.some(({ text }) => text !== undefined);
    const kept = this.store();
    this.untaken = this.writes && !kept;
    return kept;
  }

  /** Keep an answer given here under its lasting id; the second to an item within a second counts as a second later. */
  private add(attempt: Attempt): void {
    let given = attempt;
    while (this.known.has(lastingId(given, this.salt))) {
      given = { ...given, at: new Date(Date.parse(given.at) + 1000).toISOString() };
    }
    this.known.set(lastingId(given, this.salt), given);
  }

  erase(): void {
    if (!this.writes || !this.took("") || !this.runtime.commit()) throw new Error(NOT_ERASED);
    this.known.clear();
    this.brought.clear();
    this.unsaved = false;
    this.salt = newSalt();
  }

  /** Hand the platform what it keeps, and what it is told; whether it took the answers. */
  private store(): boolean {
    if (!this.writes) return false;
    const kept = [...this.known].map(([id, attempt]) => ({ attempt, id: this.brought.has(id) ? id : null }));
    const taken = [this.runtime.limit, LEAST].some((limit) => this.took(encode({ salt: this.salt, kept }, this.items, limit)));
    this.report();
    return this.runtime.commit() && taken;
  }

  /** Whether the platform took a text, whole. */
  private took(text: string): boolean {
    const { runtime, runtime: { names } } = this;
    return runtime.set(names.state, text) && runtime.get(names.state) === text;
  }

  /** Tell the platform how far the trainee is. What was completed once stays completed. */
  report(): void {
    if (!this.writes) return;
    const { runtime, runtime: { names, version } } = this;
    const { done, progress, score } = reported(this.asked, inOrder(this.known.values()));
    this.done ||= done;
    if (!FINAL.includes(runtime.get(names.status))) runtime.set(names.status, this.done ? "completed" : "incomplete");
    if (version === "2004") {
      runtime.set("cmi.success_status", "unknown");
      runtime.set("cmi.progress_measure", rounded(progress));
    }
    if (score === null) return;
    runtime.set(`${names.score}.min`, "0");
    runtime.set(`${names.score}.max`, "100");
    runtime.set(`${names.score}.raw`, rounded(score * 100, 2));
    if (version === "2004") runtime.set(`${names.score}.scaled`, rounded(score));
  }

  /** Say on which part of the course the trainee is, and how long this visit has been. */
  mark(place: string, seconds: number): void {
    if (!this.writes) return;
    const { runtime, runtime: { names, version } } = this;
    runtime.set(names.place, place.slice(0, 255));
    runtime.set(names.time, duration(seconds, version));
    /* Always: a visit that ends otherwise would take the answers with it, and questions come back after the last one. */
    runtime.set(names.exit, "suspend");
  }
}

const rounded = (value: number, digits = 4): string => String(Math.round(value * 10 ** digits) / 10 ** digits);
