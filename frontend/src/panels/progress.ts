import type { PropertyDeclarations, TemplateResult } from "lit";
import { controls, css, giveFile, html, nothing } from "../kit";
import { panelLook } from "../look/panels";
import type { Plan } from "../plan";
import { CERTAINTIES, calibration } from "../scoring/calibration";
import { answersTo, isRight } from "../scoring/right";
import { dateOf, dayOf } from "../scoring/day";
import { dueOn, scheduleAll } from "../scoring/schedule";
import { sittings } from "../scoring/sittings";
import { metIn, missedEmergencies } from "../scoring/spotting";
import { HOLDS, type LessonStanding, type Next, STANDINGS, type Standing, lessonsOf, nextSteps } from "../scoring/standing";
import { calibrationChart, range } from "./charts";
import { CoursePanel, IN_ONE_GO, count, dayName, wholeDate } from "./course-panel";
import { checksTable } from "./final-check";
import { CERTAIN, allFigures, figuresLook } from "./spotter-figures";

const STANDING: Record<Standing, { name: string; mark: string }> = {
  "not-met": { name: "Not met", mark: "○" },
  met: { name: "Met", mark: "◔" },
  practised: { name: "Practised", mark: "◑" },
  holding: { name: "Holding", mark: "●" },
};

const BEST_FIRST = [...STANDINGS].reverse();

/** Where a trainee stands, and what to do next; and the way to forget it all. */
export class SsProgress extends CoursePanel {
  static override properties: PropertyDeclarations = { asking: { state: true }, note: { state: true } };
  static override styles = [
    controls,
    panelLook,
    ...figuresLook,
    css`
      .next { border-left: 6px solid var(--ss-accent); }
      .next p:first-of-type { font-size: var(--ss-size-lead); }
      .bar { display: flex; gap: 3px; min-width: 4rem; margin: var(--ss-gap-1) 0 0; }
      .bar i { flex: 1; height: 0.6rem; border: 1px solid var(--ss-edge); border-radius: 0.2rem; background: var(--ss-paper); }
      .bar .met { background: var(--ss-accent-soft); }
      .bar .practised { background: linear-gradient(to right, var(--ss-accent) 55%, var(--ss-accent-soft) 55%); }
      .bar .holding { background: var(--ss-accent); }
      :is(.lessons, .checks) td { min-width: 0; }
      .lessons td { font-weight: 400; }
      .lessons :is(th, td) { overflow-wrap: anywhere; }
      .lessons details { margin: 0; }
      .lessons summary { min-height: 0; padding: var(--ss-gap-1) 0; }
      .mark { display: inline; font-weight: 600; white-space: nowrap; color: var(--ss-ink-soft); }
      .key { display: grid; grid-template-columns: auto 1fr; gap: 0 var(--ss-gap-3); margin: 0 0 var(--ss-gap-3); }
      .key dt { font-weight: 600; }
      .key dd { margin: 0; }
    `,
  ];

  /** Whether the trainee is being asked if all shall be erased. */
  declare asking: boolean;
  declare note: string;

  constructor() {
    super();
    this.asking = false;
    this.note = "";
  }

  protected shown(plan: Plan): TemplateResult {
    const now = new Date();
    const standings = lessonsOf(plan, this.answers);
    const scheduled = scheduleAll(plan.items, this.answers, now);
    const due = dueOn(scheduled, now);
    const met = metIn(plan.items, this.answers);
    const taken = plan.check ? sittings(plan.check, this.answers) : [];
    const steps = nextSteps(standings, due.length, met, taken, plan.check !== null);
    return html`<section class="live panel" aria-label="Where you stand">
      ${this.next(plan, steps)}
      <h3>Lessons and objectives</h3>
      ${key()} ${this.lessons(standings)}
      <h3>Being sure and being right</h3>
      ${this.sureness(plan)}
      <h3>You as a spotter</h3>
      ${met.length
        ? html`${this.emergencies(met)}${allFigures(met, met.length - new Set(met.map(({ vignette }) => vignette)).size)}`
        : html`<p>You have not met a vignette yet. The spotter’s clinic has them, ten at a time.</p>`}
      <p class="soft">These figures come from practice on written vignettes. They are not a measure of clinical competence.</p>
      <h3>From before to after</h3>
      ${this.checks(plan, taken)}
      <h3>When it comes back</h3>
      <p>${due.length ? html`<b>${count(due.length, "question")}</b> due today.` : "Nothing is due today."}
        ${scheduled.some((each) => each.due > dayOf(now))
          ? `The next ${due.length ? "after that " : ""}on ${dayName(dateOf(scheduled.find((each) => each.due > dayOf(now))!.due))}.` : ""}
        ${scheduled.length ? `${count(scheduled.length, "question")} ${scheduled.length === 1 ? "has" : "have"} a date.` : ""}</p>
      <h3>Your record</h3>
      ${this.record(plan)}
    </section>`;
  }

