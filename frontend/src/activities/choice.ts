import { LitElement, html, nothing, type TemplateResult } from "lit";
import { type Attempt, type Certainty, uuid } from "../attempt";
import type { Host } from "../hosts/host";
import { type ChoiceItem, type SourceLink, letter } from "../item";
import { controls } from "../look/controls";
import { scoreChoice } from "../scoring/score";

const CERTAINTIES: [Certainty, string][] = [
  ["guessing", "Just guessing"],
  ["fairly-sure", "Fairly sure"],
  ["sure", "Sure"],
];

const now = (): number => performance.now();

/** One item of kind `choice`: answer, say how sure, read why. */
export class SsChoice extends LitElement {
  static override properties = {
    item: { attribute: false },
    host: { attribute: false },
    lesson: {},
    number: { type: Number },
    of: { type: Number },
    chosen: { state: true },
    certainty: { state: true },
    hints: { state: true },
    attempt: { state: true },
    asks: { state: true },
    note: { state: true },
  };
  static override styles = controls;

  declare item: ChoiceItem;
  declare host: Host;
  declare lesson: string;
  declare number: number;
  declare of: number;
  declare chosen: ReadonlySet<number>;
  declare certainty: Certainty | null;
  declare hints: number;
  declare attempt: Attempt | null;
  declare asks: string;
  declare note: string;
  /** When the item was first seen, or "Try again" pressed; null until then. */
  private since: number | null = null;
  /** The newest answer shown here, also after Try again. */
  private newest: Attempt | null = null;

  constructor() {
    super();
    this.chosen = new Set();
    this.certainty = null;
    this.hints = 0;
    this.attempt = null;
    this.asks = "";
    this.note = "";
  }

  /** Show an answer that was given before, if it answers this wording. */
  restore(attempt: Attempt | undefined): void {
    if (!attempt || attempt.item_version !== this.item.version) return;
    if (this.newest && Date.parse(attempt.at) <= Date.parse(this.newest.at)) return;
    const indexes = attempt.answer.map((each) => each.charCodeAt(0) - 97);
    if (indexes.some((index) => !this.item.options[index])) return;
    this.chosen = new Set(indexes);
    this.certainty = attempt.certainty;
    this.hints = Math.min(attempt.hints, this.item.hints.length);
    this.attempt = this.newest = attempt;
    this.asks = this.note = "";
  }

  private choose(index: number, event: Event): void {
    const on = (event.target as HTMLInputElement).checked;
    const chosen = new Set(this.item.answers === "one" ? [] : this.chosen);
    if (on) chosen.add(index);
    else chosen.delete(index);
    this.chosen = chosen;
    this.asks = "";
  }

  private submit(event: Event): void {
    event.preventDefault();
    if (this.attempt) this.again();
    else if (!this.chosen.size) this.ask("Choose an answer first.", ".options input");
    else if (!this.certainty) this.ask("Say how sure you are, then check your answer.", ".certainty input");
    else void this.answer(this.certainty);
  }

  private ask(what: string, focus: string): void {
    this.asks = what;
    this.renderRoot.querySelector<HTMLInputElement>(focus)?.focus();
  }

  private async answer(certainty: Certainty): Promise<void> {
    const chosen = [...this.chosen].sort((a, b) => a - b);
    const attempt: Attempt = {
      id: uuid(),
      item: this.item.id,
      item_version: this.item.version,
      lesson: this.lesson,
      answer: chosen.map(letter),
      score: scoreChoice(this.item, chosen),
      certainty,
      hints: this.hints,
      seconds: Math.round((now() - (this.since ?? now())) / 100) / 10,
      at: new Date().toISOString(),
      place: this.host.place,
    };
    this.asks = this.note = "";
    this.attempt = this.newest = attempt;
    /* Answered with Enter from within the options, which are now switched off. */
    this.renderRoot.querySelector<HTMLButtonElement>("button[type=submit]")?.focus();
    this.dispatchEvent(new CustomEvent("ss-answered", { bubbles: true, composed: true }));
    try {
      await this.host.keep(attempt);
    } catch (reason) {
      this.note = reason instanceof Error ? reason.message : String(reason);
    }
  }

