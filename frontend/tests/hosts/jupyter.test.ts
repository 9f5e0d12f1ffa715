import { afterEach, describe, expect, it, vi } from "vitest";
import type { SsChoice } from "../../src/activities/choice";
import type { SsQuiz } from "../../src/activities/quiz";
import type { Attempt } from "../../src/attempt";
import widget from "../../src/hosts/jupyter";
import clinicWidget from "../../src/hosts/jupyter-clinic";
import type { Host } from "../../src/hosts/host";
import type { Clinic, Quiz } from "../../src/item";
import type { SsBodyMap } from "../../src/panels/body-map";
import type { SsClinic } from "../../src/panels/clinic";
import { write } from "../../src/progress-file";
import { printedBodyMap } from "../chunks/printed-kinds";
import {
  LEVEL_NAMES, aCase, aClinic, aHotspot, aMatch, aReflect, aSpot, aWorked, anOrder, at, settled, take,
} from "../small-kinds";
import { all, anAttempt, anItem, words } from "../small-quiz";

afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});

type Kind = "quiz" | "clinic" | "body-map" | "progress-file";

interface Message {
  do: string;
  to: string;
  attempts?: Attempt[];
  from?: number;
  load?: string;
  text?: string;
  last?: true;
}

const COURSE = "second-sight";

/** An anywidget model whose kernel answers as `kernel` says; without one it is silent. */
class FakeModel {
  sent: Message[] = [];
  listeners = new Map<string, Set<(content?: unknown) => void>>();
  kernel: ((message: Message) => object) | null = null;

  constructor(
    private readonly state: { kind: Kind; quiz?: Quiz; clinic?: Clinic; printed?: string; attempts: Attempt[]; unasked?: number },
  ) {}

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

function start(kind: Kind = "quiz", attempts: Attempt[] = [], quiz = aQuiz) {
  const el = document.createElement("div");
  const printed = printedBodyMap.replace(/^<ss-body-map>|<\/ss-body-map>$/g, "");
  const model = new FakeModel({ kind, quiz, clinic: aClinic(3), printed, attempts });
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

  it("saves all attempts of the record as a progress file, asked for in pieces until there is no next", async () => {
    const { model, host } = start("progress-file");
    const whole = await write([anAttempt({ text: "🦴 and more" })], COURSE).text();
    const pieces: Record<number, object> = {
      0: { text: whole.slice(0, 7), next: 7 }, 7: { text: whole.slice(7, 90), next: 90 }, 90: { text: whole.slice(90), next: null },
    };
    model.kernel = ({ do: what, from }) => (what === "save" ? pieces[from!]! : { error: "what?" });
    expect(await (await host.save()).text()).toBe(whole);
    expect(model.sent.map(({ from }) => from)).toEqual([0, 7, 90]);
  });

  it("says what the kernel says where the record cannot be saved, in the middle too", async () => {
    const { model, host } = start("progress-file");
    model.kernel = ({ from }) => (from ? { error: "Your earlier answers could not be read." } : { text: "x", next: 1 });
    await expect(host.save()).rejects.toThrow("Your earlier answers could not be read.");
  });

  const none = { fresh: 0, known: 0, unread: 0, missing: 0, changed: false, future: 0 };

  it.each([0, 1, 2, 3])("loads a file in pieces of one load, with a character of several bytes on the boundary (%i)", async (shift) => {
    const { model, host } = start("progress-file");
    model.kernel = ({ last }) => (last ? { taken: { ...none, fresh: 2, unread: 1 } } : {});
    const text = `\n${"x".repeat(shift)}${"🦴".repeat(300_000)}end`;
    expect(await host.load(new Blob([text]))).toBe("2 answers loaded, 1 could not be read.");
    expect(model.sent.length).toBeGreaterThan(3);
    expect(model.sent.map((message) => message.text).join("")).toBe(text);
    expect(new Set(model.sent.map(({ do: what, load }) => `${what} ${load}`)).size).toBe(1);
    expect(model.sent.map(({ last }) => last ?? false)).toEqual([...Array(model.sent.length - 1).fill(false), true]);
    expect(Math.max(...model.sent.map((message) => message.text!.length))).toBeLessThanOrEqual(1 << 19);
  });

  it("gives two loads different names, so that their pieces are not mixed", async () => {
    const { model, host } = start("progress-file");
    model.kernel = () => ({ taken: none });
    await host.load(new Blob(["a"]));
    await host.load(new Blob(["b"]));
    expect(new Set(model.sent.map(({ load }) => load)).size).toBe(2);
  });

  it("sends no further piece once the kernel refuses the file, and says why", async () => {
    const { model, host } = start("progress-file");
    model.kernel = () => ({ error: "This is not a progress file of this course." });
    await expect(host.load(new Blob(["x".repeat(3 << 19)]))).rejects.toThrow("This is not a progress file of this course.");
    expect(model.sent.length).toBe(1);
  });

  it("has the kernel judge an empty file too", async () => {
    const { model, host } = start("progress-file");
    model.kernel = () => ({ error: "This is not a progress file of this course." });
    await expect(host.load(new Blob([]))).rejects.toThrow("This is not a progress file of this course.");
  });

  it("erases: what was given here and is not yet told back is forgotten too, and that is said", async () => {
    const { model, host } = start();
    model.kernel = () => ({});
    await host.keep(anAttempt());
    expect(await host.erase()).toBe("All your answers on this machine are erased.");
    expect(model.sent.at(-1)).toMatchObject({ do: "erase" });
    expect(host.attempts([anAttempt().item])).toEqual([]);
  });

  it("forgets nothing where the kernel cannot erase", async () => {
    const { model, host } = start();
    model.kernel = ({ do: what }) => (what === "erase" ? { error: "The record is read-only." } : {});
    await host.keep(anAttempt());
    await expect(host.erase()).rejects.toThrow("The record is read-only.");
    expect(host.attempts([anAttempt().item])).toEqual([anAttempt()]);
  });

  it("tells how many answers are to items that the course does not have, as the kernel counted", () => {
    const { model, host } = start();
    Object.assign((model as unknown as { state: object }).state, { unasked: 3 });
    expect(host.unasked([])).toBe(3);
  });

  it("has answers given here at once, before the kernel has them, and once when it tells them back", async () => {
    const { model, host } = start("quiz", [anAttempt({ id: "old" })]);
    void host.keep(anAttempt({ id: "new" })).catch(() => {});
    const known = (): string[] => host.attempts([anAttempt().item]).map(({ id }) => id).sort();
    expect(known()).toEqual(["new", "old"]);
    expect(host.attempts(["other"])).toEqual([]);
    model.set([anAttempt({ id: "old" }), anAttempt({ id: "new" })]);
    expect(known()).toEqual(["new", "old"]);
  });

  it("has an answer here also where the kernel could not keep it, in every view of the model", async () => {
    const { model, host } = start();
    model.kernel = () => ({ error: "The disk is full." });
    await host.keep(anAttempt()).catch(() => {});
    const el = document.createElement("div");
    widget.render({ model, el });
    expect((el.firstElementChild as SsQuiz).host.attempts([anAttempt().item])).toEqual([anAttempt()]);
  });

  it.each([
    ["saved", (host: Host) => host.save(), /^Your progress could not be saved: the lesson is asleep\./],
    ["loaded", (host: Host) => host.load(new Blob(["x"])), /^Your progress could not be loaded: the lesson is asleep\./],
    ["erased", (host: Host) => host.erase(), /^Your answers could not be erased: the lesson is asleep\./],
  ])("says what could not be %s where the kernel is asleep", async (_, work, says) => {
    vi.useFakeTimers();
    const { host } = start("progress-file");
    const message = work(host).then(() => "", (reason: Error) => reason.message);
    await vi.advanceTimersByTimeAsync(300_000);
    expect(await message).toMatch(says);
  });
});

