import type { PropertyDeclarations, TemplateResult } from "lit";
import { Answering, cites, controls, css, html, indexOf, letter, nothing } from "../kit";
import type { WorkedItem } from "../item";
import { scoreWorked } from "../scoring/score";
import type { Asks } from "./answering";

/** One item of kind `worked`: find the slip, then mend it. Its answer: the letters of the step and of the mend. */
export class SsWorked extends Answering<WorkedItem> {
  static override properties: PropertyDeclarations = { step: { state: true }, mend: { state: true } };
  static override styles = [
    controls,
    css`
      .part { margin-bottom: var(--ss-gap-4); }
      .part legend { font-weight: 600; }
      .steps label { border-left-width: 4px; }
      .intro { font-weight: 600; }
    `,
  ];

  declare step: number | null;
  declare mend: number | null;

  constructor() {
    super();
    this.step = this.mend = null;
  }

  protected answered(): string[] {
    return [letter(this.step!), letter(this.mend!)];
  }

  protected fill(answer: readonly string[]): boolean {
    const [step = -1, mend = -1] = answer.map(indexOf);
    if (!this.item.steps[step] || !this.item.mends[mend]) return false;
    Object.assign(this, { step, mend });
    return true;
  }

  protected clear(): void {
    this.step = this.mend = null;
  }

  protected missing(): Asks | null {
    if (this.step === null) return { says: "Choose the step with the slip first.", focus: ".steps input" };
    return this.mend === null ? { says: "Choose how to mend it.", focus: ".mends input" } : null;
  }

  protected score(): number {
    return scoreWorked(this.item.steps, this.item.mends, this.step!, this.mend!);
  }

  protected task(): TemplateResult {
    const { steps, mends } = this.item;
    return html`<p class="intro">${this.legend()}</p>
      <fieldset class="options steps part"><legend>1. Which step is the slip?</legend>
        ${steps.map(({ says, wrong }, index) =>
          this.radio("step", index, says, wrong, this.step === index, wrong ? "✓ The slip" : "✗ This step is sound"))}
      </fieldset>
      <fieldset class="options mends part"><legend>2. What would have been safer?</legend>
        ${mends.map(({ text, correct }, index) =>
          this.radio("mend", index, text, correct, this.mend === index, correct ? "✓ The safer way" : "✗ Not this"))}
      </fieldset>`;
  }

  private radio(field: "step" | "mend", index: number, words: string, right: boolean, picked: boolean, says: string): TemplateResult {
    const told = this.done && (picked || right);
    return html`<label class=${told ? (right ? "good" : "bad") : ""}>
      <input type="radio" name=${field} .checked=${picked} ?disabled=${this.done} @change=${() => { this[field] = index; this.asks = ""; }} />
      <span class="words">${words}${told ? html`<span class="mark">${says}${picked ? " · your answer" : ""}</span>` : nothing}</span></label>`;
  }

  protected why(): TemplateResult {
    const { steps, mends, sources } = this.item;
    const slip = steps.findIndex((step) => step.wrong);
    const others = steps.map((step, index) => ({ ...step, index })).filter(({ index }) => index !== slip && index !== this.step);
    const because = (tone: string, head: string, words: string): TemplateResult => html`<div class="why ${tone}"><p><b>${head}:</b> ${words}</p></div>`;
    return html`${this.step === slip ? nothing : because("bad", "The step you chose", steps[this.step!]!.why)}
      ${because("good", "The slip", steps[slip]!.why)}
      ${mends.map((mend, index) => (mend.correct || index === this.mend ? because(mend.correct ? "good" : "bad", mend.text, mend.feedback) : nothing))}
      <details><summary>Why the rest is as it is</summary>
        ${others.map(({ says, why }) => because("", says, why))}
        ${mends.map((mend, index) => (mend.correct || index === this.mend ? nothing : because("bad", mend.text, mend.feedback)))}</details>
      ${cites(sources)}`;
  }
}
