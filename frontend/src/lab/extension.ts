/**
 * A small JupyterLab extension: "Start this lesson" works however early it is pressed, and the
 * cells that hold the lesson's verbs stay out of sight.
 *
 * Without it the button still runs the notebook, through JupyterLab's command linker, once the
 * kernel is connected. It is written against the container that JupyterLab loads prebuilt
 * extensions through, so that it needs none of JupyterLab's build tools.
 */

const COMMAND = 'data-commandlinker-command="notebook:run-all-cells"';
const BUTTON = `button[${COMMAND}]`;
const NARROW_PX = 800;
const SETTLING_FRAMES = 25;
/** A link of a live part to another notebook of the course; those in printed parts JupyterLab resolves itself. */
const NOTEBOOK = /^[\w-]+\.ipynb$/;
const WAITING = "Starting: one moment…";
const FAILED = "The lesson could not be started. Choose Kernel → Restart Kernel, then press this again";

interface Kernel {
  info: Promise<unknown>;
  status: string;
}

interface SessionContext {
  ready: Promise<void>;
  session: { kernel: Kernel | null } | null;
  hasNoKernel: boolean;
  startKernel(): Promise<boolean>;
}

interface NotebookPanel {
  id: string;
  node: HTMLElement;
  revealed: Promise<void>;
  sessionContext: SessionContext;
  context: { path: string };
  content: {
    activeCellIndex: number;
    node: HTMLElement;
    model: { cells: { get(index: number): { sharedModel: { getSource(): string } } | undefined } } | null;
  };
}

interface Tracker {
  widgetAdded: { connect(slot: (sender: unknown, panel: NotebookPanel) => void): void };
  find(test: (panel: NotebookPanel) => boolean): NotebookPanel | undefined;
}

interface App {
  commands: { execute(id: string, options?: object): Promise<unknown> };
  shell: { activateById(id: string): void; collapseLeft?(): void };
}

type ShareScope = Record<string, Record<string, { get(): Promise<() => Record<string, unknown>> }>>;

let scope: ShareScope;

async function shared(name: string): Promise<Record<string, unknown>> {
  const [version] = Object.values(scope[name] ?? {});
  if (!version) throw new Error(`Second Sight: JupyterLab does not share ${name}`);
  return (await version.get())();
}

/** Resolves once the kernel has connected; run commands before that are lost without a word. */
async function connected({ sessionContext }: NotebookPanel): Promise<void> {
  await sessionContext.ready;
  if (sessionContext.hasNoKernel) await sessionContext.startKernel();
  const kernel = sessionContext.session?.kernel;
  if (!kernel) throw new Error("no kernel");
  await kernel.info;
}

/**
 * Running all cells leaves the trainee at the foot of the lesson, some frames later; bring them back
 * to its head, unless they have begun to move by themselves.
 */
async function toTop(panel: NotebookPanel): Promise<void> {
  panel.content.activeCellIndex = 0;
  const scroller = panel.node.querySelector(".jp-WindowedPanel-outer") ?? panel.content.node;
  const moved = new AbortController();
  for (const event of ["wheel", "touchstart", "keydown", "pointerdown"]) {
    panel.node.addEventListener(event, () => moved.abort(), { signal: moved.signal, passive: true });
  }
  for (let frame = 0; frame < SETTLING_FRAMES && !moved.signal.aborted; frame += 1) {
    scroller.scrollTop = 0;
    await new Promise(requestAnimationFrame);
  }
  moved.abort();
}

async function start(app: App, panel: NotebookPanel, button: HTMLButtonElement): Promise<void> {
  const words = (button.dataset.words ??= button.textContent ?? "");
  button.textContent = WAITING;
  button.setAttribute("aria-busy", "true");
  try {
    await connected(panel);
    app.shell.activateById(panel.id);
    await app.commands.execute("notebook:run-all-cells");
    await toTop(panel);
    button.textContent = words;
  } catch (reason) {
    console.error(reason);
    button.textContent = FAILED;
  } finally {
    button.removeAttribute("aria-busy");
  }
}

/** In a narrow window the file browser would leave a lesson no room. */
async function makeRoom(app: App, panel: NotebookPanel): Promise<void> {
  await panel.revealed;
  if (innerWidth < NARROW_PX && panel.content.model?.cells.get(0)?.sharedModel.getSource().includes(COMMAND)) {
    app.shell.collapseLeft?.();
  }
}

function activate(app: App, tracker: Tracker): void {
  tracker.widgetAdded.connect((_, panel) => void makeRoom(app, panel));
  const style = document.createElement("style");
  style.textContent = STYLE;
  document.head.append(style);
  document.addEventListener(
    "click",
    (event) => {
      const link = event.composedPath().find((at) => at instanceof HTMLAnchorElement);
      const from = link && tracker.find(({ node }) => node.contains(event.target as Node));
      if (from && NOTEBOOK.test(link.getAttribute("href") ?? "")) {
        event.preventDefault();
        void app.commands.execute("docmanager:open", { path: from.context.path.replace(/[^/]*$/, link.getAttribute("href")!) });
        return;
      }
      const button = (event.target as Element).closest<HTMLButtonElement>(BUTTON);
      const panel = button && tracker.find(({ node }) => node.contains(button));
      if (!button || !panel) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!button.hasAttribute("aria-busy")) void start(app, panel, button);
    },
    { capture: true },
  );
}

declare const STYLE: string;

const container = {
  init(shareScope: ShareScope): void {
    scope = shareScope;
  },
  async get(): Promise<() => { __esModule: true; default: unknown }> {
    const { INotebookTracker } = await shared("@jupyterlab/notebook");
    const plugin = { id: "secondsight:lessons", autoStart: true, requires: [INotebookTracker], activate };
    return () => ({ __esModule: true, default: plugin });
  },
};

const page = window as unknown as { _JUPYTERLAB?: Record<string, unknown> };
(page._JUPYTERLAB ??= {}).secondsight = container;

export {};