describe("a widget", () => {
  it("shows its quiz with what is kept, in the look of the course", async () => {
    const { el, element } = start("quiz", [anAttempt(), anAttempt({ id: "2", item: "elsewhere" })]);
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

  it("shows a quiz of every kind", async () => {
    const items = [anItem(), aHotspot(), aMatch(), anOrder(), aSpot(), aWorked(), aReflect(), aCase()];
    const decided = at(items[7]!, { answer: ["way:listen:a", "way:look:a", "act:same-day-emergency"], score: 0.3 });
    const { element } = start("quiz", [decided], { ...aQuiz, items });
    await settled(element);
    const names = all(element, "section > *").map(({ localName }) => localName);
    const shown = names.filter((name) => name.startsWith("ss-"));
    expect(shown).toEqual(items.map(({ kind }) => `ss-${kind}`));
    expect(words(element, ".tally")).toBe("1 of 8 answered");
  });

  it("is a clinic where it is asked to be, with what is kept and what the kernel tells of later", async () => {
    expect(clinicWidget).toBe(widget);
    const answer = ["contact-team-within-days"];
    const [one, other] = aClinic(3).vignettes.map((vignette) => at(vignette, { id: vignette.id, answer }));
    const { model, element } = start("clinic", [one!]);
    await settled(element);
    expect(words(element, ".panel")).toContain("You have met 1 of 3.");
    model.set([one!, other!]);
    await settled(element);
    expect(words(element, ".panel")).toContain("You have met 2 of 3.");
    expect(element.hasAttribute("printed")).toBe(false);
  });

  it("gives the answers of a clinic to the kernel, each once, and counts them once when it tells of them", async () => {
    const { model, element } = start("clinic");
    model.kernel = () => ({ fresh: 1 });
    await settled(element);
    await take(element, "Begin with ten");
    const vignette = (element as unknown as SsClinic).current!;
    for (const name of [LEVEL_NAMES[0]!, "Sure", "Check my answer"]) await take(vignette, name);
    const kept = { item: vignette.item.id, lesson: "spotting", place: "jupyter", answer: ["same-day-emergency"] };
    expect(model.sent).toMatchObject([{ do: "keep", attempts: [kept] }]);
    model.set(model.sent[0]!.attempts!);
    expect((element as unknown as SsClinic).met.length).toBe(1);
  });

  it("is a body map where it is asked to be, from its printed form, and says nothing to the kernel", async () => {
    const { model, element } = start("body-map");
    await settled(element);
    expect(element.localName).toBe("ss-body-map");
    expect(all(element as unknown as SsBodyMap, ".view button").length).toBe(4);
    await take(element, "Brain");
    expect(model.sent).toEqual([]);
  });

  it("lives beside others of its kind", async () => {
    const both = [start(), start()];
    for (const { element } of both) {
      await settled(element);
      expect(all(element, "ss-choice").length).toBe(2);
    }
  });

  it.each(["quiz", "clinic", "body-map", "progress-file"] as const)("goes without a trace: %s", (kind) => {
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
