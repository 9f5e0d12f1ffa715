import type { PropertyDeclarations } from "lit";
import type { Answering } from "../activities/answering";
import type { Item } from "../item";
import { elementFor } from "../kit";
import type { Plan, PlannedItem } from "../plan";
import { CoursePanel } from "./course-panel";

/** Items by their ids. */
export type Bank = (id: string) => Item | undefined;

/** A panel that asks items from anywhere in the course, one at a time. */
export abstract class AskingPanel extends CoursePanel {
  static override properties: PropertyDeclarations = { bank: { attribute: false }, current: { state: true }, at: { state: true } };

  declare bank: Bank;
  /** The item that is being answered. */
  declare current: Answering<Item> | null;
  /** How many of the items asked here are done. */
  declare at: number;

  constructor() {
    super();
    this.current = null;
    this.at = 0;
  }

  /** Lesson that the answers are given in. */
  protected abstract get lesson(): string;

  /** An element that asks an item; null where this page does not have it. */
  protected ask(plan: Plan, { id }: PlannedItem, more: Partial<Answering<Item>>): Answering<Item> | null {
    const item = this.bank(id);
    if (!item) return null;
    const levels = item.kind === "vignette" ? { levels: plan.levels } : {};
    return Object.assign(elementFor(item), { item, host: this.host, lesson: this.lesson, number: 1, of: 1, ...levels, ...more });
  }

  /** Begin at the head of what is shown: for who has come from the question before. */
  protected toHead(): void {
    void this.updateComplete.then(() => {
      const head = this.renderRoot.querySelector<HTMLElement>(".head");
      head?.focus({ preventScroll: true });
      head?.scrollIntoView({ block: "nearest" });
    });
  }
}
