/** What a page carries for the panels that look at the whole course, as JSON that runs nothing. */

import type { Item } from "../item";
import { readItem } from "../kit";
import { type Plan, type PlanData, planFrom } from "../plan";
import type { Bank } from "./bank";

const json = (id: string): unknown => JSON.parse(document.getElementById(id)?.textContent ?? "null");

let plan: Plan | null = null;
export const planOfPage = (): Plan => (plan ??= planFrom(json("plan") as PlanData));

/** The items that a page can ask: from its bank, or, where the whole course is one page, from their printed form. */
export function bankOfPage(): Bank {
  const bank = json("bank") as Record<string, Item> | null;
  return (id) => {
    if (bank) return bank[id];
    const printed = document.querySelector<HTMLElement>(`[data-item="${id}"]`);
    return printed ? readItem(printed) : undefined;
  };
}
