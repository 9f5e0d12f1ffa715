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
import type { Clinic, Quiz } from "../item";
import { definePanels } from "../kinds";
import type { SsClinic } from "../panels/clinic";
import type { SsProgressFile } from "../panels/progress-file";
import { read, taken, write } from "../progress-file";
import type { Host } from "./host";

/** The part of anywidget's model that is used here. */
interface Model {
  get(key: "kind"): "quiz" | "clinic" | "body-map" | "progress-file";
  get(key: "quiz"): Quiz;
  get(key: "clinic"): Clinic;
  /** The printed form of a part that comes to life from it; all its text is escaped by the kernel. */
  get(key: "printed"): string;
  get(key: "attempts"): Attempt[];
  send(content: unknown): void;
  on(event: "msg:custom", callback: (content: Reply) => void): void;
  on(event: "change:attempts", callback: () => void): void;
  off(event: string, callback: unknown): void;
}

interface Reply {
  to: string;
  error?: string;
  attempts?: Attempt[];
  fresh?: number;
}

const PATIENCE_MS = 10_000;
const ASLEEP = "the lesson is asleep. Press “Start this lesson” at the top and do it once more.";

class JupyterHost implements Host {
  readonly place = "jupyter" as const;

  constructor(private readonly model: Model) {}

  attempts(items: readonly string[]): Attempt[] {
    return this.model.get("attempts").filter((attempt) => items.includes(attempt.item));
  }

  async keep(attempt: Attempt): Promise<void> {
    await this.ask({ do: "keep", attempts: [attempt] }, `Your answer could not be kept: ${ASLEEP}`);
  }

  async save(): Promise<string> {
    return write((await this.ask({ do: "all" }, `Your progress could not be saved: ${ASLEEP}`)).attempts ?? []);
  }

  async load(text: string): Promise<string> {
    const { attempts, skipped } = read(text);
    const reply = await this.ask({ do: "keep", attempts }, `Your progress could not be loaded: ${ASLEEP}`);
    return taken(reply.fresh ?? 0, attempts.length, skipped);
  }

  /** Ask the kernel; its reply, or an error that can be shown: `asleep` where it does not answer. */
  private ask(message: object, asleep: string): Promise<Reply> {
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
      }, PATIENCE_MS);
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

/** The element that a model asks for, with its data. */
function made(model: Model, host: Host): HTMLElement & { restore?: () => void } {
  const kind = model.get("kind");
  const element = document.createElement(`ss-${kind}`);
  switch (kind) {
    case "quiz":
      return Object.assign(element as SsQuiz, { quiz: model.get("quiz"), host });
    case "clinic":
      return Object.assign(element as SsClinic, { data: model.get("clinic"), host });
    case "progress-file":
      return Object.assign(element as SsProgressFile, { host });
    case "body-map":
      element.innerHTML = model.get("printed");
      return element;
  }
}

function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
  defineCore();
  definePanels();
  el.classList.add("ss", "ss-live");
  const element = made(model, new JupyterHost(model));
  const restore = (): void => element.restore?.();
  model.on("change:attempts", restore);
  el.append(element);
  return () => {
    model.off("change:attempts", restore);
    element.remove();
  };
}

export default { render };
