/**
 * What a kind of activity is built with. On a page this is in the page's own script, and the kinds
 * that the page uses come in scripts of their own, which find it under `globalThis.secondSight`.
 */

export { LitElement, css, html, nothing, svg } from "lit";
export { Answering, cites, now, onlyOnce, problem } from "./activities/answering";
export { SsChoice } from "./activities/choice";
export { LONGEST_TEXT, latest, uuid } from "./attempt";
export { readAsked, readOptions, sources, text, texts } from "./hosts/printed";
export { LEVELS, indexOf, letter } from "./item";
export { define, elementFor, know, panel, readItem } from "./kinds";
export { controls } from "./look/controls";
export { giveFile } from "./progress-file";
export { scoreDecision } from "./scoring/score";
