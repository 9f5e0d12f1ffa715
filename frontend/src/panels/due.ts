import type { TemplateResult } from "lit";
import { controls, html } from "../kit";
import { panelLook } from "../look/panels";
import type { Plan } from "../plan";
import { dateOf } from "../scoring/day";
import { dueOn, scheduleAll } from "../scoring/schedule";
import { CoursePanel, IN_ONE_GO, count, dayName, minutesFor } from "./course-panel";

/** What is due for review today, on the start page. */
export class SsDue extends CoursePanel {
  static override styles = [controls, panelLook];

  protected shown(plan: Plan): TemplateResult {
    const now = new Date();
    const scheduled = scheduleAll(plan.items, this.answers, now);
    const due = dueOn(scheduled, now);
    const review = plan.lessons.find(({ id }) => id === plan.rooms.review);
    const says = due.length
      ? html`<p><b>${count(due.length, "question")}</b> to answer again${due.length > IN_ONE_GO ? `, ${IN_ONE_GO} at a time` : ""}:
            about ${count(minutesFor(due.slice(0, IN_ONE_GO).map(({ item }) => item)), "minute")}.
            ${review ? html`<a href=${review.href}>Go to the review</a>` : ""}</p>`
      : scheduled.length
        ? html`<p>Nothing today. The next questions come back on ${dayName(dateOf(scheduled[0]!.due))}.</p>`
        : html`<p>Nothing yet. What you answer comes back here when it is time to be asked again.</p>`;
    return html`<section class="live panel box" aria-label="Due today"><h2>Due today</h2>${says}</section>`;
  }
}
