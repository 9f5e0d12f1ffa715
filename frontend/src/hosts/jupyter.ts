/** JupyterLab: data comes from the anywidget model, attempts go to the kernel, which keeps them. */

import type { SsQuiz } from "../activities/quiz";
import { type Attempt, uuid } from "../attempt";
import "../chunks/body-map";
import "../chunks/case";
import "../chunks/hotspot";
import "../chunks/match";
import "../chunks/order";
import "../chunks/reflect";
import "../chunks/spot";
import "../chunks/worked";
import { defineCore, knowChoice } from "../elements";
import type { Clinic, Item, Quiz } from "../item";
import { definePanels } from "../kinds";
import type { SsClinic } from "../panels/clinic";
import type { SsProgressFile } from "../panels/progress-file";
import { type Plan, type PlanData, planFrom } from "../plan";
import { type Taken, taken } from "../progress-file";
import type { Host } from "./host";

/** The part of anywidget's model that is used here. */
interface Model {
  get(key: "kind"): string;
  get(key: "quiz"): Quiz;
  get(key: "clinic"): Clinic;
  get(key: "plan"): PlanData;
  /** Items by their ids, for what asks from the whole course. */
  get(key: "bank"): Record<string, Item>;
  /** The printed form of a part that comes to life from it; all its text is escaped by the kernel. */
  get(key: "printed"): string;
  /** What the trainee must know about where the answers are kept. */
  get(key: "warning"): string;
  /** Null until they were asked for: to read what the whole course needs takes longer than a lesson may to open. */
  get(key: "attempts"): Attempt[] | null;
  /** How many answers are kept to items that the course does not have. */
  get(key: "unasked"): number;
  send(content: unknown): void;
  on(event: "msg:custom", callback: (content: Reply) => void): void;
  on(event: "change:attempts", callback: () => void): void;
  off(event: string, callback: unknown): void;
}

interface Reply {
  to: string;
  error?: string;
  /** A piece of the progress file, and where the next one begins; null after the last. */
  text?: string;
  next?: number | null;
  taken?: Taken;
}

const PATIENCE_MS = 10_000;
/** Loading ends with one step for the whole file. */
const LONG_PATIENCE_MS = 120_000;
/** Characters of a progress file that are sent at once. */
const PIECE = 1 << 19;
const ASLEEP = "the lesson is asleep. Press “Start this lesson” at the top and do it once more.";

const givenHere = new WeakMap<Model, Attempt[]>();
/** Answers given in a model's views: the kernel does not send all answers back after each. */
function given(model: Model): Attempt[] {
  if (!givenHere.has(model)) givenHere.set(model, []);
  return givenHere.get(model)!;
}

class JupyterHost implements Host {
  readonly place = "jupyter" as const;

  constructor(private readonly model: Model) {}

  attempts(items: readonly string[]): Attempt[] {
    const wanted = new Set(items);
    const known = new Map([...(this.model.get("attempts") ?? []), ...given(this.model)].map((attempt) => [attempt.id, attempt]));
    return [...known.values()].filter(({ item }) => wanted.has(item));
  }

  unasked(): number {
    return this.model.get("unasked");
  }

  async keep(attempt: Attempt): Promise<void> {
    given(this.model).push(attempt);
    await this.ask({ do: "keep", attempts: [attempt] }, `Your answer could not be kept: ${ASLEEP}`);
  }

  async save(): Promise<Blob> {
    const pieces: string[] = [];
    for (let from: number | null | undefined = 0; from !== null && from !== undefined;) {
      const { text, next }: Reply = await this.ask({ do: "save", from }, `Your progress could not be saved: ${ASLEEP}`);
      pieces.push(text!);
      from = next;
    }
    return new Blob(pieces, { type: "application/jsonl" });
  }

  async load(file: Blob): Promise<string> {
    const asleep = `Your progress could not be loaded: ${ASLEEP}`;
    const load = uuid();
    const decoder = new TextDecoder();
    for (let at = 0; at < file.size; at += PIECE) {
      const text = decoder.decode(await file.slice(at, at + PIECE).arrayBuffer(), { stream: true });
      await this.ask({ do: "load", load, text }, asleep);
    }
    return taken((await this.ask({ do: "load", load, text: decoder.decode(), last: true }, asleep, LONG_PATIENCE_MS)).taken!);
  }

  async erase(): Promise<string> {
    await this.ask({ do: "erase" }, `Your answers could not be erased: ${ASLEEP}`);
    given(this.model).length = 0;
    return "All your answers on this machine are erased.";
  }

  /** Ask the kernel; its reply, or an error that can be shown: `asleep` where it does not answer. */
  private ask(message: object, asleep: string, patience = PATIENCE_MS): Promise<Reply> {
    const to = uuid();
    return new Promise((resolve, reject) => {
      const done = (): void => {
        clearTimeout(timer);
        this.model.off("msg:custom", heard);
      };
      const heard = (reply: Reply): void => {
        if (reply.to !== to) return;
        done();
        if (reply.error) reject(new Error(reply.error));
        else resolve(reply);
      };
      const timer = setTimeout(() => {
        done();
        reject(new Error(asleep));
      }, patience);
      this.model.on("msg:custom", heard);
      try {
        this.model.send({ ...message, to });
      } catch {
        done();
        reject(new Error(asleep));
      }
    });
  }
}

knowChoice();

type Made = HTMLElement & { restore?: () => void; plan?: Plan | null };

/** The element that a model asks for, with its data. */
function made(model: Model, host: Host): Made {
  const kind = model.get("kind");
  const element: Made = document.createElement(`ss-${kind}`);
  switch (kind) {
    case "quiz":
      return Object.assign(element as SsQuiz, { quiz: model.get("quiz"), host });
    case "clinic":
      return Object.assign(element as SsClinic, { data: model.get("clinic"), host });
    case "progress-file":
      return Object.assign(element as SsProgressFile, { host, warning: model.get("warning") });
    case "body-map":
      element.innerHTML = model.get("printed");
      return element;
    default:
      if (!model.get("attempts")) model.send({ do: "refresh" });
      return Object.assign(element, { bank: (id: string) => model.get("bank")[id], host });
  }
}

function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
  defineCore();
  definePanels();
  el.classList.add("ss", "ss-live");
  const element = made(model, new JupyterHost(model));
  const restore = (): void => {
    if (element.plan === null && model.get("attempts")) element.plan = planFrom(model.get("plan"));
    element.restore?.();
  };
  model.on("change:attempts", restore);
  el.append(element);
  restore();
  return () => {
    model.off("change:attempts", restore);
    element.remove();
  };
}

export default { render };
