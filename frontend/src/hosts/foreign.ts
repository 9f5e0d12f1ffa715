/** Other authors' anywidgets on a page: each gets a model that lives in the page instead of a kernel. */

interface Stored {
  id: string;
  esm: string;
  css: string;
  state: Record<string, unknown>;
  buffers: { path: (string | number)[]; encoding: "base64"; data: string }[];
}

type Listener = (...values: unknown[]) => void;

/** The model that anywidget's front-end modules expect, without a kernel behind it. */
class PageModel {
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly changed = new Set<string>();

  constructor(private readonly state: Record<string, unknown>) {}

  get(key: string): unknown {
    return this.state[key];
  }

  set(key: string | Record<string, unknown>, value?: unknown): void {
    const changes = typeof key === "string" ? { [key]: value } : key;
    for (const [name, next] of Object.entries(changes)) {
      if (this.state[name] === next) continue;
      this.state[name] = next;
      this.changed.add(name);
      this.emit(`change:${name}`, this, next, {});
    }
    if (this.changed.size) this.emit("change", this, {});
  }

  save_changes(): void {
    this.changed.clear();
  }

  send(): void {
    /* There is no kernel to hear it. */
  }

  on(events: string, callback: Listener): void {
    for (const name of events.split(/\s+/)) {
      if (!this.listeners.has(name)) this.listeners.set(name, new Set());
      this.listeners.get(name)!.add(callback);
    }
  }

  off(events?: string | null, callback?: Listener | null): void {
    for (const name of events ? events.split(/\s+/) : [...this.listeners.keys()]) {
      if (callback) this.listeners.get(name)?.delete(callback);
      else this.listeners.delete(name);
    }
  }

  private emit(name: string, ...values: unknown[]): void {
    for (const listener of [...(this.listeners.get(name) ?? [])]) listener(...values);
  }
}

function withBuffers({ state, buffers }: Stored): Record<string, unknown> {
  for (const { path, data } of buffers) {
    const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
    let at = state as Record<string | number, unknown>;
    for (const step of path.slice(0, -1)) at = at[step] as Record<string | number, unknown>;
    at[path.at(-1)!] = new DataView(bytes.buffer);
  }
  return state;
}

async function show(widget: Stored, el: HTMLElement): Promise<void> {
  if (widget.css) {
    const style = document.createElement("style");
    style.textContent = widget.css;
    document.head.append(style);
  }
  const url = URL.createObjectURL(new Blob([widget.esm], { type: "text/javascript" }));
  const module = await import(url);
  URL.revokeObjectURL(url);
  const parts = typeof module.default === "function" ? await module.default() : (module.default ?? module);
  const model = new PageModel(withBuffers(widget));
  const experimental = { invoke: () => Promise.reject(new Error("There is no kernel on this page.")) };
  await parts.initialize?.({ model, experimental });
  await parts.render?.({ model, el, signal: new AbortController().signal, experimental });
}

const stored = JSON.parse(document.getElementById("foreign")!.textContent!) as Stored[];
for (const widget of stored) {
  const el = document.getElementById(widget.id)!;
  show(widget, el).catch((reason: unknown) => {
    console.error(reason);
    el.textContent = "A widget stands here that works only in a running notebook.";
    el.classList.add("asleep");
  });
}

export {};
