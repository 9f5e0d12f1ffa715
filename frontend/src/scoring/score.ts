import type { ChoiceItem } from "../item";

/**
 * The score of an answer to a choice, from 0 to 1.
 *
 * With one key: 1 for the key, else 0. With several keys: (right picks - wrong picks) / keys, not
 * below 0, so that choosing everything earns no more than choosing well, and guessing at random
 * earns about nothing.
 *
 * @param chosen indexes of the options chosen, each once
 * @throws RangeError for an index that the item does not have
 */
export function scoreChoice(item: Pick<ChoiceItem, "options">, chosen: readonly number[]): number {
  const keys = item.options.filter((option) => option.correct).length;
  let points = 0;
  for (const index of new Set(chosen)) {
    const option = item.options[index];
    if (!option) throw new RangeError(`there is no option ${index}`);
    points += option.correct ? 1 : -1;
  }
  return keys ? Math.max(0, points / keys) : 0;
}
