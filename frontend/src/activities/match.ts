import type { PropertyDeclarations, TemplateResult } from "lit";
import { cites, controls, css, html, indexOf, letter, nothing } from "../kit";
import type { MatchItem } from "../item";
import { scoreMatch } from "../scoring/score";
import type { Asks } from "./answering";
import { Cards } from "./cards";

/** One item of kind `match`. Its answer: for each card its letter and its group's, as "a-b". */
export class SsMatch extends Cards<MatchItem> {
  static override properties: PropertyDeclarations = { placed: { state: true } };
  static override styles = [
    controls,
    Cards.cardLook,
    css`
      .tray, .group { border-radius: var(--ss-radius); padding: var(--ss-gap-3); display: grid; gap: var(--ss-gap-2); align-content: start; }
      .tray { border: 1px dashed var(--ss-edge); margin-bottom: var(--ss-gap-3); }
      .groups { display: grid; gap: var(--ss-gap-3); grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr)); }
      .group { border: 1px solid var(--ss-line); background: var(--ss-ground); }
      .group.over { border-color: var(--ss-accent); box-shadow: 0 0 0 2px var(--ss-accent); }
      h4 { margin: 0; font-weight: 600; font-size: var(--ss-size); }
      .tray p { margin: 0; }
      .drop { width: 100%; }
    `,
  ];

  /** For each card the group it lies in; null in the tray. */
  declare placed: readonly (number | null)[];

  constructor() {
    super();
    this.placed = [];
  }

  protected places(): string[] {
    return this.item.groups;
  }

  protected placeOf(card: number): number | null {
    return this.placed[card] ?? null;
  }

  protected put(card: number, place: number): void {
    this.placed = this.item.cards.map((_, index) => (index === card ? place : this.placeOf(index)));
  }

  protected words(card: number): string {
    return this.item.cards[card]!.text;
  }

  protected answered(): string[] {
    return this.item.cards.map((_, card) => `${letter(card)}-${letter(this.placed[card]!)}`);
  }

  protected fill(answer: readonly string[]): boolean {
    const pairs = answer.map((pair) => pair.split("-").map(indexOf));
    const placed = this.item.cards.map((_, card) => pairs.find(([of]) => of === card)?.[1]);
    if (placed.some((group) => this.item.groups[group ?? -1] === undefined)) return false;
    this.placed = placed as number[];
    return true;
  }

  protected override clear(): void {
    super.clear();
    this.placed = [];
  }

  protected missing(): Asks | null {
    const left = this.item.cards.filter((_, card) => this.placeOf(card) === null).length;
    return left ? { says: `Put every card into a group first. ${left} ${left === 1 ? "is" : "are"} left.`, focus: ".tray .card" } : null;
  }

  protected score(): number {
    return scoreMatch(this.item.cards.map((card) => card.group), this.placed as number[]);
  }

  protected task(): TemplateResult {
    const { groups, cards } = this.item;
    const left = cards.map((_, card) => card).filter((card) => this.placeOf(card) === null);
    return html`<fieldset>
      <legend>${this.legend()}</legend>
      ${this.done ? nothing : html`<p class="how">Drag each card to its group. Or press a card, then press “Put here”.</p>`}
      ${left.length ? html`<div class="tray" role="group" aria-label="Cards to place">${left.map((card) => this.card(card))}</div>` : nothing}
      <div class="groups">${groups.map((name, group) => this.group(name, group))}</div>
      ${this.announcer()}
    </fieldset>`;
  }

  private group(name: string, group: number): TemplateResult {
    const here = this.item.cards.map((_, card) => card).filter((card) => this.placed[card] === group);
    return html`<div class="group ${this.held !== null && this.over === group ? "over" : ""}" role="group" aria-label=${name} data-place=${group}
      @click=${() => this.drop(group)}>
      <h4>${name}</h4>
      ${here.map((card) => this.placedCard(card))}
      ${this.held !== null && this.placed[this.held] !== group
        ? html`<button type="button" class="quiet drop" aria-label="Put here: ${name}">Put here</button>`
        : nothing}
    </div>`;
  }

  private placedCard(card: number): TemplateResult {
    if (!this.done) return this.card(card);
    const own = this.item.cards[card]!.group;
    const right = this.placed[card] === own;
    return this.card(card, html`<span class="mark">${right ? "✓ Right here" : `✗ Belongs to: ${this.item.groups[own]}`}</span>`, right ? "good" : "bad");
  }

  protected why(): TemplateResult {
    const wrong = this.item.cards.filter((card, index) => card.group !== this.placed[index]);
    const right = this.item.cards.filter((card, index) => card.group === this.placed[index]);
    const why = (tone: string) => (card: MatchItem["cards"][number]): TemplateResult =>
      html`<div class="why ${tone}"><p><b>${card.text} → ${this.item.groups[card.group]}:</b> ${card.feedback}</p></div>`;
    return html`${wrong.map(why("bad"))}
      ${right.length
        ? html`<details ?open=${!wrong.length}><summary>Why the ${wrong.length ? "others" : "cards"} belong where you put them</summary>${right.map(why("good"))}</details>`
        : nothing}
      ${cites(this.item.sources)}`;
  }
}
