/** The exported page: items are read from their printed form, attempts live in the browser's storage. */

import type { SsQuiz } from "../activities/quiz";
import { type Attempt, inOrder } from "../attempt";
import { defineCore, knowChoice } from "../elements";
import { wake } from "../kinds";
import * as kit from "../kit";
import type { SsProgressFile } from "../panels/progress-file";
import { read, taken, write } from "../progress-file";
import { BrowserRecord } from "./browser-record";
import type { AnswerRecord, Host, KeptElsewhere } from "./host";
import { readQuiz } from "./printed";

const NOT_KEPT = "This browser cannot keep your answers. You can go on; save your progress to a file before you close the page.";

export class PageHost implements Host {
  readonly place = "page" as const;
  private platform: AnswerRecord | null = null;
  private browser: BrowserRecord | null = null;
  private told = false;

  private get record(): AnswerRecord {
    return this.platform ?? (this.browser ??= new BrowserRecord(document.documentElement.dataset.course!));
  }

  /** Keep answers there, and read or write nothing in the browser's storage. To be said before the page comes to life. */
  keepIn(record: AnswerRecord): void {
    this.platform = record;
  }

  get elsewhere(): KeptElsewhere | undefined {
    return this.record.elsewhere;
  }

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
    throw new Error(this.notKept);
  }

  private get notKept(): string {
    return this.elsewhere?.notKept ?? NOT_KEPT;
  }

  async save(): Promise<Blob> {
    this.record.unsaved = false;
    return write(inOrder(this.record.given?.() ?? this.record.known.values()), this.record.course);
  }

  async load(file: Blob): Promise<string> {
    const { attempts: all, lines, ...said } = await read(file, this.record.course);
    const attempts = all.filter((attempt) => this.record.takes?.(attempt) ?? true);
    const left = all.length - attempts.length;
    const fresh = attempts.filter(({ id }) => !this.record.known.has(id)).length;
    const kept = this.record.keep(attempts, true);
    const parts = [taken({ ...said, fresh, known: lines - said.unread - left - fresh })];
    if (left) parts.push(`${left} left out, because this course does not ask those questions, or words them differently now.`);
    if (!kept) parts.push(this.notKept);
    return parts.join(" ");
  }

  async erase(): Promise<string> {
    this.record.erase();
    return this.elsewhere?.erased ?? "All your answers in this browser are erased.";
  }
}

const host = new PageHost();
/* The second is for a script that keeps answers elsewhere. */
Object.assign(globalThis, { secondSight: kit, secondSightHost: host });
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
