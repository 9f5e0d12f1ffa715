import type { PropertyDeclarations, TemplateResult } from "lit";
import { Answering, LEVELS, cites, controls, css, html, indexOf, letter, nothing } from "../kit";
import type { CaseItem, CaseStep, Level } from "../item";
import { scoreCase } from "../scoring/score";
import type { Asks } from "./answering";

const DECIDE = "decide";

/**
 * One case: a patient met step by step. Its answer is the whole way, in order: "ask:listen:a" for a
 * question, "way:look:b" for a turn, and at last "act:" with the level decided on.
 */
export class SsCase extends Answering<CaseItem> {
  static override properties: PropertyDeclarations = { log: { state: true }, level: { state: true } };
  static override styles = [
    controls,
    css`
      .who { background: var(--ss-accent-soft); border-radius: var(--ss-radius); padding: var(--ss-gap-3) var(--ss-gap-4); margin: 0 0 var(--ss-gap-4); }
      .who p:last-child, .step > p:last-child { margin: 0; }
      .patient { font-weight: 600; }
      .step { border-left: 3px solid var(--ss-line); padding-left: var(--ss-gap-4); margin: 0 0 var(--ss-gap-4); }
      .step.here { border-left-color: var(--ss-accent); }
      .step:focus { outline: none; }
      h4 { margin: 0 0 var(--ss-gap-2); font-size: var(--ss-size); font-weight: 600; }
      .clock { font-size: var(--ss-size-small); color: var(--ss-ink-soft); }
      .asks { list-style: none; padding: 0; margin: 0 0 var(--ss-gap-3); display: grid; gap: var(--ss-gap-2); }
      .asks button { width: 100%; display: flex; justify-content: space-between; gap: var(--ss-gap-3); text-align: left; line-height: 1.4; }
      .asks button[aria-disabled="true"] { cursor: default; border-color: var(--ss-line); color: var(--ss-ink-soft); }
      .minutes { white-space: nowrap; font-weight: 400; }
      .reply { margin: var(--ss-gap-2) 0 0; padding: var(--ss-gap-2) var(--ss-gap-3); background: var(--ss-plum-soft); border-radius: var(--ss-radius); }
      .taken { font-style: italic; }
      .ways { display: grid; gap: var(--ss-gap-2); justify-items: start; }
      .ways button { text-align: left; line-height: 1.4; }
      ul.plain { margin: 0 0 var(--ss-gap-3); padding-left: 1.2em; }
      .now { border: 2px solid var(--ss-accent); border-radius: var(--ss-radius); padding: var(--ss-gap-3) var(--ss-gap-4); margin: 0 0 var(--ss-gap-3); }
    `,
  ];

  declare log: readonly string[];
  declare level: Level | null;

  constructor() {
    super();
    this.log = [];
    this.level = null;
  }

  private stepNamed(id: string): CaseStep | undefined {
    return this.item.steps.find((step) => step.id === id);
  }

  /** The steps met so far, each with the way taken out of it; the last is where the trainee stands. */
  private trail(log: readonly string[] = this.log): { step: CaseStep | null; way: number | null }[] {
    const trail: { step: CaseStep | null; way: number | null }[] = [{ step: this.item.steps[0]!, way: null }];
    for (const [what, id, way] of log.map((entry) => entry.split(":"))) {
      const last = trail.at(-1)!;
      if (what !== "way" || last.step?.id !== id) continue;
      last.way = indexOf(way ?? "");
      const next = last.step!.ways[last.way]?.next;
      if (next) trail.push({ step: next === DECIDE ? null : (this.stepNamed(next) ?? null), way: null });
    }
    return trail;
  }

  private asked(log: readonly string[] = this.log): Record<string, number[]> {
    const asked: Record<string, number[]> = {};
    for (const [what, id, ask] of log.map((entry) => entry.split(":"))) {
      if (what === "ask") (asked[id!] ??= []).push(indexOf(ask ?? ""));
    }
    return asked;
  }