  private again(): void {
    this.attempt = null;
    this.chosen = new Set();
    this.certainty = null;
    this.hints = 0;
    this.note = "";
    this.since = now();
    this.dispatchEvent(new CustomEvent("ss-answered", { bubbles: true, composed: true }));
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLInputElement>(".options input")?.focus());
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
    const { item } = this;
    return html`<form @submit=${this.submit} novalidate>
      <fieldset class="options">
        <legend><span class="number">Question ${this.number} of ${this.of}</span>${item.stem}</legend>
        ${item.options.map((_, index) => this.option(index))}
      </fieldset>
      <div aria-live="polite">
        ${item.hints.slice(0, this.hints).map((hint, index) => html`<p class="hint"><b>Hint ${index + 1}.</b> ${hint}</p>`)}
      </div>
      <fieldset class="certainty">
        <legend>How sure are you?</legend>
        ${CERTAINTIES.map(
          ([value, words]) => html`<label
            ><input type="radio" name="certainty" .checked=${this.certainty === value} ?disabled=${!!this.attempt}
              @change=${() => { this.certainty = value; this.asks = ""; }} />${words}</label>`,
        )}
      </fieldset>
      <div class="row">
        <button type="submit" class=${this.attempt ? "quiet" : ""} @click=${onlyOnce}>${this.attempt ? "Try again" : "Check my answer"}</button>
        ${!this.attempt && this.hints < item.hints.length
          ? html`<button type="button" class="quiet" @click=${this.hint}>
              ${this.hints ? "One more hint" : "Show a hint"}</button>`
          : nothing}
      </div>
      <div class="told" role="status">${this.asks ? html`<p class="ask">${this.asks}</p>` : this.attempt ? this.feedback() : nothing}</div>
      <p class="note bad" role="alert">${this.note}</p>
    </form>`;
  }

  private option(index: number): TemplateResult {
    const option = this.item.options[index]!;
    const picked = this.chosen.has(index);
    const told = this.attempt !== null && (picked || option.correct);
    const mark = !told ? "" : option.correct ? (picked ? "✓ Your answer, and right" : "✓ A right answer") : "✗ Your answer";
    return html`<label class=${!told ? "" : option.correct ? "good" : "bad"}>
      <input type=${this.item.answers === "one" ? "radio" : "checkbox"} name="option" .checked=${picked}
        ?disabled=${!!this.attempt} @change=${(event: Event) => this.choose(index, event)} />
      <span class="words">${option.text}${mark ? html`<span class="mark">${mark}</span>` : nothing}</span>
    </label>`;
  }

  private feedback(): TemplateResult {
    const { options, sources } = this.item;
    const { score, certainty } = this.attempt!;
    const shown = options.map((option, index) => ({ option, index })).filter(({ option, index }) => this.chosen.has(index) || option.correct);
    const rest = options.map((option, index) => ({ option, index })).filter((each) => !shown.some(({ index }) => index === each.index));
    const why = ({ option }: { option: (typeof options)[number] }): TemplateResult =>
      html`<div class="why ${option.correct ? "good" : "bad"}"><p><b>${option.text}:</b> ${option.feedback}</p>
        ${cites(option.sources.length ? option.sources : sources)}</div>`;
    const verdict =
      score === 1
        ? certainty === "guessing" ? "Right, even though you were guessing." : "Right."
        : score > 0
          ? "Partly right."
          : certainty === "sure" ? "Not this time. You were sure, so this one is worth a second look." : "Not this time.";
    return html`<p class="verdict ${score === 1 ? "good" : "bad"}">${verdict}</p>
      ${shown.map(why)}
      ${rest.length
        ? html`<details><summary>Why not the ${rest.length === 1 ? "other" : "others"}?</summary>${rest.map(why)}</details>`
        : nothing}`;
  }
}

/** The second press of a double click on "Check my answer" is not meant for "Try again". */
function onlyOnce(event: MouseEvent): void {
  if (event.detail > 1) event.preventDefault();
}

function cites(sources: SourceLink[]): TemplateResult {
  return html`<p class="cites">Sources: ${sources.map(
    (source, index) => html`${index ? " · " : ""}${source.href
      ? html`<a href=${source.href} rel="noreferrer" target=${source.href.startsWith("#") ? nothing : "_blank"}>${source.label}</a>`
      : source.label}`,
  )}</p>`;
}
