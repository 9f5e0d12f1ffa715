/** The exported page: items are read from their printed form, attempts live in the browser's storage. */

import type { SsQuiz } from "../activities/quiz";
import { type Attempt, inOrder } from "../attempt";
import { defineCore, knowChoice } from "../elements";
import { wake } from "../kinds";
import * as kit from "../kit";
import type { SsProgressFile } from "../panels/progress-file";
import { read, taken, write } from "../progress-file";
import { BrowserRecord } from "./browser-record";
import type { Host } from "./host";
import { readQuiz } from "./printed";

const NOT_KEPT = "This browser cannot keep your answers. You can go on; save your progress to a file before you close the page.";

export class PageHost implements Host {
  readonly place = "page" as const;
  private readonly record = new BrowserRecord(document.documentElement.dataset.course!);
  private told = false;

  attempts(items: readonly string[]): Attempt[] {
    const wanted = new Set(items);
    return [...this.record.known.values()].filter(({ item }) => wanted.has(item));
  }

  unasked(items: readonly string[]): number {
    return this.record.known.size - this.attempts(items).length;
  }

  async keep(attempt: Attempt): Promise<void> {
    if (this.record.keep([attempt]) || this.told) return;
    this.told = true;
    throw new Error(NOT_KEPT);
  }

  async save(): Promise<Blob> {
    this.record.unsaved = false;
    return write(inOrder(this.record.known.values()), this.record.course);
  }

  async load(file: Blob): Promise<string> {
    const { attempts, lines, ...said } = await read(file, this.record.course);
    const fresh = attempts.filter(({ id }) => !this.record.known.has(id)).length;
    const kept = this.record.keep(attempts);
    return `${taken({ ...said, fresh, known: lines - said.unread - fresh })}${kept ? "" : ` ${NOT_KEPT}`}`;
  }

  async erase(): Promise<string> {
    this.record.erase();
    return "All your answers in this browser are erased.";
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
  /* Another tab of the course has answered; what it has loaded comes as many events. */
  let soon = 0;
  addEventListener("storage", () => {
    clearTimeout(soon);
    soon = setTimeout(restore);
  });
});
