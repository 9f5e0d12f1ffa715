import { css } from "lit";

/** How activities look, inside their shadow roots; colours and sizes come from the tokens. */
export const controls = css`
  :host { display: block; font: var(--ss-size) / 1.5 var(--ss-font); color: var(--ss-ink); }
  * { box-sizing: border-box; }
  slot { display: none; }
  h3 { font: 600 var(--ss-size-h3) / 1.3 var(--ss-font-head); margin: 0 0 var(--ss-gap-1); }
  p { margin: 0 0 var(--ss-gap-2); }
  .says { color: var(--ss-ink-soft); margin-bottom: var(--ss-gap-4); }
  .quiz { border-top: 3px solid var(--ss-accent); padding-top: var(--ss-gap-3); max-width: var(--ss-measure); }
  .tally { color: var(--ss-ink-soft); font-size: var(--ss-size-small); margin: 0; }

  form { background: var(--ss-paper); border: 1px solid var(--ss-line); border-radius: var(--ss-radius);
    padding: var(--ss-gap-4) var(--ss-gap-4) var(--ss-gap-4); margin: 0 0 var(--ss-gap-4); }
  fieldset { border: 0; margin: 0 0 var(--ss-gap-3); padding: 0; min-width: 0; }
  legend { padding: 0; margin: 0 0 var(--ss-gap-3); font-weight: 600; }
  .number { display: block; font-weight: 400; font-size: var(--ss-size-small); color: var(--ss-ink-soft); }
  label { display: flex; gap: var(--ss-gap-3); align-items: flex-start; padding: var(--ss-gap-2) var(--ss-gap-3);
    min-height: var(--ss-target); border: 1px solid var(--ss-line); border-radius: var(--ss-radius); cursor: pointer; }
  .options label { margin-bottom: var(--ss-gap-2); }
  label:hover { border-color: var(--ss-edge); }
  label:has(:checked) { border-color: var(--ss-accent); background: var(--ss-accent-soft); }
  label:has(:focus-visible), button:focus-visible, summary:focus-visible, a:focus-visible {
    outline: 3px solid var(--ss-focus); outline-offset: 2px; }
  label:has(:focus-visible) input { outline: none; }
  input[type="radio"], input[type="checkbox"] { accent-color: var(--ss-accent); width: 1.25rem; height: 1.25rem; margin: 0.1rem 0 0; flex: none; }
  .options label:has(:disabled), .certainty label:has(:disabled) { cursor: default; }
  .words { overflow-wrap: anywhere; }
  .mark { display: block; font-size: var(--ss-size-small); font-weight: 600; }
  .good .mark { color: var(--ss-good); }
  .bad .mark { color: var(--ss-bad); }
  .options label.good { border-color: var(--ss-good); background: var(--ss-good-soft); }
  .options label.bad { border-color: var(--ss-bad); background: var(--ss-bad-soft); }

  .certainty { display: flex; flex-wrap: wrap; gap: var(--ss-gap-2); align-items: center; }
  .certainty legend { float: left; margin: 0 var(--ss-gap-2) 0 0; font-weight: 400; }
  .certainty label { padding: var(--ss-gap-2) var(--ss-gap-3); align-items: center; }
  .certainty input[type="radio"] { margin: 0; }

  button { font: 600 var(--ss-size) / 1.2 var(--ss-font); min-height: var(--ss-target); padding: var(--ss-gap-2) var(--ss-gap-4);
    border-radius: var(--ss-radius); border: 2px solid var(--ss-accent); background: var(--ss-accent); color: var(--ss-on-accent); cursor: pointer; }
  button.quiet { background: transparent; color: var(--ss-accent); border-color: var(--ss-line); font-weight: 500; }
  button.quiet:hover { border-color: var(--ss-accent); }
  button:disabled { border-color: var(--ss-edge); background: transparent; color: var(--ss-ink-soft); cursor: default; }
  .row { display: flex; flex-wrap: wrap; gap: var(--ss-gap-2); align-items: center; }

  .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; margin: 0; }
  .hint { border-left: 3px solid var(--ss-plum); padding: 0 0 0 var(--ss-gap-3); margin: 0 0 var(--ss-gap-3); }
  .told { margin-top: var(--ss-gap-3); }
  .told:empty { margin: 0; }
  .verdict { font: 600 var(--ss-size-lead) / 1.3 var(--ss-font-head); margin: 0 0 var(--ss-gap-2); }
  .verdict.good { color: var(--ss-good); }
  .verdict.bad { color: var(--ss-bad); }
  .ask { color: var(--ss-bad); font-weight: 600; margin: var(--ss-gap-3) 0 0; }
  .why { border-left: 3px solid var(--ss-line); padding-left: var(--ss-gap-3); margin: 0 0 var(--ss-gap-3); }
  .why.good { border-color: var(--ss-good); }
  .why.bad { border-color: var(--ss-bad); }
  .why b { font-weight: 600; }
  .cites { font-size: var(--ss-size-small); color: var(--ss-ink-soft); }
  .cites a { color: inherit; }
  summary { cursor: pointer; min-height: var(--ss-target); padding: var(--ss-gap-2) 0; color: var(--ss-accent); font-weight: 500; }
  .note { font-size: var(--ss-size-small); color: var(--ss-ink-soft); margin: var(--ss-gap-2) 0; }
  .warning { max-width: var(--ss-measure); border-left: 3px solid var(--ss-warn); padding-left: var(--ss-gap-3); color: var(--ss-ink); }
  .note.bad { color: var(--ss-bad); }
  .note:empty { margin: 0; }
  input[type="file"] { position: absolute; width: 1px; height: 1px; opacity: 0; }

  @media print {
    :host([printed]) .live { display: none; }
    :host([printed]) slot { display: block; }
  }
  @media (forced-colors: active) {
    .options label.good, .options label.bad, label:has(:checked) { border-width: 3px; }
  }
`;
