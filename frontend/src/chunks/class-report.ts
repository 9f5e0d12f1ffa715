/**
 * Choosing lesson, objective and question in a class's report. All questions stand in the printed form;
 * what is not chosen is hidden, and the choices are read from its headings.
 */

type Kind = "lesson" | "objective" | "item";

const KINDS: readonly { kind: Kind; name: string; all: string }[] = [
  { kind: "lesson", name: "Lesson", all: "All lessons" },
  { kind: "objective", name: "Objective", all: "All objectives" },
  { kind: "item", name: "Question", all: "All questions" },
];

/** A text's beginning, cut between words. */
const clip = (text: string, length = 90): string => (text.length > length ? `${text.slice(0, length).replace(/\s+\S*$/, "")} …` : text);

class Choosers {
  private readonly box = document.createElement("div");
  private readonly status = document.createElement("p");
  private readonly selects = new Map<Kind, HTMLSelectElement>();

  /** `number` keeps ids apart where a page holds several reports. */
  constructor(private readonly root: HTMLElement, number: number) {
    this.box.classList.add("choosers");
    for (const { kind, name } of KINDS) {
      const [label, select] = [document.createElement("label"), document.createElement("select")];
      label.textContent = name;
      label.htmlFor = select.id = `choose-${kind}-${number}`;
      select.addEventListener("change", () => this.choose(kind));
      this.selects.set(kind, select);
      this.box.append(label, select);
    }
    this.status.setAttribute("role", "status");
    this.status.classList.add("meta");
    this.box.append(this.status);
    root.querySelector("[data-lesson]")!.before(this.box);
    this.offer();
  }

  private chosen(kind: Kind): string {
    return this.selects.get(kind)!.value;
  }

  /** Every part of a kind; of those above it only what is chosen. */
  private parts(kind: Kind): HTMLElement[] {
    const within = (above: Kind): string => (this.chosen(above) ? `[data-${above}="${CSS.escape(this.chosen(above))}"] ` : "");
    const way = kind === "lesson" ? "" : within("lesson") + (kind === "item" ? within("objective") : "");
    return [...this.root.querySelectorAll<HTMLElement>(`${way}[data-${kind}]`)];
  }

  /** Fill each list with what there is to choose; a choice that is no longer there is given up. */
  private offer(): void {
    for (const { kind, all } of KINDS) {
      const select = this.selects.get(kind)!;
      const before = select.value;
      const options = this.parts(kind).map((part) => new Option(clip(part.querySelector("h3, h4, .asks")!.textContent!), part.dataset[kind]));
      select.replaceChildren(new Option(all, ""), ...options);
      select.value = options.some(({ value }) => value === before) ? before : "";
    }
  }

  private choose(kind: Kind): void {
    for (const below of KINDS.slice(KINDS.findIndex((each) => each.kind === kind) + 1)) this.selects.get(below.kind)!.value = "";
    this.offer();
    this.show();
  }

  private show(): void {
    const shown = new Set(this.parts("item").filter((part) => !this.chosen("item") || part.dataset.item === this.chosen("item")));
    for (const part of this.root.querySelectorAll<HTMLDetailsElement>("[data-item]")) {
      part.hidden = !shown.has(part);
      if (this.chosen("item")) part.open = shown.has(part);
    }
    for (const part of this.root.querySelectorAll<HTMLElement>("[data-lesson], [data-objective]")) {
      part.hidden = ![...shown].some((item) => part.contains(item));
      if (part instanceof HTMLDetailsElement) part.open = KINDS.some(({ kind }) => this.chosen(kind)) && !part.hidden;
    }
    this.status.textContent = `${shown.size} ${shown.size === 1 ? "question" : "questions"} shown.`;
  }

  /** A link to a question brings it to light, whatever was chosen. */
  reveal(id: string): void {
    const part = this.root.querySelector<HTMLDetailsElement>(`#${CSS.escape(id)}`);
    if (!part) return;
    for (const select of this.selects.values()) select.value = "";
    this.offer();
    this.show();
    for (const each of [part, part.closest<HTMLDetailsElement>("details[data-lesson]")!]) each.open = true;
    part.scrollIntoView();
    part.querySelector("summary")!.focus({ preventScroll: true });
  }
}

for (const [number, root] of document.querySelectorAll<HTMLElement>(".class-report .questions:has([data-lesson])").entries()) {
  const choosers = new Choosers(root, number);
  root.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[href^="#q-"]');
    if (!link) return;
    /* Following it would take the focus away again. */
    event.preventDefault();
    choosers.reveal(link.hash.slice(1));
  });
}
