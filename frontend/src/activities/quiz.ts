import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { latest } from "../attempt";
import type { Host } from "../hosts/host";
import type { Item, Quiz } from "../item";
import { elementFor } from "../kinds";
import { controls } from "../look/controls";
import type { Answering } from "./answering";

/** The items asked at one place of a lesson. Its light children, if any, are the printed form. */
export class SsQuiz extends LitElement {
  static override properties = { quiz: { attribute: false }, host: { attribute: false }, answered: { state: true } };
  static override styles = controls;

  declare quiz: Quiz | null;
  declare host: Host;
  declare answered: number;
  private elements: Answering<Item>[] = [];

  constructor() {
    super();
    this.quiz = null;
    this.answered = 0;
    this.addEventListener("ss-answered", () => this.count());
  }

  /** Show what is kept, also after a progress file was loaded. */
  restore(): void {
    if (!this.quiz || !this.hasUpdated) return;
    const known = latest(this.host.attempts(this.quiz.items.map((item) => item.id)));
    for (const element of this.elements) element.restore(known.get(element.item.id));
    this.count();
  }

  private count(): void {
    this.answered = this.elements.filter((element) => element.attempt).length;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("quiz") || !this.quiz) return;
    const { items, lesson } = this.quiz;
    this.elements = items.map((item, index) =>
      Object.assign(elementFor(item), { item, host: this.host, lesson, number: index + 1, of: items.length }),
    );
  }

  override firstUpdated(_: PropertyValues): void {
    this.toggleAttribute("printed", this.childElementCount > 0);
    this.restore();
  }

  override render(): TemplateResult | typeof nothing {
    const { quiz } = this;
    if (!quiz) return nothing;
    return html`<section class="quiz live" aria-label=${quiz.title}>
        <h3>${quiz.title}</h3>
        <p class="says">${quiz.says}</p>
        ${this.elements}
        ${quiz.items.length > 1 ? html`<p class="tally">${this.answered} of ${quiz.items.length} answered</p>` : nothing}
      </section>
      <slot></slot>`;
  }
}
