import type { PropertyDeclarations, TemplateResult } from "lit";
import { type Attempt, inOrder } from "../attempt";
import type { Host } from "../hosts/host";
import { LitElement, html } from "../kit";
import type { Plan, PlannedItem } from "../plan";

/** What looks at the whole course: it has its plan, and every answer that is kept. Its light children are the printed form. */
export abstract class CoursePanel extends LitElement {
  static override properties: PropertyDeclarations = {
    plan: { attribute: false },
    host: { attribute: false },
    answers: { state: true },
  };

  declare plan: Plan | null;
  declare host: Host;
  /** Every answer that is kept to an item of the course, also to older wordings, oldest first. */
  declare answers: readonly Attempt[];

  constructor() {
    super();
    this.plan = null;
    this.answers = [];
  }

  /** Take what is kept, also after a progress file was loaded. */
  restore(): void {
    if (this.plan && this.hasUpdated) this.answers = inOrder(this.host.attempts(this.plan.items.map(({ id }) => id)));
  }

  override firstUpdated(): void {
    this.toggleAttribute("printed", this.childElementCount > 0);
    this.restore();
  }

  protected abstract shown(plan: Plan): TemplateResult;

  override render(): TemplateResult {
    return html`${this.plan ? this.shown(this.plan) : ""}<slot></slot>`;
  }
}

/** Questions of a review asked in one go; a longer list is taken in parts. */
export const IN_ONE_GO = 20;

/** "1 question", "2 questions". */
export const count = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`;

const DATE = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });
const WHOLE_DATE = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });
/** A date as "Monday 23 November". */
export const dayName = (date: Date): string => DATE.format(date).replace(",", "");
/** A date as "23 November 2026". */
export const wholeDate = (date: Date): string => WHOLE_DATE.format(date);

/** Whole minutes that items take: about half a minute for a vignette, four minutes for a patient, 45 seconds for the rest. */
export const minutesFor = (items: readonly PlannedItem[]): number =>
  Math.max(1, Math.round(items.reduce((sum, { kind }) => sum + (kind === "case" ? 4 : kind === "vignette" ? 0.5 : 0.75), 0)));
