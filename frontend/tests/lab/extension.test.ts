import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

const COMMAND = "notebook:run-all-cells";

interface Plugin {
  id: string;
  autoStart: boolean;
  requires: unknown[];
  activate(app: unknown, tracker: unknown): void;
}

interface Container {
  init(scope: object): void;
  get(): Promise<() => { default: Plugin }>;
}

const INotebookTracker = Symbol("INotebookTracker");
let container: Container;
let plugin: Plugin;

beforeAll(async () => {
  await import("../../src/lab/extension");
  container = (window as unknown as { _JUPYTERLAB: { secondsight: Container } })._JUPYTERLAB.secondsight;
  container.init({ "@jupyterlab/notebook": { "4.0.0": { get: async () => () => ({ INotebookTracker }) } } });
  plugin = (await container.get())().default;
});

beforeEach(() => void vi.spyOn(console, "error").mockImplementation(() => {}));
afterEach(() => document.body.replaceChildren());

function later<T>(): { promise: Promise<T>; resolve(value: T): void; reject(reason: Error): void } {
  let resolve!: (value: T) => void;
  let reject!: (reason: Error) => void;
  const promise = new Promise<T>((yes, no) => ([resolve, reject] = [yes, no]));
  return { promise, resolve, reject };
}

/** A lab with one notebook whose kernel connects when `kernel` resolves. */
function lab({ hasNoKernel = false } = {}) {
  document.body.innerHTML = `<div id="notebook"><div class="jp-WindowedPanel-outer"></div>
    <button data-commandlinker-command="${COMMAND}"><span>Start this lesson</span></button><button id="else">Else</button></div>
    <button id="outside" data-commandlinker-command="${COMMAND}">Start</button>`;
  const node = document.querySelector<HTMLElement>("#notebook")!;
  const kernel = later<object>();
  const session = { kernel: hasNoKernel ? null : ({ info: kernel.promise } as object | null) };
  const startKernel = vi.fn(async () => {
    session.kernel = { info: kernel.promise };
    return false;
  });
  const panel = { id: "p1", node, sessionContext: { ready: Promise.resolve(), session, hasNoKernel, startKernel }, content: { activeCellIndex: 9, node } };
  const execute = vi.fn(async (_: string) => {});
  const activateById = vi.fn();
  const tracker = { find: (test: (each: typeof panel) => boolean) => [panel].find(test), widgetAdded: { connect: vi.fn() } };
  plugin.activate({ commands: { execute }, shell: { activateById } }, tracker);
  const button = node.querySelector("button")!;
  const linker = vi.fn();
  document.body.addEventListener("click", linker, { once: true });
  return { button, panel, kernel, session, startKernel, execute, activateById, linker };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe("Start this lesson", () => {
  it("pressed early waits for the kernel, then runs the lesson and goes to its head", async () => {
    const { button, panel, kernel, execute, activateById, linker, startKernel } = lab();
    const scroller = panel.node.querySelector(".jp-WindowedPanel-outer")!;
    scroller.scrollTop = 500;
    button.querySelector("span")!.click();
    await settled();
    expect(execute).not.toHaveBeenCalled();
    expect(button.textContent).toBe("Starting: one moment…");
    expect(button.getAttribute("aria-busy")).toBe("true");
    expect(linker).not.toHaveBeenCalled();

    kernel.resolve({});
    await vi.waitFor(() => expect(button.textContent).toBe("Start this lesson"));
    expect(execute.mock.calls).toEqual([[COMMAND]]);
    expect(activateById.mock.calls).toEqual([["p1"]]);
    expect(activateById.mock.invocationCallOrder[0]).toBeLessThan(execute.mock.invocationCallOrder[0]!);
    expect(button.hasAttribute("aria-busy")).toBe(false);
    expect(startKernel).not.toHaveBeenCalled();
    expect([panel.content.activeCellIndex, scroller.scrollTop]).toEqual([0, 0]);
  });

  it("pressed again while it waits does nothing more", async () => {
    const { button, kernel, execute, linker } = lab();
    button.click();
    button.click();
    kernel.resolve({});
    await vi.waitFor(() => expect(button.hasAttribute("aria-busy")).toBe(false));
    await settled();
    expect(execute).toHaveBeenCalledOnce();
    expect(linker).not.toHaveBeenCalled();
    button.click();
    await vi.waitFor(() => expect(execute).toHaveBeenCalledTimes(2));
  });

  it("starts a kernel where there is none", async () => {
    const { button, kernel, startKernel, execute } = lab({ hasNoKernel: true });
    kernel.resolve({});
    button.click();
    await vi.waitFor(() => expect(execute).toHaveBeenCalledOnce());
    expect(startKernel).toHaveBeenCalledOnce();
  });

  it.each<[string, (made: ReturnType<typeof lab>) => void]>([
    ["there is no kernel", ({ session }) => void (session.kernel = null)],
    ["the kernel dies", ({ kernel }) => kernel.reject(new Error("dead"))],
    ["running fails", ({ kernel, execute }) => (kernel.resolve({}), void execute.mockRejectedValue(new Error("no")))],
  ])("says what to do where %s, and can be pressed again", async (_, breakIt) => {
    const made = lab();
    breakIt(made);
    made.button.click();
    await vi.waitFor(() => expect(made.button.textContent).toMatch(/^The lesson could not be started\. Choose Kernel → Restart Kernel/));
    expect(made.button.hasAttribute("aria-busy")).toBe(false);
  });

  it("has its own words again once a second press worked", async () => {
    const { button, kernel, execute } = lab();
    kernel.resolve({});
    execute.mockRejectedValueOnce(new Error("no"));
    button.click();
    await vi.waitFor(() => expect(button.textContent).toMatch(/could not be started/));
    button.click();
    await vi.waitFor(() => expect(button.hasAttribute("aria-busy")).toBe(false));
    expect(button.textContent).toBe("Start this lesson");
  });

  it.each(["#else", "#outside"])("leaves other clicks alone: %s", async (selector) => {
    const { execute, linker } = lab();
    const other = document.querySelector<HTMLElement>(selector)!;
    const words = other.textContent;
    other.click();
    await settled();
    expect(linker).toHaveBeenCalledOnce();
    expect((linker.mock.calls[0]![0] as Event).defaultPrevented).toBe(false);
    expect(execute).not.toHaveBeenCalled();
    expect(other.textContent).toBe(words);
  });
});

describe("the extension", () => {
  it("is a plugin that starts by itself and asks for JupyterLab's notebooks", () => {
    expect(plugin).toMatchObject({ id: "secondsight:lessons", autoStart: true, requires: [INotebookTracker] });
  });

  it("brings its styles", () => {
    lab();
    expect([...document.head.querySelectorAll("style")].map((style) => style.textContent)).toContain(".from-build {}");
  });

  it("says what is missing in a JupyterLab that does not share its notebooks", async () => {
    container.init({});
    await expect(container.get()).rejects.toThrow("JupyterLab does not share @jupyterlab/notebook");
  });
});

describe("a narrow window", () => {
  /** Open a notebook whose first cell has this text, in a window of that width. */
  async function open(width: number, source: string): Promise<number> {
    vi.stubGlobal("innerWidth", width);
    const collapseLeft = vi.fn();
    let added!: (sender: unknown, panel: object) => void;
    const widgetAdded = { connect: (slot: typeof added) => void (added = slot) };
    plugin.activate({ commands: {}, shell: { collapseLeft } }, { find: () => undefined, widgetAdded });
    const model = { cells: { get: () => ({ sharedModel: { getSource: () => source } }) } };
    added(null, { revealed: Promise.resolve(), content: { model } });
    await settled();
    return collapseLeft.mock.calls.length;
  }

  it("gives its room to a lesson, and to nothing else", async () => {
    const lesson = `<button data-commandlinker-command="${COMMAND}">Start this lesson</button>`;
    expect(await open(390, lesson)).toBe(1);
    expect(await open(1200, lesson)).toBe(0);
    expect(await open(390, "# My own notes")).toBe(0);
  });
});
