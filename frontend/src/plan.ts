/** The course in outline, as the panels that look at the whole of it are given it. */

import type { Item, Level } from "./item";

export interface PlannedItem {
  id: string;
  /** Hash of today's wording; answers to another wording do not count. */
  version: string;
  objective: string;
  /** Id of the lesson that asks it. */
  lesson: string;
  kind: Item["kind"];
  /** How fast to act, where the item is a vignette; empty elsewhere. */
  action: Level | "";
}

/** An item as it travels: id, version, kind unless it is a choice, the level of a vignette. */
type ItemData = [string, string, Item["kind"]?, Level?];

export interface PlannedLesson {
  id: string;
  title: string;
  href: string;
  kind: "lesson" | "practice" | "reference" | "record";
  /** About how long it takes. */
  minutes: number;
  objectives: { id: string; says: string }[];
}

/** How a final check is drawn: from each set of objectives so many items. */
export interface FinalCheck {
  id: string;
  title: string;
  says: string;
  /** Items of the check before the course, which the result is put beside. */
  before: string[];
  draws: { objectives: string[]; items: number }[];
}

export interface Plan {
  course: string;
  title: string;
  version: string;
  reviewedBy: string;
  lessons: PlannedLesson[];
  items: PlannedItem[];
  /** Names of the levels of how fast to act, from the fastest. */
  levels: string[];
  check: FinalCheck | null;
  /** The lesson where each of these is; empty where the course has none. */
  rooms: Record<"review" | "final_check" | "progress" | "certificate" | "red_flags", string>;
}

/** A plan as it travels: an item stands under its objective. */
export interface PlanData extends Omit<Plan, "items" | "lessons"> {
  lessons: (Omit<PlannedLesson, "objectives"> & { objectives: { id: string; says: string; items: ItemData[] }[] })[];
}

export function planFrom(data: PlanData): Plan {
  const items = data.lessons.flatMap(({ id: lesson, objectives }) =>
    objectives.flatMap(({ id: objective, items: planned }) =>
      planned.map(([id, version, kind = "choice", action]): PlannedItem => ({ id, version, objective, lesson, kind, action: action ?? "" }))));
  return { ...data, items };
}
