import { LitElement, html, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import { type Attempt, type Certainty, uuid } from "../attempt";
import type { Host } from "../hosts/host";
import type { Item, SourceLink } from "../item";
import { controls } from "../look/controls";
import { giveFile } from "../progress-file";

const CERTAINTIES: [Certainty, string][] = [
  ["guessing", "Just guessing"],
  ["fairly-sure", "Fairly sure"],
  ["sure", "Sure"],
];

export const now = (): number => performance.now();

/** What is still to be done before an answer can be checked, and where. */
export interface Asks {
  says: string;
  focus: string;
}

/**
 * One item on its way: answer, say how sure, read why, try again. A kind of item says what is
 * answered and how; that it is kept, restored and timed is done here.
 */
export abstract class Answering<I extends Item> extends LitElement {
  static override properties: PropertyDeclarations = {
    item: { attribute: false },
    host: { attribute: false },
    lesson: {},
    number: { type: Number },
    of: { type: Number },
    certainty: { state: true },
    hints: { state: true },
    attempt: { state: true },
    asks: { state: true },
    note: { state: true },
    onward: {},
    later: { type: Boolean },
  };
  static override styles: typeof LitElement.styles = controls;

  declare item: I;
  declare host: Host;
  declare lesson: string;
  declare number: number;
  declare of: number;
  declare certainty: Certainty | null;
  declare hints: number;
  declare attempt: Attempt | null;
  declare asks: string;
  declare note: string;
  /** What the button says once the answer is given, where it leads on (`ss-next`) and not to another try. */
  declare onward: string;
  /** Whether what is right is told later, by whoever asks. */
  declare later: boolean;
  /** The sitting that its answers belong to, where there is one. */
  sitting?: string;
  /** When the item was first seen, or "Try again" pressed; null until then. */
  private since: number | null = null;
  /** The newest answer shown here, also after Try again. */
  private newest: Attempt | null = null;

  constructor() {
    super();
    this.certainty = null;
    this.hints = 0;
    this.attempt = null;
    this.asks = "";
    this.note = "";
    this.onward = "";
    this.later = false;
  }

  /** The answer as it stands, in the form that is kept. */
  protected abstract answered(): string[];
  /** Take an answer that was kept; false, and nothing changed, where it does not fit the item. */
  protected abstract fill(answer: readonly string[]): boolean;
  /** Forget the answer. */
  protected abstract clear(): void;
  /** What is still missing; null where the answer is whole. */
  protected abstract missing(): Asks | null;
  /** From 0 to 1; null for what is never scored. */
  protected abstract score(): number | null;
  /** What is answered: the fields of the form. */
  protected abstract task(): TemplateResult;
  /** Why: what is told once the answer is given. */
  protected abstract why(): TemplateResult;

  protected get done(): boolean {
    return this.attempt !== null;
  }

  /** Show an answer that was given before, if it answers this wording. */
  restore(attempt: Attempt | undefined): void {
    if (!attempt || attempt.item_version !== this.item.version) return;
    if (this.newest && Date.parse(attempt.at) <= Date.parse(this.newest.at)) return;
    if (!this.fill(attempt.answer)) return;
    this.certainty = attempt.certainty;
    this.hints = Math.min(attempt.hints, this.item.hints.length);
    this.attempt = this.newest = attempt;
    this.asks = this.note = "";
  }

  protected submit(event: Event): void {
    event.preventDefault();
    if (this.attempt) {
      this.further();
      return;
    }
    const missing = this.missing();
    if (missing) this.ask(missing);
    else if (!this.certainty) this.ask({ says: "Say how sure you are, then check your answer.", focus: ".certainty input" });
    else void this.answer(this.certainty);
  }

  /** What the button does once the answer is given. */
  private further(): void {
    if (this.onward) this.dispatchEvent(new CustomEvent("ss-next", { bubbles: true, composed: true }));
    else this.again();
  }

  protected ask({ says, focus }: Asks): void {
    this.asks = says;
    this.renderRoot.querySelector<HTMLElement>(focus)?.focus();
  }

  protected async answer(certainty: Certainty | null, text?: string): Promise<void> {
    const attempt: Attempt = {
      id: uuid(),
      item: this.item.id,
      item_version: this.item.version,
      lesson: this.lesson,
      answer: this.answered(),
      score: this.score(),
      certainty,
      hints: this.hints,
      seconds: Math.round((now() - (this.since ?? now())) / 100) / 10,
      at: new Date().toISOString(),
      place: this.host.place,
      ...(text === undefined ? {} : { text }),
      ...(this.sitting ? { sitting: this.sitting } : {}),
    };
    this.asks = this.note = "";
    this.attempt = this.newest = attempt;
    /* Answered with Enter from within the fields, which are now switched off. */
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>("button[type=submit]")?.focus({ preventScroll: true }));
    this.dispatchEvent(new CustomEvent("ss-answered", { bubbles: true, composed: true }));
    try {
      await this.host.keep(attempt);
    } catch (reason) {
      this.note = reason instanceof Error ? reason.message : String(reason);
    }
  }

  protected again(): void {
    this.attempt = null;
    this.clear();
    this.certainty = null;
    this.hints = 0;
    this.note = "";
    this.since = now();
    this.dispatchEvent(new CustomEvent("ss-answered", { bubbles: true, composed: true }));
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(".task :is(input, button, textarea)")?.focus());
  }

  private hint(): void {
    this.hints += 1;
    if (this.hints < this.item.hints.length) return;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLButtonElement>("button[type=submit]")?.focus());
  }

  override firstUpdated(): void {
    const watch = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      this.since ??= now();
      watch.disconnect();
    });
    watch.observe(this);
  }

  override render(): TemplateResult {
    /* The way on stands after what is told: on a phone that is a screen further down. */
    const last = this.onward && this.done;
    return html`<form @submit=${this.submit} novalidate>
      <div class="task">${this.task()}</div>
      ${this.hintsShown()} ${this.certainties()} ${last ? nothing : this.buttons()} ${this.told()} ${last ? this.buttons() : nothing}
    </form>`;
  }

  protected buttons(): TemplateResult {
    return html`<div class="row">
      <button type="submit" class=${this.attempt ? "quiet" : ""} @click=${onlyOnce}>${this.attempt ? this.onward || "Try again" : this.later ? "Keep my answer" : "Check my answer"}</button>
      ${!this.attempt && this.hints < this.item.hints.length
        ? html`<button type="button" class="quiet" @click=${this.hint}>${this.hints ? "One more hint" : "Show a hint"}</button>`
        : nothing}
    </div>`;
  }

  /** The legend of a task: where the item stands in its quiz, and its stem. */
  protected legend(stem: string = this.item.stem): TemplateResult {
    return html`${this.of > 1 ? html`<span class="number">Question ${this.number} of ${this.of}</span>` : nothing}${stem}`;
  }

  private hintsShown(): TemplateResult {
    return html`<div aria-live="polite">
      ${this.item.hints.slice(0, this.hints).map((hint, index) => html`<p class="hint"><b>Hint ${index + 1}.</b> ${hint}</p>`)}
    </div>`;
  }

  protected certainties(): TemplateResult {
    return html`<fieldset class="certainty">
      <legend>How sure are you?</legend>
      ${CERTAINTIES.map(
        ([value, words]) => html`<label
          ><input type="radio" name="certainty" .checked=${this.certainty === value} ?disabled=${this.done}
            @change=${() => { this.certainty = value; this.asks = ""; }} />${words}</label>`,
      )}
    </fieldset>`;
  }

  /** What is announced: what is missing, or the verdict and why. */
  protected told(): TemplateResult {
    return html`<div class="told" role="status">${this.asks
        ? html`<p class="ask">${this.asks}</p>`
        : this.attempt ? html`${this.verdict()}${this.why()}` : nothing}</div>
      ${problem(this.note, this.host, (note) => { this.note = note; })}`;
  }

  protected verdict(): TemplateResult | typeof nothing {
    const { score, certainty } = this.attempt!;
    if (score === null) return nothing;
    const says =
      score === 1
        ? certainty === "guessing" ? "Right, even though you were guessing." : "Right."
        : score > 0
          ? "Partly right."
          : certainty === "sure" ? "Not this time. You were sure, so this one is worth a second look." : "Not this time.";
    return html`<p class="verdict ${score === 1 ? "good" : "bad"}">${says}</p>`;
  }
}

/** The second press of a double click on "Check my answer" is not meant for "Try again". */
export function onlyOnce(event: MouseEvent): void {
  if (event.detail > 1) event.preventDefault();
}

/** Said where an answer could not be kept: why, and the way to take it along. `say` tells what goes wrong on that way. */
export function problem(note: string, host: Host, say: (note: string) => void): TemplateResult {
  return html`<p class="note bad" role="alert">${note}</p>
    ${note ? html`<button type="button" class="quiet" @click=${() => giveFile(host).catch((reason: Error) => say(reason.message))}>Save my progress</button>` : nothing}`;
}

export function cites(sources: readonly SourceLink[]): TemplateResult {
  return html`<p class="cites">Sources: ${sources.map(
    (source, index) => html`${index ? " · " : ""}${source.href
      ? html`<a href=${source.href} rel="noreferrer" target=${source.href.startsWith("#") ? nothing : "_blank"}>${source.label}</a>`
      : source.label}`,
  )}</p>`;
}
