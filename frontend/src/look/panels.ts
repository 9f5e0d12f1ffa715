import { css } from "../kit";

/** How the panels that look at the whole course are set; colours and sizes come from the tokens. */
export const panelLook = css`
  .panel { max-width: var(--ss-measure); }
  .box { background: var(--ss-paper); border: 1px solid var(--ss-line); border-radius: var(--ss-radius); padding: var(--ss-gap-4); margin: 0 0 var(--ss-gap-4); }
  .box > :last-child { margin-bottom: 0; }
  .head:focus { outline: none; }
  p.head { scroll-margin-top: var(--ss-gap-4); }
  .panel:not(.box) > h3 { margin: var(--ss-gap-6) 0 var(--ss-gap-2); }
  h2 { font: 600 var(--ss-size-h3) / 1.3 var(--ss-font-head); margin: 0 0 var(--ss-gap-1); }
  h4 { font: 600 var(--ss-size-lead) / 1.3 var(--ss-font-head); margin: var(--ss-gap-4) 0 var(--ss-gap-2); }
  a { color: var(--ss-accent); }
  ul { margin: 0 0 var(--ss-gap-2); padding-left: 1.2em; }
  table { border-collapse: collapse; width: 100%; margin: 0 0 var(--ss-gap-3); }
  :is(th, td) { text-align: left; vertical-align: top; font-weight: 400; padding: var(--ss-gap-2) var(--ss-gap-3) var(--ss-gap-2) 0; border-bottom: 1px solid var(--ss-line); }
  td { font-weight: 600; }
  thead th { font-weight: 600; font-size: var(--ss-size-small); color: var(--ss-ink-soft); }
  .soft { color: var(--ss-ink-soft); font-size: var(--ss-size-small); }
`;
