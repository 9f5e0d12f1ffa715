import type { PropertyDeclarations, TemplateResult } from "lit";
import { controls, css, html, nothing } from "../kit";
import type { Plan, PlannedItem } from "../plan";
import { isRight } from "../scoring/right";
import { dateOf, dayOf } from "../scoring/day";
import { type ToReview, dueOn, scheduleAll } from "../scoring/schedule";
import { AskingPanel } from "./bank";
import { IN_ONE_GO, count, dayName, minutesFor } from "./course-panel";
import { panelLook } from "../look/panels";

/** Days ahead that are told. */
const AHEAD = 7;

/** What is due today, one question after another. */
export class SsReview extends AskingPanel {
  static override properties: PropertyDeclarations = { queue: { state: true }, right: { state: true } };
  static override styles = [controls, panelLook, css`.ahead td { min-width: 0; }`];

  /** What is asked in this go; null before the first and between two. */
  declare queue: readonly PlannedItem[] | null;
  declare right: number;

  constructor() {
    super();
    this.queue = null;
    this.right = 0;
    this.addEventListener("ss-next", () => this.next());
    this.addEventListener("ss-answered", () => {
      if (this.current?.attempt && isRight(this.current.attempt)) this.right += 1;
    });
  }

  protected get lesson(): string {
    return this.plan!.rooms.review;
  }

  private scheduled(plan: Plan): ToReview[] {
    return scheduleAll(plan.items, this.answers, new Date()).filter(({ item }) => this.bank(item.id));
  }

  private begin(): void {
    this.restore();
    this.queue = dueOn(this.scheduled(this.plan!), new Date()).slice(0, IN_ONE_GO).map(({ item }) => item);
    this.right = 0;
    this.meet(0);
  }

  private next(): void {
    this.meet(this.at + 1);
  }

  private meet(at: number): void {
    const queue = this.queue!;
    this.at = at;
    this.current = at < queue.length
      ? this.ask(this.plan!, queue[at]!, { onward: at + 1 < queue.length ? "Next" : "Finish" })
      : null;
    if (!this.current) this.restore();
    this.toHead();
  }

  protected shown(plan: Plan): TemplateResult {
    return html`<section class="live panel" aria-label="Review">${this.current ? this.asking(plan) : this.front(plan)}</section>`;
  }

  private asking(plan: Plan): TemplateResult {
    const { lesson } = this.queue![this.at]!;
    return html`<p class="head number" tabindex="-1">${this.at + 1} of ${this.queue!.length}, from “${plan.lessons.find(({ id }) => id === lesson)?.title}”</p>
      ${this.current}`;
  }

  private front(plan: Plan): TemplateResult {
    const now = new Date();
    const scheduled = this.scheduled(plan);
    const due = dueOn(scheduled, now);
    const go = Math.min(due.length, IN_ONE_GO);
    return html`${this.queue
        ? html`<div class="box"><h3 class="head" tabindex="-1">Done</h3><p>You had <b>${this.right} of ${this.queue.length}</b> right.
            ${this.right < this.queue.length ? "What was not right comes back soon: that is how it stays." : ""}</p></div>`
        : nothing}
      <div class="box"><h3>Due today</h3>
      ${due.length
        ? html`<p><b>${count(due.length, "question")}</b>${due.length > IN_ONE_GO ? html`, asked ${IN_ONE_GO} at a time` : nothing}.
              About ${count(minutesFor(due.slice(0, go).map(({ item }) => item)), "minute")}. What you were sure of and had wrong comes first.</p>
            <div class="row"><button type="button" @click=${this.begin}>${this.queue ? `Go on with ${go}` : `Begin with ${go}`}</button></div>`
        : scheduled.length
          ? html`<p>Nothing is due today. The next ${this.dueOnDay(scheduled, scheduled[0]!.due) === 1 ? "question comes" : "questions come"} back on
              ${dayName(dateOf(scheduled[0]!.due))}. Coming back then is worth more than going on now.</p>`
          : html`<p>Nothing yet. What you answer in the lessons, with the patients and in the clinic comes back here when it is time to be asked again.</p>`}
      ${scheduled.length ? this.ahead(scheduled, dayOf(now)) : nothing}</div>`;
  }

  private dueOnDay(scheduled: readonly ToReview[], day: number): number {
    return scheduled.filter(({ due }) => due === day).length;
  }

  private ahead(scheduled: readonly ToReview[], today: number): TemplateResult {
    const days = Array.from({ length: AHEAD }, (_, index) => today + 1 + index);
    return html`<details><summary>The next ${AHEAD} days</summary><table class="ahead"><tbody>${days.map((day) => html`<tr><th scope="row">${dayName(dateOf(day))}</th>
      <td>${count(this.dueOnDay(scheduled, day), "question")}</td></tr>`)}</tbody></table></details>`;
  }
}
