import type { PropertyDeclarations, TemplateResult } from "lit";
import type { Answering } from "../activities/answering";
import type { Attempt } from "../attempt";
import type { Host } from "../hosts/host";
import type { Item } from "../item";
import { controls, css, html, nothing, problem, uuid } from "../kit";
import { panelLook } from "../look/panels";
import type { FinalCheck, Plan, PlannedItem } from "../plan";
import { isRight } from "../scoring/right";
import { type Sitting, draw, gain, lengthOf, resumed, sittings } from "../scoring/sittings";
import { AskingPanel } from "./bank";
import { percent, points, range } from "./charts";
import { count, minutesFor, wholeDate } from "./course-panel";

/** The final check: a sitting of questions from the whole course, explained at its end. */
export class SsFinalCheck extends AskingPanel {
  static override properties: PropertyDeclarations = { queue: { state: true }, finished: { state: true }, note: { state: true } };
  static override styles = [
    controls,
    panelLook,
    css`
      progress { width: 100%; accent-color: var(--ss-accent); margin: 0 0 var(--ss-gap-3); }
      details > :is(ss-choice, ss-match, ss-order, ss-hotspot, ss-spot, ss-worked, ss-case, ss-vignette) { display: block; }
    `,
  ];

  /** The items of the running sitting; null between sittings. */
  declare queue: readonly PlannedItem[] | null;
  /** The sitting that was just finished. */
  declare finished: Sitting | null;
  /** Why the last answer could not be kept, said once. */
  declare note: string;
  private sitting = "";
  /** Answers given here: a host that cannot keep them does not lose them from the result. */
  private own: Attempt[] = [];
  /** The questions of the finished sitting, as they were answered. */
  private told: { element: Answering<Item>; right: boolean }[] = [];

  constructor() {
    super();
    this.queue = null;
    this.finished = null;
    this.note = "";
    this.addEventListener("ss-answered", () => this.answered());
  }

  protected get lesson(): string {
    return this.check.id;
  }

  private get check(): FinalCheck {
    return this.plan!.check!;
  }

  /** Everything known, with what was answered here. */
  private get all(): readonly Attempt[] {
    const ids = new Set(this.answers.map(({ id }) => id));
    return [...this.answers, ...this.own.filter(({ id }) => !ids.has(id))];
  }

  private get taken(): Sitting[] {
    return sittings(this.check, this.all);
  }

  private begin(): void {
    this.restore();
    this.sitting = uuid();
    this.go(draw(this.check, this.plan!.items.filter(({ id }) => this.bank(id)), this.sitting, this.all), 0);
  }

  private goOn(sitting: Sitting): void {
    this.sitting = sitting.id;
    this.go(resumed(this.check, this.plan!.items.filter(({ id }) => this.bank(id)), sitting, this.all), sitting.answers.length);
  }

  private go(queue: readonly PlannedItem[], at: number): void {
    this.queue = queue;
    this.finished = null;
    this.note = "";
    this.meet(at);
  }

  private meet(at: number): void {
    const { queue, sitting } = this;
    this.at = at;
    this.current = at < queue!.length ? this.ask(this.plan!, queue![at]!, { later: true, sitting, host: this.watched() }) : null;
    /* A hint would be feedback. */
    if (this.current) this.current.item = { ...this.current.item, hints: [] };
    else this.finish();
    this.toHead();
  }

  private answered(): void {
    const attempt = this.current?.attempt;
    if (!attempt) return;
    this.own.push(attempt);
    this.meet(this.at + 1);
  }

  /** The host, for an item that is gone when it hears that its answer could not be kept: that is said beside the next. */
  private watched(): Host {
    const keep = (attempt: Attempt): Promise<void> =>
      this.host.keep(attempt).catch((reason: Error) => { this.note = reason.message; });
    return Object.assign(Object.create(this.host) as Host, { keep });
  }

  private finish(): void {
    this.restore();
    const sitting = this.taken.find(({ id }) => id === this.sitting);
    this.finished = sitting ?? null;
    this.queue = null;
    this.told = (sitting?.answers ?? []).flatMap((attempt) => {
      const planned = this.plan!.items.find(({ id }) => id === attempt.item);
      const element = planned ? this.ask(this.plan!, planned, {}) : null;
      element?.restore(attempt);
      return element ? [{ element, right: isRight(attempt) }] : [];
    });
  }