  private get minutesLeft(): number {
    const asked = this.asked();
    return this.item.steps.reduce((left, step) => left - (asked[step.id] ?? []).reduce((sum, ask) => sum + step.asks[ask]!.minutes, 0), this.item.minutes);
  }

  protected answered(): string[] {
    return [...this.log, `act:${this.level}`];
  }

  protected fill(answer: readonly string[]): boolean {
    const log = answer.slice(0, -1);
    const level = LEVELS.find((each) => answer.at(-1) === `act:${each}`);
    const asksFit = Object.entries(this.asked(log)).every(([id, asks]) => asks.every((ask) => this.stepNamed(id)?.asks[ask]));
    if (!level || !asksFit || this.trail(log).at(-1)!.step) return false;
    Object.assign(this, { log, level });
    return true;
  }

  protected clear(): void {
    this.log = [];
    this.level = null;
  }

  protected missing(): Asks | null {
    if (this.trail().at(-1)!.step) return { says: "Go on to the decision first.", focus: ".here button:last-of-type" };
    return this.level ? null : { says: "Decide how fast to act first.", focus: ".decision input" };
  }

  protected score(): number {
    return scoreCase(this.item, this.asked(), this.level!);
  }

  private put(step: CaseStep, index: number): void {
    const ask = step.asks[index]!;
    if (this.asked()[step.id]?.includes(index) || ask.minutes > this.minutesLeft) return;
    this.log = [...this.log, `ask:${step.id}:${letter(index)}`];
  }

