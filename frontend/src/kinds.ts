import type { Answering } from "./activities/answering";
import type { Host } from "./hosts/host";
import type { Item } from "./item";

/** A kind of item: its element, and how its data is read from its printed form. */
interface Kind {
  tag: string;
  element: CustomElementConstructor;
  read: (printed: HTMLElement) => Item;
}

const kinds = new Map<string, Kind>();

/** Make an element known, once: in JupyterLab every widget brings this module anew. */
export function define(tag: string, element: CustomElementConstructor): void {
  if (!customElements.get(tag)) customElements.define(tag, element);
}

/** Make a kind of item known. */
export function know(kind: Item["kind"], it: Kind): void {
  kinds.set(kind, it);
  define(it.tag, it.element);
}

export const readItem = (printed: HTMLElement): Item => kinds.get(printed.dataset.kind ?? (printed.dataset.level ? "vignette" : "choice"))!.read(printed);

export const elementFor = (item: Item): Answering<Item> =>
  document.createElement(kinds.get(item.kind)!.tag) as Answering<Item>;

/** Something other than a quiz that lives on a page: it has a host, and may show what is kept anew. */
export interface Panel extends HTMLElement {
  host?: Host;
  restore?: () => void;
}

const panels = new Map<string, { element: CustomElementConstructor; read: (element: never) => void }>();

/** Make a panel known; `read` gives an element of it its data, from its printed form. */
export function panel<P extends Panel>(tag: string, element: new () => P, read: (element: P) => void = () => {}): void {
  panels.set(tag, { element, read });
}

/** Bring the panels of a page to life. */
export function wake(host: Host): Panel[] {
  return [...panels].flatMap(([tag, { element, read }]) => {
    const found = [...document.querySelectorAll<Panel>(tag)];
    for (const each of found) {
      each.host = host;
      read(each as never);
    }
    define(tag, element);
    return found;
  });
}

/** Make the panels' elements known, where their data does not come from a page. */
export function definePanels(): void {
  for (const [tag, { element }] of panels) define(tag, element);
}
