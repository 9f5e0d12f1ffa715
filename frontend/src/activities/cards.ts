import type { PropertyDeclarations, TemplateResult } from "lit";
import { Answering, css, html, nothing } from "../kit";
import type { Certainty } from "../attempt";
import type { MatchItem, OrderItem } from "../item";

/** Pixels that a pointer moves before a press becomes a drag. */
const DRAG = 6;

/**
 * Cards that are picked up and put somewhere: dragged, or pressed and then the place pressed, or
 * with the keyboard (Enter or Space picks up, arrows choose, Enter or Space drops, Escape puts
 * back). Each step is announced.
 */
export abstract class Cards<I extends MatchItem | OrderItem> extends Answering<I> {
  static override properties: PropertyDeclarations = { held: { state: true }, over: { state: true }, announced: { state: true } };

  /** The card that is picked up, and the place it would be put. */
  declare held: number | null;
  declare over: number | null;
  declare announced: string;
  /** Where a press began; null once it is a drag or over. */
  private press: { card: number; x: number; y: number; element: HTMLElement; pointer: number } | null = null;
  private dragging: HTMLElement | null = null;
  /** A drag ends in a click that is not meant. */
  private skipClick = false;

  constructor() {
    super();
    this.held = null;
    this.over = null;
    this.announced = "";
  }

  /** Names of the places, in their order. */
  protected abstract places(): string[];
  /** The place where a card lies; null where it lies nowhere yet. */
  protected abstract placeOf(card: number): number | null;
  /** Put a card at a place. */
  protected abstract put(card: number, place: number): void;
  protected abstract words(card: number): string;

  private pickUp(card: number): void {
    this.held = card;
    this.over = this.placeOf(card);
    this.announced = `Picked up: ${this.words(card)}. Choose a place with the arrow keys, then press Enter.`;
  }

  private putBack(): void {
    this.announced = this.held === null ? "" : `Put back: ${this.words(this.held)}.`;
    this.held = this.over = null;
  }

  protected drop(place: number): void {
    if (this.held === null || this.done) return;
    const card = this.held;
    if (this.placeOf(card) === place) {
      this.putBack();
      return;
    }
    this.put(card, place);
    this.held = this.over = null;
    this.asks = "";
    this.announced = `${this.words(card)}: now at ${this.places()[place]}.`;
    this.focusCard(card);
  }

  protected focusCard(card: number): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`[data-card="${card}"]`)?.focus());
  }

  private clicked(card: number, event: Event): void {
    event.stopPropagation();
    if (this.skipClick || this.done) return;
    if (this.held !== card) this.pickUp(card);
    else if (this.over !== null && this.over !== this.placeOf(card)) this.drop(this.over);
    else this.putBack();
  }

  private key(event: KeyboardEvent): void {
    if (this.held === null) return;
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (event.key === "Escape") this.putBack();
    else if (step) {
      const count = this.places().length;
      this.over = this.over === null ? (step > 0 ? 0 : count - 1) : (this.over + step + count) % count;
      this.announced = `Over ${this.places()[this.over]}, ${this.over + 1} of ${count}.`;
    } else return;
    event.preventDefault();
  }

  private pressed(card: number, event: PointerEvent): void {
    const onGrip = (event.target as Element).closest(".grip");
    this.skipClick = false;
    if (this.done || event.button || (event.pointerType === "touch" && !onGrip)) return;
    const element = event.currentTarget as HTMLElement;
    this.press = { card, x: event.clientX, y: event.clientY, element, pointer: event.pointerId };
  }

  private moved(event: PointerEvent): void {
    if (!this.press) return;
    const [dx, dy] = [event.clientX - this.press.x, event.clientY - this.press.y];
    if (!this.dragging) {
      if (Math.hypot(dx, dy) < DRAG) return;
      this.dragging = this.press.element;
      this.dragging.setPointerCapture(this.press.pointer);
      this.dragging.classList.add("dragged");
      this.held = this.press.card;
    }
    this.dragging.style.transform = `translate(${dx}px, ${dy}px)`;
    this.over = this.placeUnder(event);
  }

  private released(event: PointerEvent): void {
    if (this.dragging) {
      this.skipClick = true;
      setTimeout(() => { this.skipClick = false; });
      const place = event.type === "pointerup" ? this.placeUnder(event) : null;
      this.dragging.style.transform = "";
      this.dragging.classList.remove("dragged");
      if (place === null) this.putBack();
      else this.drop(place);
    }
    this.press = this.dragging = null;
  }

  private placeUnder(event: PointerEvent): number | null {
    const root = this.renderRoot as ShadowRoot;
    const under = root.elementsFromPoint(event.clientX, event.clientY).find((each) => !this.dragging!.contains(each) && root.contains(each));
    const place = under?.closest<HTMLElement>("[data-place]")?.dataset.place;
    return place === undefined ? null : Number(place);
  }

  /** A card as a button; `mark` is what is told of it once the answer is given. */
  protected card(card: number, mark: TemplateResult | typeof nothing = nothing, tone = ""): TemplateResult {
    return html`<button type="button" class="card ${tone}" data-card=${card} aria-pressed=${this.held === card} ?disabled=${this.done}
      @click=${(event: Event) => this.clicked(card, event)} @keydown=${this.key}
      @pointerdown=${(event: PointerEvent) => this.pressed(card, event)} @pointermove=${this.moved}
      @pointerup=${this.released} @pointercancel=${this.released}>
      <span class="grip" aria-hidden="true">⠿</span><span class="words">${this.words(card)}${mark}</span></button>`;
  }

  /** What a screen reader hears of each step, and how it is done. */
  protected announcer(): TemplateResult {
    return html`<p class="unseen" role="status">${this.announced}</p>`;
  }

  protected override answer(certainty: Certainty | null): Promise<void> {
    this.held = this.over = null;
    return super.answer(certainty);
  }

  protected override clear(): void {
    this.held = this.over = null;
    this.announced = "";
  }

  static cardLook = css`
    .card { user-select: none; -webkit-user-select: none; display: flex; gap: var(--ss-gap-2); align-items: flex-start; width: 100%; text-align: left; font-weight: 400;
      line-height: 1.4; color: var(--ss-ink); background: var(--ss-paper); border: 1px solid var(--ss-edge); padding: var(--ss-gap-2) var(--ss-gap-3); }
    .card:hover:not(:disabled) { border-color: var(--ss-accent); }
    .card[aria-pressed="true"] { border-color: var(--ss-accent); background: var(--ss-accent-soft); box-shadow: 0 0 0 2px var(--ss-accent); }
    .card:disabled { color: var(--ss-ink); }
    .card.good { border-color: var(--ss-good); background: var(--ss-good-soft); }
    .card.bad { border-color: var(--ss-bad); background: var(--ss-bad-soft); }
    .card:disabled .grip { display: none; }
    .card.dragged { position: relative; z-index: 2; pointer-events: none; }
    .grip { color: var(--ss-edge); cursor: grab; touch-action: none; padding: 0 var(--ss-gap-2) 0 0; min-width: 1.5rem; min-height: 1.5rem; }
    .how { font-size: var(--ss-size-small); color: var(--ss-ink-soft); }
  `;
}
