import type { PropertyDeclarations, TemplateResult } from "lit";
import { Answering, LEVELS, cites, controls, css, html, nothing, scoreDecision } from "../kit";
import type { Level, VignetteItem } from "../item";
import type { Asks } from "./answering";

/** One vignette of a clinic: how fast does it need action? Its answer: the level. */
export class SsVignette extends Answering<VignetteItem> {
  static override properties: PropertyDeclarations = { level: { state: true }, levels: { attribute: false } };
  static override styles = [
    controls,
    css`
      .text { font-size: var(--ss-size-lead); line-height: 1.6; margin-bottom: var(--ss-gap-4); }
      .text:focus { outline: none; }
      mark { color: inherit; background: var(--ss-warn-soft); border-bottom: 3px solid var(--ss-warn); border-radius: 0.2rem; padding: 0 0.1rem; }
      .options { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr)); gap: var(--ss-gap-2); }
      .options label { margin: 0; }
      button.quiet { background: var(--ss-accent); color: var(--ss-on-accent); border-color: var(--ss-accent); font-weight: 600; }
      .options legend { margin-bottom: var(--ss-gap-2); }
    `,
  ];

  declare level: Level | null;
  declare levels: readonly string[];

  constructor() {
    super();
    this.level = null;
  }

  protected answered(): string[] {
    return [this.level!];
  }

  protected fill(answer: readonly string[]): boolean {
    const level = LEVELS.find((each) => each === answer[0]);
    if (level) this.level = level;
    return !!level;
  }

  protected clear(): void {
    this.level = null;
  }

  protected missing(): Asks | null {
    return this.level ? null : { says: "Choose how fast to act first.", focus: ".options input" };
  }

  protected score(): number {
    return scoreDecision(this.item.action, this.level!);
  }

  /** Begin at the text: for who has come from the vignette before. */
  begin(): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(".text")?.focus());
  }

  protected task(): TemplateResult {
    return html`${this.of > 1 ? html`<p class="number">${this.number} of ${this.of}</p>` : nothing}
      <p class="text" tabindex="-1">${this.item.pieces.map(({ text, mattered }) => (mattered && this.done ? html`<mark>${text}</mark>` : text))}</p>
      <fieldset class="options"><legend>How fast does this need action?</legend>
        ${LEVELS.map((level, index) => {
          const picked = this.level === level;
          const right = this.item.action === level;
          const told = this.done && (picked || right);
          return html`<label class=${told ? (right ? "good" : "bad") : ""}>
            <input type="radio" name="level" .checked=${picked} ?disabled=${this.done} @change=${() => { this.level = level; this.asks = ""; }} />
            <span class="words">${this.levels[index]}${told
              ? html`<span class="mark">${right ? (picked ? "✓ Your answer, and right" : "✓ The right level") : "✗ Your answer"}</span>` : nothing}</span></label>`;
        })}</fieldset>`;
  }

  protected override verdict(): TemplateResult {
    const faster = LEVELS.indexOf(this.item.action) - LEVELS.indexOf(this.level!);
    const says = faster === 0 ? "The right speed." : faster > 0 ? "Faster than needed." : "Too slow for this one.";
    return html`<p class="verdict ${faster === 0 ? "good" : "bad"}">${says}</p>`;
  }

  protected why(): TemplateResult {
    return html`<p>${this.item.why}</p>${cites(this.item.sources)}`;
  }
}
