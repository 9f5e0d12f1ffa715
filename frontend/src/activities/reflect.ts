import type { PropertyDeclarations, TemplateResult } from "lit";
import { Answering, LONGEST_TEXT, cites, controls, css, html, indexOf, letter, nothing, onlyOnce } from "../kit";
import type { Attempt } from "../attempt";
import type { ReflectItem } from "../item";

/**
 * One item of kind `reflect`: write, compare with a model answer, tick what was covered. Never
 * scored. Its answer: the letters of the points ticked; the words are kept beside it.
 */
export class SsReflect extends Answering<ReflectItem> {
  static override properties: PropertyDeclarations = { written: { state: true }, comparing: { state: true }, ticked: { state: true } };
  static override styles = [
    controls,
    css`
      textarea { width: 100%; min-height: 8rem; font: inherit; color: inherit; background: var(--ss-ground); border: 1px solid var(--ss-edge);
        border-radius: var(--ss-radius); padding: var(--ss-gap-3); resize: vertical; }
      textarea:focus-visible { outline: 3px solid var(--ss-focus); outline-offset: 2px; }
      .model { border-left: 3px solid var(--ss-plum); padding-left: var(--ss-gap-3); margin: var(--ss-gap-3) 0; }
      label.stem { display: block; border: 0; padding: 0; font-weight: 600; cursor: default; background: none; min-height: 0; margin-bottom: var(--ss-gap-2); }
    `,
  ];

  declare written: string;
  declare comparing: boolean;
  declare ticked: ReadonlySet<number>;

  constructor() {
    super();
    this.written = "";
    this.comparing = false;
    this.ticked = new Set();
  }

  override restore(attempt: Attempt | undefined): void {
    const before = this.attempt;
    super.restore(attempt);
    if (this.attempt !== before) this.written = this.attempt?.text ?? "";
  }

  protected answered(): string[] {
    return [...this.ticked].sort((a, b) => a - b).map(letter);
  }

  protected fill(answer: readonly string[]): boolean {
    const indexes = answer.map(indexOf);
    if (indexes.some((index) => this.item.points[index] === undefined)) return false;
    this.ticked = new Set(indexes);
    this.comparing = true;
    return true;
  }

  /* The words stay: to try again is to write on. */
  protected clear(): void {
    this.comparing = false;
    this.ticked = new Set();
  }

  protected missing(): null {
    return null;
  }

  protected score(): null {
    return null;
  }

  protected override submit(event: Event): void {
    event.preventDefault();
    if (this.attempt) this.again();
    else if (!this.written.trim()) this.ask({ says: "Write a sentence or two first. Nobody else reads it.", focus: "textarea" });
    else if (!this.comparing) {
      this.asks = "";
      this.comparing = true;
    } else void this.answer(null, this.written.trim());
  }

  private tick(index: number): void {
    const ticked = new Set(this.ticked);
    if (!ticked.delete(index)) ticked.add(index);
    this.ticked = ticked;
  }

  override render(): TemplateResult {
    return html`<form @submit=${this.submit} novalidate>
      <div class="task">${this.task()}</div>
      <div role="status">${this.comparing ? html`<p><b>A model answer</b></p><p class="model">${this.item.model}</p>` : nothing}</div>
      ${this.comparing ? this.covered() : nothing}
      <div class="row"><button type="submit" class=${this.done ? "quiet" : ""} @click=${onlyOnce}>
        ${this.done ? "Write on" : this.comparing ? "Keep my answer" : "Compare with a model answer"}</button></div>
      ${this.told()}
    </form>`;
  }

  protected task(): TemplateResult {
    return html`<label class="stem" for="words">${this.legend()}</label>
      <textarea id="words" maxlength=${LONGEST_TEXT} .value=${this.written} ?readonly=${this.done}
        @input=${(event: Event) => { this.written = (event.target as HTMLTextAreaElement).value; this.asks = ""; }}></textarea>
      <p class="note">${this.host.elsewhere?.words ?? "Your words are kept with your answers, on this machine and in your own progress file. They are never scored."}</p>`;
  }

  private covered(): TemplateResult {
    return html`<fieldset class="options"><legend>Which of these does your answer cover?</legend>
      ${this.item.points.map((point, index) => html`<label><input type="checkbox" .checked=${this.ticked.has(index)} ?disabled=${this.done}
        @change=${() => this.tick(index)} /><span class="words">${point}</span></label>`)}</fieldset>`;
  }

  protected why(): TemplateResult {
    const left = this.item.points.length - this.ticked.size;
    return html`<p>You covered ${this.ticked.size} of ${this.item.points.length}. ${left
        ? "What is not ticked is worth adding when you say it the next time." : "That is all of them."}</p>
      ${cites(this.item.sources)}`;
  }
}
