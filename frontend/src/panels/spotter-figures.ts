/** How good a spotter somebody is, in words, pictures and a table. */

import type { TemplateResult } from "lit";
import { css, html, nothing } from "../kit";
import { CERTAINTIES, calibration } from "../scoring/calibration";
import { ENOUGH, type Leaning, type Met, type Share, detection, leaning, sensitivity, share, specificity, tally } from "../scoring/spotting";
import { calibrationChart, chartLook, percent, range, rocChart, trendChart } from "./charts";

const SESSION = 10;
export const CERTAIN = { sure: "Sure", "fairly-sure": "Fairly sure", guessing: "Guessing" } as const;

const LEANINGS: Record<Leaning, string> = {
  over: "You tend to over-call: you act fast where less would do. That is safe, but it frightens people and takes up appointments.",
  under: "You tend to under-call: you wait where action is needed. That is the direction in which people come to harm, so look at the words that mattered.",
  none: "You lean neither to over-calling nor to under-calling, as far as these answers show.",
  unknown: `Whether you lean to over-calling or under-calling shows from ${ENOUGH} cases on.`,
};

export const right = ({ key, chosen }: Pick<Met, "key" | "chosen">): boolean => key === chosen;

/** The figures of a session: short, since ten answers say little. */
export function sessionFigures(answers: readonly Met[]): TemplateResult {
  const counts = tally(answers);
  const exact = answers.filter(right).length;
  return html`<p>You chose the right level in <b>${exact} of ${answers.length}</b>.</p>
    ${shares(sensitivity(counts), specificity(counts))}`;
}

function shares(sensitive: Share | null, specific: Share | null): TemplateResult {
  const row = (name: string, means: string, part: Share | null): TemplateResult => html`<tr><th scope="row"><b>${name}</b> ${means}</th>
    <td>${part ? html`${part.count} of ${part.of}<span class="range">${percent(part.value)}; likely ${range(part)}</span>` : "none met yet"}</td></tr>`;
  return html`<table><caption class="unseen">Sensitivity and specificity, with 95 % intervals</caption><tbody>
    ${row("Sensitivity:", "of those that needed action within days or sooner, you acted on", sensitive)}
    ${row("Specificity:", "of those that could wait or needed none, you left", specific)}</tbody></table>`;
}

/** The figures over time. `repeats`: answers to vignettes that had been met before. */
export function allFigures(answers: readonly Met[], repeats: number): TemplateResult {
  const counts = tally(answers);
  const [sensitive, specific, detected] = [sensitivity(counts), specificity(counts), detection(counts)];
  const sureness = calibration(answers.map((answer) => ({ certainty: answer.certainty, right: right(answer) })));
  const rows = CERTAINTIES.map((certainty) => ({ name: CERTAIN[certainty], share: sureness[certainty] }));
  const tens: Share[] = [];
  for (let at = 0; at + SESSION <= answers.length; at += SESSION) tens.push(share(answers.slice(at, at + SESSION).filter(right).length, SESSION)!);
  return html`<p>${answers.length} ${answers.length === 1 ? "answer" : "answers"}${repeats ? `, ${repeats} of them to cases you had met before, which makes them easier` : ""}.
      “Likely” gives the range that fits your answers (95 % interval). It is wide while answers are few.</p>
    ${shares(sensitive, specific)}
    <p>${LEANINGS[leaning(detected)]}</p>
    <div class="charts">
      ${sensitive && specific ? html`<figure>${rocChart(sensitive, specific)}<figcaption>You, between alarms that were needed and alarms that were not. The bars are the likely ranges.</figcaption></figure>` : nothing}
      <figure>${calibrationChart(rows)}<figcaption>Being sure and being right: how often you chose the right level.</figcaption></figure>
      ${tens.length > 1 ? html`<figure>${trendChart(tens)}<figcaption>The right level, ten by ten.</figcaption></figure>` : nothing}
    </div>
    <details><summary>The figures as a table</summary>
      <table><tbody>
        <tr><th scope="row">Acted on, and needed (hits)</th><td>${counts.hits}</td></tr>
        <tr><th scope="row">Not acted on, though needed (misses)</th><td>${counts.misses}</td></tr>
        <tr><th scope="row">Acted on, though not needed (false alarms)</th><td>${counts.falseAlarms}</td></tr>
        <tr><th scope="row">Rightly not acted on (correct rejections)</th><td>${counts.correctRejections}</td></tr>
        ${rows.map(({ name, share: part }) => html`<tr><th scope="row">${name}: the right level</th><td>${part ? `${part.count} of ${part.of}; likely ${range(part)}` : "none yet"}</td></tr>`)}
        ${tens.map((ten, index) => html`<tr><th scope="row">Answers ${index * SESSION + 1} to ${(index + 1) * SESSION}: the right level</th><td>${ten.count} of ${ten.of}</td></tr>`)}
        ${detected
          ? html`<tr><th scope="row">d′, how well you tell one from the other (0 is guessing)</th><td>${number(detected.dPrime)}</td></tr>
              <tr><th scope="row">c, your leaning (below 0 over-calls, above 0 under-calls)</th><td>${number(detected.criterion)}</td></tr>`
          : html`<tr><th scope="row">d′ and c</th><td>from ${ENOUGH} answers on</td></tr>`}
      </tbody></table></details>`;
}

const signed = (value: number): string => value.toFixed(2).replace("-", "−");
const number = ({ value, low, high }: { value: number; low: number; high: number }): string =>
  `${signed(value)}; likely ${signed(low)} to ${signed(high)}`;

export const figuresLook = [
  chartLook,
  css`
    table { border-collapse: collapse; width: 100%; margin: 0 0 var(--ss-gap-3); }
    :is(th, td) { text-align: left; vertical-align: top; font-weight: 400; padding: var(--ss-gap-2) var(--ss-gap-3) var(--ss-gap-2) 0; border-bottom: 1px solid var(--ss-line); }
    td { font-weight: 600; min-width: 8.5rem; }
    .range { display: block; font-weight: 400; font-size: var(--ss-size-small); color: var(--ss-ink-soft); }
    .charts { display: grid; gap: var(--ss-gap-4); grid-template-columns: repeat(auto-fit, minmax(min(16rem, 100%), 1fr)); align-items: start; margin: var(--ss-gap-4) 0; }
    figure { margin: 0; }
    figcaption { font-size: var(--ss-size-small); color: var(--ss-ink-soft); margin-top: var(--ss-gap-1); max-width: 20rem; }
  `,
];
