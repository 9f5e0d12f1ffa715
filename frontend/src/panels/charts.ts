/** Charts as SVG, each with its meaning in words; the tables stand beside them. */

import type { TemplateResult } from "lit";
import { css, html, svg } from "../kit";
import type { Estimate, Share } from "../scoring/spotting";

export const percent = (share: number): string => `${Math.round(100 * share)}%`;
export const range = ({ low, high }: Estimate): string => `${Math.round(100 * low)} to ${Math.round(100 * high)}%`;

/** A difference of shares in points of a hundred, with its sign. */
export const points = (difference: number): string => {
  const value = Math.round(100 * difference);
  return `${value > 0 ? "+" : value < 0 ? "−" : ""}${Math.abs(value)} ${Math.abs(value) === 1 ? "point" : "points"}`;
};

/** From a range of values to a range of places. */
const scale = ([from, to]: [number, number], [start, end]: [number, number]) => (value: number): number =>
  start + ((value - from) / (to - from)) * (end - start);

const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** Where a trainee stands between alarms that were needed (up) and alarms that were not (to the right). */
export function rocChart(sensitivity: Share, specificity: Share): TemplateResult {
  const x = scale([0, 1], [52, 292]);
  const y = scale([0, 1], [252, 12]);
  const [at, up] = [x(1 - specificity.value), y(sensitivity.value)];
  const words =
    `Of vignettes that needed action you acted on ${percent(sensitivity.value)}; of those that needed none you raised an alarm ` +
    `at ${percent(1 - specificity.value)}. Guessing would lie on the slanting line; the best place is the upper left corner.`;
  return html`<svg class="chart" viewBox="0 0 304 300" role="img" aria-label=${words}>
    ${TICKS.map((tick) => svg`<line class="grid" x1=${x(tick)} x2=${x(tick)} y1=${y(0)} y2=${y(1)} />
      <line class="grid" x1=${x(0)} x2=${x(1)} y1=${y(tick)} y2=${y(tick)} />
      <text x=${x(tick)} y=${y(0) + 17} class="mid">${100 * tick}</text><text x=${x(0) - 6} y=${y(tick) + 4} class="end">${100 * tick}</text>`)}
    <line class="guess" x1=${x(0)} y1=${y(0)} x2=${x(1)} y2=${y(1)} />
    <text x=${x(0.72)} y=${y(0.58)} class="soft">guessing</text>
    <line class="whisker" x1=${x(1 - specificity.high)} x2=${x(1 - specificity.low)} y1=${up} y2=${up} />
    <line class="whisker" x1=${at} x2=${at} y1=${y(sensitivity.low)} y2=${y(sensitivity.high)} />
    <circle class="point" cx=${at} cy=${up} r="7" />
    <text x=${x(0.5)} y="293" class="mid">false alarms, in 100 that can wait</text>
    <text transform="translate(14 132) rotate(-90)" class="mid">acted on, in 100 that need it</text>
  </svg>`;
}

/** For each certainty the share that was right, as a point with its interval. */
export function calibrationChart(rows: { name: string; share: Share | null }[]): TemplateResult {
  const x = scale([0, 1], [92, 290]);
  const words = rows
    .map(({ name, share }) => (share ? `${name}: right in ${share.count} of ${share.of}` : `${name}: none yet`)).join(". ");
  return html`<svg class="chart" viewBox="0 0 304 150" role="img" aria-label=${words}>
    ${TICKS.map((tick) => svg`<line class="grid" x1=${x(tick)} x2=${x(tick)} y1="10" y2="112" /><text x=${x(tick)} y="128" class="mid">${100 * tick}</text>`)}
    ${rows.map(({ name, share }, row) => {
      const y = 28 + 34 * row;
      return svg`<text x="0" y=${y + 4}>${name}</text>
        ${share
          ? svg`<line class="whisker" x1=${x(share.low)} x2=${x(share.high)} y1=${y} y2=${y} /><circle class="point" cx=${x(share.value)} cy=${y} r="6" />`
          : svg`<text x=${x(0) + 6} y=${y + 4} class="soft">none yet</text>`}`;
    })}
    <text x=${x(0.5)} y="146" class="mid">right, in 100</text>
  </svg>`;
}

/** The share right in each ten answers, from the first to the newest. */
export function trendChart(shares: readonly Share[]): TemplateResult {
  const x = scale([0, Math.max(1, shares.length - 1)], [44, 284]);
  const y = scale([0, 1], [132, 12]);
  const path = shares.map((share, index) => `${x(index)},${y(share.value)}`).join(" ");
  const words = `Right in each ten, from the first: ${shares.map((share) => `${share.count} of ${share.of}`).join(", ")}.`;
  return html`<svg class="chart" viewBox="0 0 304 172" role="img" aria-label=${words}>
    ${TICKS.map((tick) => svg`<line class="grid" x1="44" x2="284" y1=${y(tick)} y2=${y(tick)} />
      <text x="38" y=${y(tick) + 4} class="end">${100 * tick}</text>`)}
    <polyline class="line" points=${path} />
    ${shares.map((share, index) => svg`<line class="whisker thin" x1=${x(index)} x2=${x(index)} y1=${y(share.low)} y2=${y(share.high)} />
      <circle class="point" cx=${x(index)} cy=${y(share.value)} r="4.5" />`)}
    <text x="164" y="164" class="mid">each ten answers, first to newest</text>
  </svg>`;
}

export const chartLook = css`
  .chart { display: block; width: 100%; max-width: 20rem; height: auto; }
  .chart text { font: 400 13px/1 var(--ss-font); fill: var(--ss-ink); }
  .chart .mid { text-anchor: middle; }
  .chart .end { text-anchor: end; }
  .chart .soft { fill: var(--ss-ink-soft); }
  .chart .grid { stroke: var(--ss-line); }
  .chart .guess { stroke: var(--ss-edge); stroke-dasharray: 5 5; }
  .chart .whisker { stroke: var(--ss-accent); stroke-width: 3; stroke-linecap: round; }
  .chart .thin { stroke-width: 1.5; }
  .chart .line { fill: none; stroke: var(--ss-accent); stroke-width: 2; }
  .chart .point { fill: var(--ss-plum); stroke: var(--ss-paper); stroke-width: 2; }
`;