  private go(step: CaseStep, way: number): void {
    this.log = [...this.log, `way:${step.id}:${letter(way)}`];
    this.asks = "";
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(".here")?.focus());
  }

  override render(): TemplateResult {
    const deciding = this.trail().at(-1)!.step === null;
    return deciding
      ? super.render()
      : html`<form @submit=${this.submit} novalidate><div class="task">${this.task()}</div></form>`;
  }

  protected task(): TemplateResult {
    const trail = this.trail();
    return html`<div class="who"><p class="patient">${this.item.patient}</p><p>${this.item.history}</p></div>
      ${trail.map(({ step, way }, index) => (step ? this.step(step, way, index === trail.length - 1, index) : this.decision()))}`;
  }

  private step(step: CaseStep, way: number | null, here: boolean, index: number): TemplateResult {
    const asked = this.asked()[step.id] ?? [];
    const shown = step.asks.map((ask, number) => ({ ...ask, number })).filter(({ number }) => here || asked.includes(number));
    return html`<section class="step ${here ? "here" : ""}" tabindex="-1" aria-label="Step ${index + 1}">
      <p>${step.says}</p>
      ${here && step.asks.length ? html`<h4>What do you ask?</h4><p class="clock" role="status">${this.clock()}</p>` : nothing}
      ${shown.length ? html`<ul class="asks">${shown.map((ask) => this.question(step, ask, asked.includes(ask.number), here))}</ul>` : nothing}
      ${here ? this.ways(step) : step.ways[way!]?.text ? html`<p class="taken">You chose: ${step.ways[way!]!.text}</p>` : nothing}
    </section>`;
  }

  private clock(): string {
    const left = this.minutesLeft;
    return left > 0 ? `You have ${left} ${left === 1 ? "minute" : "minutes"} left for questions.` : "Your time for questions is used up.";
  }

  private question(step: CaseStep, ask: CaseStep["asks"][number] & { number: number }, asked: boolean, here: boolean): TemplateResult {
    const closed = asked || ask.minutes > this.minutesLeft;
    return html`<li>${here
        ? html`<button type="button" class="quiet" aria-disabled=${closed} @click=${() => this.put(step, ask.number)}>
            <span>${ask.text}</span><span class="minutes">${asked ? "asked" : `${ask.minutes} min`}</span></button>`
        : html`<b>${ask.text}</b>`}
      <div role="status">${asked ? html`<p class="reply">${ask.answer}</p>` : nothing}</div></li>`;
  }

  private ways(step: CaseStep): TemplateResult {
    const taken = new Set(this.log.filter((entry) => entry.startsWith(`way:${step.id}:`)).map((entry) => indexOf(entry.at(-1)!)));
    const several = step.ways.length > 1;
    /* A wrong turn is not offered twice, unless nothing else is left. */
    const over = (way: number): boolean => several && taken.has(way) && taken.size < step.ways.length;
    return html`${several ? html`<h4>What do you do?</h4>` : nothing}
      <div class="ways">${step.ways.map(({ text, next }, way) =>
        over(way)
          ? nothing
          : html`<button type="button" class=${several ? "quiet" : ""} @click=${() => this.go(step, way)}>
              ${text || (next === DECIDE ? "Go on to the decision" : "Go on")}</button>`)}</div>`;
  }

  private decision(): TemplateResult {
    return html`<section class="step here" tabindex="-1" aria-label="Decision"><fieldset class="options decision">
      <legend>How fast does this need action?</legend>
      ${LEVELS.map((level, index) => {
        const picked = this.level === level;
        const right = level === this.item.action;
        const told = this.done && (picked || right);
        return html`<label class=${told ? (right ? "good" : "bad") : ""}>
          <input type="radio" name="level" .checked=${picked} ?disabled=${this.done} @change=${() => { this.level = level; this.asks = ""; }} />
          <span class="words">${this.item.levels[index]!.name}${told
            ? html`<span class="mark">${right ? (picked ? "✓ Your decision, and right" : "✓ The right level") : "✗ Your decision"}</span>` : nothing}</span></label>`;
      })}
    </fieldset></section>`;
  }

  protected override verdict(): TemplateResult {
    const faster = LEVELS.indexOf(this.item.action) - LEVELS.indexOf(this.level!);
    const says = faster === 0 ? "The right speed." : faster > 0 ? "Faster than needed." : "Too slow for this one.";
    return html`<p class="verdict ${faster === 0 ? "good" : "bad"}">${says}</p>`;
  }

  protected why(): TemplateResult {
    const { item } = this;
    const chosen = LEVELS.indexOf(this.level!);
    const key = LEVELS.indexOf(item.action);
    const because = (level: number): TemplateResult =>
      html`<div class="why ${level === key ? "good" : "bad"}"><p><b>${item.levels[level]!.name}:</b> ${item.levels[level]!.why}</p></div>`;
    const asked = this.asked();
    const questions = item.steps.flatMap((step) => step.asks.map((ask, index) => ({ ...ask, asked: !!asked[step.id]?.includes(index) })));
    const missed = questions.filter((each) => each.key && !each.asked);
    const list = (head: string, texts: string[]): TemplateResult | typeof nothing =>
      texts.length ? html`<h4>${head}</h4><ul class="plain">${texts.map((words) => html`<li>${words}</li>`)}</ul>` : nothing;
    return html`${because(chosen)} ${chosen === key ? nothing : because(key)}
      <div class="now"><h4>What happens now</h4><p>${item.detail}</p></div>
      <p>${item.debrief}</p>
      <p><b>What the team will think of:</b> ${item.consider}</p>
      ${list("What mattered", item.cues)} ${list("What could mislead", item.lures)}
      ${missed.length
        ? html`<h4>Questions worth asking next time</h4>${missed.map((each) => this.because(each))}`
        : questions.some((each) => each.key) ? html`<p>You asked all the questions that this decision rests on.</p>` : nothing}
      <details><summary>Every question, every level, and why</summary>
        ${questions.filter((each) => !missed.includes(each)).map((each) => this.because(each))}
        ${LEVELS.map((_, level) => (level === chosen || level === key ? nothing : because(level)))}</details>
      ${cites(item.sources)}`;
  }

  private because({ text, why, key, asked, answer }: CaseStep["asks"][number] & { asked: boolean }): TemplateResult {
    return html`<div class="why ${key ? (asked ? "good" : "bad") : ""}"><p><b>${text}</b> ${asked ? nothing : answer} ${why}</p></div>`;
  }
}
