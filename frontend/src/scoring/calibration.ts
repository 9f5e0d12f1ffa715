/** Whether being sure goes with being right. */

import type { Certainty } from "../attempt";
import { type Share, share } from "./spotting";

export const CERTAINTIES: readonly Certainty[] = ["sure", "fairly-sure", "guessing"];

/** For each certainty, from the surest, the share of answers that were right; null where none was given. */
export function calibration(answers: readonly { certainty: Certainty; right: boolean }[]): Record<Certainty, Share | null> {
  const of = (certainty: Certainty): Share | null => {
    const given = answers.filter((answer) => answer.certainty === certainty);
    return share(given.filter(({ right }) => right).length, given.length);
  };
  return { sure: of("sure"), "fairly-sure": of("fairly-sure"), guessing: of("guessing") };
}
