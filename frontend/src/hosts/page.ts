/** The exported page: items are read from their printed form, attempts live in the browser's storage. */

import type { SsQuiz } from "../activities/quiz";
import { type Attempt, isAttempt } from "../attempt";
import { defineCore, knowChoice } from "../elements";
import { wake } from "../kinds";
import * as kit from "../kit";
import type { SsProgressFile } from "../panels/progress-file";
import { merge, read, taken, write } from "../progress-file";
import type { Host } from "./host";
import { readQuiz } from "./printed";

const KEY = "second-sight/attempts";
const NOT_KEPT = "This browser does not let the page keep your answer. Use “Save my progress” before you close the page.";

export class PageHost implements Host {
  readonly place = "page" as const;
  /** What storage could not take still lives as long as the page. */
  private unkept: Attempt[] = [];

  private all(): Attempt[] {
    let stored: unknown = [];
    try {
      stored = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    } catch {
      /* Storage is switched off or damaged: what this page holds is all there is. */
    }
    return merge(Array.isArray(stored) ? stored.filter(isAttempt) : [], this.unkept);
  }

  private store(attempts: Attempt[]): void {
    try {
      localStorage.setItem(KEY, JSON.stringify(attempts));
      this.unkept = [];
    } catch {
      throw new Error(NOT_KEPT);
    }
  }

  attempts(items: readonly string[]): Attempt[] {
    return this.all().filter((attempt) => items.includes(attempt.item));
  }

  async keep(attempt: Attempt): Promise<void> {
    this.unkept.push(attempt);
    this.store(this.all());
  }

  async save(): Promise<string> {
    return write(this.all());
  }

  async load(text: string): Promise<string> {
    const { attempts, skipped } = read(text);
    const known = this.all();
    const both = merge(known, attempts);
    this.unkept = merge(known, [...this.unkept, ...attempts]);
    this.store(both);
    return taken(both.length - known.length, attempts.length, skipped);
  }
}

const host = new PageHost();
Object.assign(globalThis, { secondSight: kit });
knowChoice();

/* The kinds that this page uses stand in scripts after this one. */
document.addEventListener("DOMContentLoaded", () => {
  const quizzes = [...document.querySelectorAll<SsQuiz>("ss-quiz")];
  for (const quiz of quizzes) Object.assign(quiz, { quiz: readQuiz(quiz), host });
  for (const saver of document.querySelectorAll<SsProgressFile>("ss-progress-file")) saver.host = host;
  defineCore();
  const panels = wake(host);
  const restore = (): void => {
    for (const each of [...quizzes, ...panels]) each.restore?.();
  };
  document.addEventListener("ss-loaded", restore);
  /* Another tab of the course has answered. */
  addEventListener("storage", restore);
});