  private next(plan: Plan, [first, ...others]: Next[]): TemplateResult {
    const [says, why] = this.words(plan, first!);
    return html`<div class="box next"><h3>Next</h3><p>${says}</p><p>${why}</p>
      ${others.length
        ? html`<details><summary>Or one of these</summary>${others.map((each) => {
            const [do_, because] = this.words(plan, each);
            return html`<p>${do_}<br />${because}</p>`;
          })}</details>`
        : nothing}</div>`;
  }

  /** What to do, with its link, and why. */
  private words(plan: Plan, next: Next): [TemplateResult, string] {
    const to = (id: string, words: string): TemplateResult => {
      const lesson = plan.lessons.find((each) => each.id === id);
      return lesson ? html`<a href=${lesson.href}>${words}</a>` : html`<b>${words}</b>`;
    };
    switch (next.do) {
      case "go-on":
        return [to(next.lesson.lesson.id, `Go on with “${next.lesson.lesson.title}”`),
          `You have answered ${next.lesson.answered} of its ${next.lesson.items} questions.`];
      case "begin":
        return [to(next.lesson.lesson.id, `Begin “${next.lesson.lesson.title}”`),
          next.lesson.lesson.kind === "lesson" ? "It is the next lesson that you have not begun." : "You have not been there yet, and it is practice that the lessons do not give."];
      case "review":
        return [to(plan.rooms.review, `Review ${count(next.due, "question")}`), `${next.due === 1 ? "It is" : "They are"} due today${next.due > IN_ONE_GO ? `, and asked ${IN_ONE_GO} at a time` : ""}. Answered at the right time, what you know stays longest.`];
      case "emergencies":
        return [to(plan.rooms.red_flags, "Read the emergency cards"),
          `In the clinic ${next.missed} of ${count(next.met, "emergency", "emergencies")} that you met ${next.missed === 1 ? "was" : "were"} not acted on at once. These are the ones that cannot wait.`];
      case "practise":
        return [to(next.lesson.lesson.id, `Go through “${next.lesson.lesson.title}” once more`),
          `${count(next.weak, "objective")} there ${next.weak === 1 ? "is" : "are"} met and not yet practised: the newest answers were not right often enough.`];
      case "check":
        return [to(plan.rooms.final_check, "Take the final check"), "You have been through every lesson. The check shows what has stayed, and what to look at again."];
      case "rest":
        return [html`<b>Nothing today.</b>`, "You have done all there is to do, and nothing is due. Come back when it is."];
    }
  }

  private lessons(standings: readonly LessonStanding[]): TemplateResult {
    return html`<table class="lessons"><thead><tr><th scope="col">Lesson</th><th scope="col">Answered</th><th scope="col">Objectives</th></tr></thead>
      <tbody>${standings.map(({ lesson, items, answered, objectives }) => html`<tr>
        <th scope="row"><a href=${lesson.href}>${lesson.title}</a></th><td>${answered} of ${items}</td>
        <td><details><summary>${this.inWords(objectives.map(({ standing }) => standing))}
            <span class="bar" aria-hidden="true">${BEST_FIRST.flatMap((standing) => objectives.filter((each) => each.standing === standing).map(() => html`<i class=${standing}></i>`))}</span></summary>
          <ul>${objectives.map(({ says, standing }) => html`<li>${says} <span class="mark">${STANDING[standing].mark} ${STANDING[standing].name}</span></li>`)}</ul></details></td></tr>`)}
      </tbody></table>`;
  }

  private inWords(standings: readonly Standing[]): string {
    return BEST_FIRST
      .map((standing) => [standings.filter((each) => each === standing).length, STANDING[standing].name.toLowerCase()] as const)
      .filter(([number]) => number)
      .map(([number, name]) => `${number} ${name}`).join(", ");
  }

