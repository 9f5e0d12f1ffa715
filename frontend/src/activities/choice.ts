import { html, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import { type ChoiceItem, type HotspotItem, indexOf, letter } from "../item";
import { scoreChoice } from "../scoring/score";
import { Answering, type Asks, cites } from "./answering";

/** One item of kind `choice`. Its answer: the letters of the options chosen. */
export class SsChoice<I extends ChoiceItem | HotspotItem = ChoiceItem> extends Answering<I> {
  static override properties: PropertyDeclarations = { chosen: { state: true } };

  declare chosen: ReadonlySet<number>;

  constructor() {
    super();
    this.chosen = new Set();
  }

  protected answered(): string[] {
    return [...this.chosen].sort((a, b) => a - b).map(letter);
  }

  protected fill(answer: readonly string[]): boolean {
    const indexes = answer.map(indexOf);
    if (!indexes.length || indexes.some((index) => !this.item.options[index])) return false;
    this.chosen = new Set(indexes);
    return true;
  }

  protected clear(): void {
    this.chosen = new Set();
  }

  protected missing(): Asks | null {
    return this.chosen.size ? null : { says: "Choose an answer first.", focus: ".options input" };
  }

  protected score(): number {
    return scoreChoice(this.item, [...this.chosen]);
  }

  protected choose(index: number, on: boolean): void {
    const chosen = new Set(this.item.answers === "one" ? [] : this.chosen);
    if (on) chosen.add(index);
    else chosen.delete(index);
    this.chosen = chosen;
    this.asks = "";
  }

  protected task(): TemplateResult {
    return html`<fieldset class="options">
      <legend>${this.legend()}</legend>
      ${this.picture()} ${this.item.options.map((_, index) => this.option(index))}
    </fieldset>`;
  }

  /** What stands between the stem and the options. */
  protected picture(): TemplateResult | typeof nothing {
    return nothing;
  }

  protected option(index: number): TemplateResult {
    const option = this.item.options[index]!;
    const picked = this.chosen.has(index);
    const told = this.done && (picked || option.correct);
    const mark = !told ? "" : option.correct ? (picked ? "✓ Your answer, and right" : "✓ A right answer") : "✗ Your answer";
    return html`<label class=${!told ? "" : option.correct ? "good" : "bad"}>
      <input type=${this.item.answers === "one" ? "radio" : "checkbox"} name="option" .checked=${picked} ?disabled=${this.done}
        @change=${(event: Event) => this.choose(index, (event.target as HTMLInputElement).checked)} />
      <span class="words">${this.lead(index)}${option.text}${mark ? html`<span class="mark">${mark}</span>` : nothing}</span>
    </label>`;
  }

  /** What stands before an option's text. */
  protected lead(_: number): string {
    return "";
  }

  protected why(): TemplateResult {
    const { options, sources } = this.item;
    const shown = options.map((option, index) => ({ option, index })).filter(({ option, index }) => this.chosen.has(index) || option.correct);
    const rest = options.map((option, index) => ({ option, index })).filter((each) => !shown.some(({ index }) => index === each.index));
    const why = ({ option }: { option: (typeof options)[number] }): TemplateResult =>
      html`<div class="why ${option.correct ? "good" : "bad"}"><p><b>${option.text}:</b> ${option.feedback}</p>
        ${cites(option.sources.length ? option.sources : sources)}</div>`;
    return html`${shown.map(why)}
      ${rest.length
        ? html`<details><summary>Why not the ${rest.length === 1 ? "other" : "others"}?</summary>${rest.map(why)}</details>`
        : nothing}`;
  }
}
