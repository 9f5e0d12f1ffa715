import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { latest } from "../attempt";
import type { Host } from "../hosts/host";
import type { Quiz } from "../item";
import { controls } from "../look/controls";
import type { SsChoice } from "./choice";

/** The items asked at one place of a lesson. Its light children, if any, are the printed form. */
export class SsQuiz extends LitElement {
  static override properties = { quiz: { attribute: false }, host: { attribute: false }, answered: { state: true } };
  static override styles = controls;

  declare quiz: Quiz | null;
  declare host: Host;
  declare answered: number;

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
    for (const choice of this.choices()) choice.restore(known.get(choice.item.id));
    this.count();
  }

  private choices(): SsChoice[] {
    return [...this.renderRoot.querySelectorAll<SsChoice>("ss-choice")];
  }

  private count(): void {
    this.answered = this.choices().filter((choice) => choice.attempt).length;
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
        ${quiz.items.map(
          (item, index) =>
            html`<ss-choice .item=${item} .host=${this.host} .lesson=${quiz.lesson} .number=${index + 1} .of=${quiz.items.length}></ss-choice>`,
        )}
        <p class="tally">${this.answered} of ${quiz.items.length} answered</p>
      </section>
      <slot></slot>`;
  }
}
