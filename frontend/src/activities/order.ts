import type { PropertyDeclarations, TemplateResult } from "lit";
import { cites, controls, css, html, indexOf, letter, nothing } from "../kit";
import type { OrderItem } from "../item";
import { scoreOrder } from "../scoring/score";
import type { Asks } from "./answering";
import { Cards } from "./cards";

/** One item of kind `order`. Its answer: the steps' letters in the order given. */
export class SsOrder extends Cards<OrderItem> {
  static override properties: PropertyDeclarations = { order: { state: true } };
  static override styles = [
    controls,
    Cards.cardLook,
    css`
      ol { list-style: none; padding: 0; margin: 0; display: grid; gap: var(--ss-gap-2); }
      li { display: grid; grid-template-columns: 1.6rem 1fr auto auto; gap: var(--ss-gap-2); align-items: center; border-radius: var(--ss-radius); }
      li.over { box-shadow: 0 0 0 3px var(--ss-accent); }
      .at { font: 600 var(--ss-size) / 1 var(--ss-font-head); color: var(--ss-ink-soft); text-align: center; }
      .move { padding: 0; width: var(--ss-target); min-height: var(--ss-target); }
    `,
  ];

  /** The steps as they lie, by their index. */
  declare order: readonly number[];
  /** Whether anything was moved: an order that was only dealt is no answer yet. */
  private touched = false;

  constructor() {
    super();
    this.order = [];
  }

  override willUpdate(): void {
    if (this.order.length !== this.item.steps.length) this.order = this.item.steps.map((_, index) => index);
  }

  protected places(): string[] {
    return this.order.map((_, place) => `place ${place + 1}`);
  }

  protected placeOf(card: number): number {
    return this.order.indexOf(card);
  }

  protected put(card: number, place: number): void {
    const others = this.order.filter((each) => each !== card);
    this.order = [...others.slice(0, place), card, ...others.slice(place)];
    this.touched = true;
  }

  protected words(card: number): string {
    return this.item.steps[card]!.text;
  }

  protected answered(): string[] {
    return this.order.map(letter);
  }

  protected fill(answer: readonly string[]): boolean {
    const order = answer.map(indexOf);
    if ([...order].sort((a, b) => a - b).some((each, index) => each !== index) || order.length !== this.item.steps.length) return false;
    this.order = order;
    return true;
  }

  protected override clear(): void {
    super.clear();
    this.order = [];
    this.touched = false;
  }

  protected missing(): Asks | null {
    return this.touched ? null : { says: "Move the steps into the order you think is right first.", focus: ".card" };
  }

  protected score(): number {
    return scoreOrder(this.order.map((step) => this.item.steps[step]!.place));
  }

  private nudge(card: number, by: 1 | -1): void {
    const place = this.placeOf(card) + by;
    this.put(card, place);
    this.asks = "";
    this.announced = `${this.words(card)}: now at place ${place + 1}.`;
    void this.updateComplete.then(() => {
      const moves = [...this.renderRoot.querySelectorAll<HTMLButtonElement>(`[data-moves="${card}"]`)];
      const again = moves[by < 0 ? 0 : 1]!;
      (again.disabled ? moves.find((move) => !move.disabled) : again)?.focus();
    });
  }

  protected task(): TemplateResult {
    return html`<fieldset>
      <legend>${this.legend()}</legend>
      ${this.done ? nothing : html`<p class="how">Drag the steps, or move them with the arrows.</p>`}
      <ol>${this.order.map((card, place) => this.step(card, place))}</ol>
      ${this.announcer()}
    </fieldset>`;
  }

  private step(card: number, place: number): TemplateResult {
    const right = this.item.steps[card]!.place === place;
    const mark = html`<span class="mark">${right ? "✓ Right place" : `✗ Belongs at place ${this.item.steps[card]!.place + 1}`}</span>`;
    const last = this.order.length - 1;
    return html`<li data-place=${place} class=${this.held !== null && this.over === place ? "over" : ""} @click=${() => this.drop(place)}>
      <span class="at" aria-hidden="true">${place + 1}</span>
      ${this.done ? this.card(card, mark, right ? "good" : "bad") : this.card(card)}
      ${this.done ? nothing : html`
        <button type="button" class="quiet move" data-moves=${card} aria-label="Move up: ${this.words(card)}" ?disabled=${place === 0}
          @click=${(event: Event) => { event.stopPropagation(); this.nudge(card, -1); }}>↑</button>
        <button type="button" class="quiet move" data-moves=${card} aria-label="Move down: ${this.words(card)}" ?disabled=${place === last}
          @click=${(event: Event) => { event.stopPropagation(); this.nudge(card, 1); }}>↓</button>`}
    </li>`;
  }

  protected why(): TemplateResult {
    const steps = [...this.item.steps].sort((a, b) => a.place - b.place);
    return html`<p><b>The right order, and why:</b></p>
      ${steps.map((step) => html`<div class="why ${this.item.steps[this.order[step.place]!] === step ? "good" : "bad"}">
        <p><b>${step.place + 1}. ${step.text}:</b> ${step.feedback}</p></div>`)}
      ${cites(this.item.sources)}`;
  }
}
