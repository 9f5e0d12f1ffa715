/** JupyterLab: data comes from the anywidget model, attempts go to the kernel, which keeps them. */

import type { SsQuiz } from "../activities/quiz";
import { type Attempt, uuid } from "../attempt";
import { define } from "../elements";
import type { Quiz } from "../item";
import type { SsProgressFile } from "../panels/progress-file";
import { read, taken, write } from "../progress-file";
import type { Host } from "./host";

/** The part of anywidget's model that is used here. */
interface Model {
  get(key: "kind"): "quiz" | "progress-file";
  get(key: "quiz"): Quiz;
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

function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
  define();
  el.classList.add("ss", "ss-live");
  const host = new JupyterHost(model);
  if (model.get("kind") === "progress-file") {
    const panel = document.createElement("ss-progress-file") as SsProgressFile;
    panel.host = host;
    el.append(panel);
    return () => panel.remove();
  }
  const quiz = document.createElement("ss-quiz") as SsQuiz;
  Object.assign(quiz, { quiz: model.get("quiz"), host });
  const restore = (): void => quiz.restore();
  model.on("change:attempts", restore);
  el.append(quiz);
  return () => {
    model.off("change:attempts", restore);
    quiz.remove();
  };
}

export default { render };
