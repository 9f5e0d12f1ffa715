/**
 * How good a spotter is, from answers to vignettes, as a detection task: a signal is a vignette
 * that needs action within days or sooner, and a response is to act within days or sooner.
 */

import type { Attempt, Certainty } from "../attempt";
import { LEVELS, type Level } from "../item";
import { density, quantile } from "./normal";
import type { Marking } from "./score";

/** One answer to one vignette. */
export interface Met {
  vignette: string;
  key: Level;
  chosen: Level;
  certainty: Certainty;
}

/** When a vignette was met, beside what was answered. */
export type MetWhen = Met & { when: string };

/**
 * Attempts at these vignettes as answers; those to another wording do not count.
 *
 * @param inOrder attempts, oldest first
 */
export function metIn(vignettes: readonly { id: string; version: string; action: Level | "" }[], inOrder: readonly Attempt[]): MetWhen[] {
  const byId = new Map(vignettes.map((vignette) => [vignette.id, vignette]));
  return inOrder.flatMap((attempt) => {
    const vignette = byId.get(attempt.item);
    const chosen = LEVELS.find((level) => level === attempt.answer[0]);
    if (!vignette?.action || !chosen || !attempt.certainty || attempt.item_version !== vignette.version) return [];
    return { vignette: vignette.id, key: vignette.action, chosen, certainty: attempt.certainty, when: attempt.at };
  });
}

/** An estimate with the ends of its 95 % interval. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
}

/** A share: `count` of `of`. */
export interface Share extends Estimate {
  count: number;
  of: number;
}

/** d′ and criterion are noise below so many answers (Pusic et al., Academic Radiology 2011). */
export const ENOUGH = 20;
/** The 97.5 % point of the normal distribution, for 95 % intervals. */
const Z = 1.959964;

/** Whether a level means acting within days or sooner. */
export const acts = (level: Level): boolean => LEVELS.indexOf(level) <= 1;

/** Count answers as a detection task. */
export function tally(answers: readonly Pick<Met, "key" | "chosen">[]): Marking {
  const counts = { hits: 0, misses: 0, falseAlarms: 0, correctRejections: 0 };
  for (const { key, chosen } of answers) {
    if (acts(key)) counts[acts(chosen) ? "hits" : "misses"] += 1;
    else counts[acts(chosen) ? "falseAlarms" : "correctRejections"] += 1;
  }
  return counts;
}

/**
 * A share with Wilson's score interval; null for a share of nothing.
 * (E. B. Wilson, JASA 1927;22:209-212.)
 */
export function share(count: number, of: number): Share | null {
  if (!of) return null;
  const p = count / of;
  const spread = 1 + (Z * Z) / of;
  const middle = (p + (Z * Z) / (2 * of)) / spread;
  const half = (Z / spread) * Math.sqrt((p * (1 - p)) / of + (Z * Z) / (4 * of * of));
  return { count, of, value: p, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** Of the vignettes that needed action, the share acted on in time. */
export const sensitivity = ({ hits, misses }: Marking): Share | null => share(hits, hits + misses);
/** Of the vignettes that needed none, the share left alone. */
export const specificity = ({ falseAlarms, correctRejections }: Marking): Share | null =>
  share(correctRejections, falseAlarms + correctRejections);

/** How well signal is told from noise (d′), and the leaning (criterion c: below 0 over-calls, above 0 under-calls). */
export interface Detection {
  dPrime: Estimate;
  criterion: Estimate;
}

/**
 * d′ = z(H) - z(F) and c = -(z(H) + z(F)) / 2, with the log-linear correction, which adds 0.5 to the
 * hits and false alarms and 1 to the trials, so that shares of 0 and 1 have a z
 * (M. J. Hautus, Behavior Research Methods 1995;27:46-51). Intervals from the variance of
 * V. Gourevitch and E. Galanter, Psychometrika 1967;32:25-33.
 *
 * @returns null below ENOUGH answers, or where all were signals or none was
 */
export function detection({ hits, misses, falseAlarms, correctRejections }: Marking): Detection | null {
  const [signals, noise] = [hits + misses, falseAlarms + correctRejections];
  if (signals + noise < ENOUGH || !signals || !noise) return null;
  const [h, f] = [(hits + 0.5) / (signals + 1), (falseAlarms + 0.5) / (noise + 1)];
  const [zh, zf] = [quantile(h), quantile(f)];
  const error = Math.sqrt(variance(h, zh, signals + 1) + variance(f, zf, noise + 1));
  return { dPrime: estimate(zh - zf, error), criterion: estimate(-(zh + zf) / 2, error / 2) };
}

const variance = (p: number, z: number, n: number): number => (p * (1 - p)) / (n * density(z) ** 2);
const estimate = (value: number, error: number): Estimate => ({ value, low: value - Z * error, high: value + Z * error });

/** Which way the answers lean, as far as the interval of the criterion shows it. */
export type Leaning = "over" | "under" | "none" | "unknown";

export function leaning(detected: Detection | null): Leaning {
  if (!detected) return "unknown";
  const { low, high } = detected.criterion;
  return high < 0 ? "over" : low > 0 ? "under" : "none";
}

/** Emergencies that were not acted on at once, in the order they were met. */
export const missedEmergencies = <M extends Pick<Met, "key" | "chosen">>(answers: readonly M[]): M[] =>
  answers.filter(({ key, chosen }) => key === "same-day-emergency" && chosen !== key);
