import type { PropertyDeclarations, TemplateResult } from "lit";
import { controls, css, html, nothing } from "../kit";
import { certificateLook } from "../look/certificate";
import { panelLook } from "../look/panels";
import type { Plan } from "../plan";
import { answersTo } from "../scoring/right";
import { type Sitting, sittings } from "../scoring/sittings";
import { type LessonStanding, isDone, lessonsOf, proper } from "../scoring/standing";
import { CoursePanel, count, wholeDate } from "./course-panel";

const LONGEST_NAME = 80;

/** A certificate of completion, to print. The name that is typed is kept nowhere. */
export class SsCertificate extends CoursePanel {
  static override properties: PropertyDeclarations = { name: { state: true } };
  static override styles = [
    controls,
    panelLook,
    certificateLook,
    css`
      .field { display: block; border: 0; padding: 0; min-height: 0; cursor: auto; }
      label.field:has(:focus-visible) { outline: none; }
      label.field:has(:focus-visible) input { outline: 3px solid var(--ss-focus); outline-offset: 2px; }
      .field input { font: inherit; width: 100%; max-width: 26rem; min-height: var(--ss-target); padding: var(--ss-gap-2); display: block; color: var(--ss-ink); background: var(--ss-paper);
        border: 1px solid var(--ss-edge); border-radius: var(--ss-radius); }
    `,
  ];

  declare name: string;

  constructor() {
    super();
    this.name = "";
  }

  protected shown(plan: Plan): TemplateResult {
    const standings = lessonsOf(plan, this.answers);
    const lessons = proper(standings);
    const left = lessons.filter((each) => !isDone(each));
    const check = plan.check ? sittings(plan.check, this.answers).filter(({ finished }) => finished).at(-1) : undefined;
    return html`<section class="live panel" aria-label="Certificate of completion">
      ${left.length || (plan.check && !check)
        ? this.missing(plan, left, check)
        : html`<div class="box"><label class="field">Your name, if you want it on the certificate
              <input type="text" autocomplete="off" maxlength=${LONGEST_NAME} .value=${this.name} @input=${(event: Event) => { this.name = (event.target as HTMLInputElement).value; }} /></label>
            <p class="note">It is printed and then forgotten: nothing keeps it.</p>
            <div class="row"><button type="button" @click=${this.print}>Print, or save as PDF</button></div></div>
          ${this.sheet(plan, standings, check)}`}
    </section>`;
  }

  private missing(plan: Plan, left: readonly LessonStanding[], check: Sitting | undefined): TemplateResult {
    const to = plan.lessons.find(({ id }) => id === plan.check?.id);
    return html`<div class="box"><p>The certificate is here when every question of the lessons is answered, rightly or not, and a final check is finished. Still open:</p>
      <ul>${left.map(({ lesson, items, answered }) => html`<li><a href=${lesson.href}>${lesson.title}</a>: ${answered} of ${items} answered</li>`)}
        ${plan.check && !check ? html`<li>${to ? html`<a href=${to.href}>${to.title}</a>` : plan.check.title}</li>` : nothing}</ul></div>`;
  }

  private sheet(plan: Plan, standings: readonly LessonStanding[], check: Sitting | undefined): TemplateResult {
    const lessons = proper(standings);
    const practice = standings.filter((each) => each.lesson.kind === "practice" && isDone(each));
    const minutes = [...lessons, ...practice].reduce((sum, { lesson }) => sum + lesson.minutes, 0);
    const last = this.completed(plan, lessons, check);
    return html`<article class="sheet" lang="en-GB">
      <h3>Certificate of completion</h3>
      <p>of the course “${plan.title}”</p>
      <p class="name">${this.name.trim()}</p>
      <p>has answered every question of the ${count(lessons.length, "lesson")} named here${check ? ` and ${check.right.of} questions of the final check` : ""}. Completed on <b>${wholeDate(last)}</b>.</p>
      <h4>What was covered</h4>
      <ul>${[...lessons, ...practice].map(({ lesson }) => html`<li>${lesson.title}</li>`)}</ul>
      <p>Study time as planned for these parts: about <b>${hours(minutes)}</b>.</p>
      <h4>What this attests, and what it does not</h4>
      <p>It says that answers to all these questions are kept where this was printed. The course sets no pass mark, and nobody watched.
        It is not a test of clinical competence, not an accredited qualification, and no proof of who answered.</p>
      <p class="small">${plan.title}, version ${plan.version}. Content reviewed by: ${plan.reviewedBy}. Education, not medical advice. Printed on ${wholeDate(new Date())}.</p>
    </article>`;
  }

  /** The day on which the last of what is attested was first answered. */
  private completed(plan: Plan, lessons: readonly LessonStanding[], check: Sitting | undefined): Date {
    const ids = new Set(lessons.map(({ lesson }) => lesson.id));
    const answers = answersTo(plan.items.filter(({ lesson }) => ids.has(lesson)), this.answers);
    const firsts = [...answers.values()].map((each) => Date.parse(each[0]!.at));
    return new Date(Math.max(...firsts, check ? Date.parse(check.answers.at(-1)!.at) : 0));
  }

  /** Print the sheet alone, in a frame of its own: JupyterLab would print the window it stands in. */
  private print(): void {
    const frame = Object.assign(document.createElement("iframe"), { title: "Certificate", className: "ss-print" });
    frame.style.cssText = "position:fixed;width:0;height:0;border:0";
    document.body.append(frame);
    const { document: paper, CSSStyleSheet: Sheet } = frame.contentWindow as Window & typeof globalThis;
    const look = new Sheet();
    look.replaceSync(certificateLook.cssText);
    paper.adoptedStyleSheets = [look];
    paper.title = "Certificate of completion";
    paper.documentElement.lang = "en-GB";
    paper.body.append(paper.importNode(this.renderRoot.querySelector(".sheet")!, true));
    frame.contentWindow!.addEventListener("afterprint", () => frame.remove());
    frame.contentWindow!.print();
  }
}

/** Minutes in words, to the half hour. */
function hours(minutes: number): string {
  const halves = Math.max(1, Math.round(minutes / 30));
  return halves === 1 ? "half an hour" : halves === 2 ? "1 hour" : `${halves / 2} hours`;
}