  private sureness(plan: Plan): TemplateResult {
    const given = [...answersTo(plan.items, this.answers).values()].flat()
      .flatMap((attempt) => (attempt.certainty && attempt.score !== null ? [{ certainty: attempt.certainty, right: isRight(attempt) }] : []));
    if (!given.length) return html`<p>Each question asks how sure you are. How often “sure” was right will show here.</p>`;
    const shares = calibration(given);
    const rows = CERTAINTIES.map((certainty) => ({ name: CERTAIN[certainty], share: shares[certainty] }));
    const sure = shares.sure;
    return html`${sure ? html`<p>When you were sure, you were right <b>${sure.count} of ${sure.of}</b> times. ${sure.of >= 10 && sure.high < 0.8
          ? "So being sure is not yet a sign that you are right: look twice, most of all when you feel certain." : ""}</p>` : nothing}
      <div class="charts"><figure>${calibrationChart(rows)}<figcaption>All questions: how often each was right. The bars are the likely ranges (95 % intervals).</figcaption></figure></div>
      <details><summary>The same as a table</summary><table><tbody>${rows.map(({ name, share }) => html`<tr><th scope="row">${name}</th>
        <td>${share ? `${share.count} of ${share.of} right; likely ${range(share)}` : "none yet"}</td></tr>`)}</tbody></table></details>`;
  }

  private emergencies(met: ReturnType<typeof metIn>): TemplateResult | typeof nothing {
    const emergencies = met.filter(({ key }) => key === "same-day-emergency");
    return emergencies.length
      ? html`<p><b>Emergencies:</b> ${emergencies.length - missedEmergencies(emergencies).length} of ${emergencies.length} acted on at once.</p>`
      : nothing;
  }

  private checks(plan: Plan, taken: ReturnType<typeof sittings>): TemplateResult {
    const done = taken.filter(({ finished }) => finished);
    if (done.length) return checksTable(plan, this.answers, done);
    return html`<p>You have not finished a final check yet. Its result will stand here, beside the first questions of “Start here”.</p>`;
  }

  private record(plan: Plan): TemplateResult {
    const { answers } = this;
    const reworded = answers.length - [...answersTo(plan.items, answers).values()].flat().length;
    const gone = this.host.unasked(plan.items.map(({ id }) => id));
    return html`<p>${answers.length
        ? `Your answers go from ${wholeDate(new Date(answers[0]!.at))} to ${wholeDate(new Date(answers.at(-1)!.at))}.`
        : "No answers yet."}
        ${reworded ? `${count(reworded, "answer")} ${reworded === 1 ? "belongs" : "belong"} to questions that have been reworded since: kept, but not counted.` : ""}
        ${gone ? `${count(gone, "answer")} ${gone === 1 ? "belongs" : "belong"} to questions that this course does not have: kept, but not counted.` : ""}
        ${this.host.elsewhere?.kept ?? "Only you can see them. They are on this machine and in the files that you save."}</p>
      ${this.asking
        ? html`<div class="box" role="group" aria-label="Erase everything"><p><b>Erase all your answers, for good?</b> Nobody can bring them back,
              unless you have saved them to a file.</p>
            <div class="row"><button type="button" class="keep" @click=${() => this.ask(false)}>No, keep them</button>
              <button type="button" class="quiet" @click=${() => giveFile(this.host).catch((reason: Error) => { this.note = reason.message; })}>Save them to a file first</button>
              <button type="button" class="quiet erase" @click=${this.erase}>Yes, erase everything</button></div></div>`
        : html`<div class="row"><button type="button" class="quiet ask" @click=${() => this.ask(true)}>Erase all my answers</button></div>`}
      <p class="note" role="status">${this.note}</p>`;
  }

  private ask(asking: boolean): void {
    this.asking = asking;
    this.note = "";
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(asking ? ".keep" : ".ask")?.focus());
  }

  private async erase(): Promise<void> {
    try {
      this.note = await this.host.erase();
    } catch (reason) {
      this.note = (reason as Error).message;
    }
    this.asking = false;
    this.restore();
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(".ask")?.focus());
  }
}

/** What the four standings mean. */
function key(): TemplateResult {
  const means: Record<Standing, string> = {
    "not-met": "none of its questions answered yet",
    met: "at least one answered",
    practised: "your newest answers are right at half of its questions, or at five",
    holding: `practised, and one of them right again after ${HOLDS} days or more`,
  };
  return html`<details><summary>What the words mean</summary><dl class="key">${STANDINGS.map((standing) => html`<dt>${STANDING[standing].mark} ${STANDING[standing].name}</dt><dd>${means[standing]}</dd>`)}</dl></details>`;
}
