import { afterEach, describe, expect, it, vi } from "vitest";
import type { SsChoice } from "../../src/activities/choice";
import type { SsQuiz } from "../../src/activities/quiz";
import type { Attempt } from "../../src/attempt";
import widget from "../../src/hosts/jupyter";
import type { Host } from "../../src/hosts/host";
import type { Quiz } from "../../src/item";
import { read, write } from "../../src/progress-file";
import { all, anAttempt, anItem, words } from "../small-quiz";

afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});

interface Message {
  do: string;
  to: string;
  attempts?: Attempt[];
}

/** An anywidget model whose kernel answers as `kernel` says; without one it is silent. */
class FakeModel {
  sent: Message[] = [];
  listeners = new Map<string, Set<(content?: unknown) => void>>();
  kernel: ((message: Message) => object) | null = null;

  constructor(private readonly state: { kind: "quiz" | "progress-file"; quiz?: Quiz; attempts: Attempt[] }) {}

  get(key: string): never {
    return this.state[key as "attempts"] as never;
  }
  set(attempts: Attempt[]): void {
    this.state.attempts = attempts;
    this.tell("change:attempts");
  }
  send(message: unknown): void {
    const heard = message as Message;
    this.sent.push(heard);
    if (this.kernel) this.reply({ to: heard.to, ...this.kernel(heard) });
  }
  reply(content: object): void {
    this.tell("msg:custom", content);
  }
  on(event: string, callback: never): void {
    this.listeners.set(event, (this.listeners.get(event) ?? new Set()).add(callback));
  }
  off(event: string, callback: unknown): void {
    this.listeners.get(event)?.delete(callback as never);
  }
  listening(event: string): number {
    return this.listeners.get(event)?.size ?? 0;
  }
  private tell(event: string, content?: unknown): void {
    for (const listener of [...(this.listeners.get(event) ?? [])]) listener(content);
  }
}

const aQuiz: Quiz = { id: "q", lesson: "bone", title: "Bone", says: "", items: [anItem(), anItem({ id: "other" })] };

function start(kind: "quiz" | "progress-file" = "quiz", attempts: Attempt[] = [], el = document.createElement("div")) {
  const model = new FakeModel({ kind, quiz: aQuiz, attempts });
  document.body.append(el);
  const cleanup = widget.render({ model, el });
  const element = el.firstElementChild as SsQuiz & { host: Host };
  return { model, el, cleanup, element, host: element.host };
}

describe("asking the kernel", () => {
  it("keeps an attempt: resolves on the kernel's reply", async () => {
    const { model, host } = start();
    const keeping = host.keep(anAttempt());
    const done = vi.fn();
    void keeping.then(done);
    expect(model.sent).toEqual([{ do: "keep", attempts: [anAttempt()], to: expect.stringMatching(/^[0-9a-f-]{36}$/) }]);
    model.reply({ to: "somebody else" });
    await Promise.resolve();
    expect(done).not.toHaveBeenCalled();
    model.reply({ to: model.sent[0]!.to, fresh: 1 });
    await expect(keeping).resolves.toBeUndefined();
    expect(host.place).toBe("jupyter");
  });

  it("gives each of two questions its own reply", async () => {
    const { model, host } = start();
    const [first, second] = [host.keep(anAttempt()), host.keep(anAttempt())];
    model.reply({ to: model.sent[1]!.to, error: "The second failed." });
    model.reply({ to: model.sent[0]!.to });
    await expect(first).resolves.toBeUndefined();
    await expect(second).rejects.toThrow("The second failed.");
  });

  it("rejects with the kernel's own sentence", async () => {
    const { model, host } = start();
    model.kernel = () => ({ error: "Your answer could not be kept on this machine." });
    await expect(host.keep(anAttempt())).rejects.toThrow("Your answer could not be kept on this machine.");
  });

  it("rejects with how to wake the lesson where nothing answers", async () => {
    vi.useFakeTimers();
    const { model, host } = start();
    const heard = expect(host.keep(anAttempt())).rejects.toThrow(/the lesson is asleep\. Press “Start this lesson”/);
    await vi.runAllTimersAsync();
    await heard;
    expect(model.listening("msg:custom")).toBe(0);
  });

  it("rejects likewise where the message cannot even be sent", async () => {
    const { model, host } = start();
    model.send = () => {
      throw new Error("comm is closed");
    };
    await expect(host.keep(anAttempt())).rejects.toThrow(/the lesson is asleep/);
    expect(model.listening("msg:custom")).toBe(0);
  });

  it("leaves neither listener nor timer behind", async () => {
    vi.useFakeTimers();
    const { model, host } = start();
    model.kernel = () => ({});
    await host.keep(anAttempt());
    model.kernel = () => ({ error: "no" });
    await host.keep(anAttempt()).catch(() => {});
    expect(model.listening("msg:custom")).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("saves all attempts of the record as a progress file", async () => {
    const { model, host } = start("progress-file");
    model.kernel = (message) => (message.do === "all" ? { attempts: [anAttempt()] } : { error: "what?" });
    expect(read(await host.save())).toEqual({ attempts: [anAttempt()], skipped: 0 });
  });

  it("loads a progress file into the record", async () => {
    const { model, host } = start("progress-file");
    model.kernel = () => ({ fresh: 1 });
    const attempts = [anAttempt({ id: "1" }), anAttempt({ id: "2" })];
    expect(await host.load(`${write(attempts)}damaged`)).toBe("1 answer loaded, 1 known already, 1 could not be read.");
    expect(model.sent[0]).toMatchObject({ do: "keep", attempts });
  });

  it("does not trouble the kernel with what is no progress file", async () => {
    const { model, host } = start("progress-file");
    await expect(host.load("rubbish")).rejects.toThrow(/^This is not a progress file/);
    expect(model.sent).toEqual([]);
  });

  it("does not speak of an answer where it was a file that could not be saved", async () => {
    vi.useFakeTimers();
    const { host } = start("progress-file");
    const saving = host.save().catch((reason: Error) => reason.message);
    await vi.runAllTimersAsync();
    expect(await saving).not.toContain("Your answer");
  });
});

describe("a widget", () => {
  it("shows its quiz with what is kept, in the look of the course", async () => {
    const { el, element } = start("quiz", [anAttempt(), anAttempt({ item: "elsewhere" })]);
    await element.updateComplete;
    expect(el.className).toBe("ss ss-live");
    const choices = all<SsChoice>(element, "ss-choice");
    await choices[0]!.updateComplete;
    expect(choices.map((choice) => words(choice, ".verdict"))).toEqual(["Right.", ""]);
  });

  it("shows answers that the kernel tells of later", async () => {
    const { model, element } = start();
    await element.updateComplete;
    model.set([anAttempt({ item: "other" })]);
    await element.updateComplete;
    expect(words(element, ".tally")).toBe("1 of 2 answered");
  });

  it("is a progress file's panel where it is asked to be", () => {
    expect(start("progress-file").element.localName).toBe("ss-progress-file");
  });

  it.each(["quiz", "progress-file"] as const)("goes without a trace: %s", (kind) => {
    const { model, el, cleanup } = start(kind);
    cleanup();
    expect(el.childElementCount).toBe(0);
    expect(model.listening("change:attempts")).toBe(0);
  });

  it("does not fall over where the kernel tells of answers before JupyterLab shows the cell", () => {
    const model = new FakeModel({ kind: "quiz", quiz: aQuiz, attempts: [] });
    widget.render({ model, el: document.createElement("div") });
    model.set([anAttempt()]);
  });
});