  protected shown(plan: Plan): TemplateResult {
    if (!plan.check) return html`<p class="live">This course has no final check.</p>`;
    return html`<section class="live panel" aria-label=${plan.check.title}>
      ${this.queue ? this.asking() : html`${this.finished ? this.result(this.finished) : nothing}${this.front(plan)}`}
      ${problem(this.note, this.host, (note) => { this.note = note; })}</section>`;
  }

  private asking(): TemplateResult {
    const of = this.queue!.length;
    return html`<p class="head number" tabindex="-1">Question ${this.at + 1} of ${of}</p>
      <progress max=${of} value=${this.at} aria-label="Questions answered">${this.at} of ${of}</progress>
      ${this.current}`;
  }

  private front(plan: Plan): TemplateResult {
    const { check } = this;
    const taken = this.taken;
    const half = taken.at(-1)?.finished === false ? taken.at(-1)! : null;
    const minutes = minutesFor(draw(check, plan.items, "", []));
    return html`<div class="box"><h3>${check.title}</h3><p>${check.says}</p>
        <p>${lengthOf(check)} questions, about ${minutes} minutes. What is right is told at the end. Stop when you like, and go on later.</p>
        <div class="row">
          ${half ? html`<button type="button" @click=${() => this.goOn(half)}>Go on after ${half.answers.length} of ${lengthOf(check)}</button>` : nothing}
          <button type="button" class=${half ? "quiet" : ""} @click=${this.begin}>${taken.length ? "Begin anew, with other questions" : "Begin"}</button>
        </div></div>
      ${this.soFar(plan, taken.filter(({ finished }) => finished))}`;
  }

  /** The sittings so far, beside the check before the course. */
  private soFar(plan: Plan, done: readonly Sitting[]): TemplateResult | typeof nothing {
    if (!done.length) return nothing;
    return html`<div class="box"><h3>Your checks so far</h3>${checksTable(plan, this.all, done)}</div>`;
  }

  private result(sitting: Sitting): TemplateResult {
    const wrong = this.told.filter((each) => !each.right);
    const right = this.told.filter((each) => each.right);
    return html`<div class="box"><h3 class="head" tabindex="-1">Your result</h3>
        <p>You had <b>${sitting.right.count} of ${sitting.right.of}</b> right (${percent(sitting.right.value)}; likely ${range(sitting.right)}).</p>
        <p>There is no pass mark. Look at what was not right: each question says why.</p></div>
      ${wrong.length ? html`<details open><summary>${count(wrong.length, "question")} to look at</summary>${wrong.map(({ element }) => element)}</details>` : nothing}
      ${right.length ? html`<details><summary>${count(right.length, "question")} you had right</summary>${right.map(({ element }) => element)}</details>` : nothing}`;
  }
}

/** The check before the course and every finished sitting, with the gain. */
export function checksTable(plan: Plan, inOrder: readonly Attempt[], done: readonly Sitting[]): TemplateResult {
  const check = plan.check!;
  const gained = gain(check, plan.items, inOrder, done.at(-1)?.right ?? null);
  const first = gain(check, plan.items, inOrder, done[0]?.right ?? null)?.before;
  return html`<table class="checks"><thead><tr><th scope="col">Check</th><th scope="col">Right</th><th scope="col">Likely range</th></tr></thead><tbody>
      ${first ? html`<tr><th scope="row">Before the course</th><td>${first.count} of ${first.of}</td><td>${range(first)}</td></tr>` : nothing}
      ${done.map(({ right, answers }) => html`<tr><th scope="row">${check.title}, ${wholeDate(new Date(answers.at(-1)!.at))}</th><td>${right.count} of ${right.of}</td><td>${range(right)}</td></tr>`)}
    </tbody></table>
    ${gained
      ? html`<p>From before the course to your newest check: <b>${points(gained.value)}</b> (likely ${points(gained.low)} to ${points(gained.high)}).</p>
        <p class="soft">The two checks ask different questions, and the first is short. Take the difference as a hint.</p>`
      : html`<p class="soft">You have not answered the first check of “Start here”, so there is nothing to compare this with. That does not matter.</p>`}`;
}
