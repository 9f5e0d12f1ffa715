import type { PropertyDeclarations, TemplateResult } from "lit";
import { Answering, cites, controls, css, html, indexOf, letter, nothing } from "../kit";
import type { Phrase, SpotItem } from "../item";
import { type Marking, countMarks, scoreSpot } from "../scoring/score";
import type { Asks } from "./answering";

const FORMS: Record<SpotItem["form"], string> = { words: "In their own words", call: "On the phone", letter: "A letter", note: "A note" };

/** One item of kind `spot`. Its answer: the letters of the phrases marked; "none" where none was. */
export class SsSpot extends Answering<SpotItem> {
  static override properties: PropertyDeclarations = { marked: { state: true } };
  static override styles = [
    controls,
    css`
      .text { margin: 0 0 var(--ss-gap-3); padding: var(--ss-gap-3) var(--ss-gap-4); background: var(--ss-ground); border-radius: var(--ss-radius);
        border-left: 4px solid var(--ss-plum); line-height: 2; }
      .text.letter, .text.note { border-left-color: var(--ss-accent); font-family: var(--ss-font-head); }
      .form { margin: 0; font-size: var(--ss-size-small); color: var(--ss-ink-soft); font-family: var(--ss-font); }
      .text p:last-child { margin: 0; }
      label.phrase { display: inline; position: relative; min-height: 0; padding: 0.2rem 0.15rem; border: 0; border-bottom: 2px dotted var(--ss-edge);
        border-radius: 0.2rem; box-decoration-break: clone; -webkit-box-decoration-break: clone; }
      label.phrase:hover:not(:has(:disabled)) { background: var(--ss-accent-soft); }
      label.phrase:has(:checked) { background: var(--ss-warn-soft); border-bottom: 3px solid var(--ss-warn); }
      label.phrase.good { background: var(--ss-good-soft); border-bottom: 3px solid var(--ss-good); }
      label.phrase.bad { background: var(--ss-bad-soft); border-bottom: 3px dashed var(--ss-bad); }
      label.phrase:has(:disabled) { cursor: default; }
      table { border-collapse: collapse; margin: 0 0 var(--ss-gap-3); }
      :is(th, td) { text-align: left; padding: var(--ss-gap-1) var(--ss-gap-4) var(--ss-gap-1) 0; border-bottom: 1px solid var(--ss-line); font-weight: 400; vertical-align: top; }
      td { font-weight: 600; }
      .sort { font-size: var(--ss-size-small); font-weight: 600; }
      .good .sort { color: var(--ss-good); }
      .bad .sort { color: var(--ss-bad); }
    `,
  ];

  declare marked: ReadonlySet<number>;

  constructor() {
    super();
    this.marked = new Set();
  }

  private get phrases(): { text: string; phrase: Phrase }[] {
    return this.item.paragraphs.flat().filter((piece): piece is { text: string; phrase: Phrase } => piece.phrase !== null);
  }

  private get marking(): Marking {
    return countMarks(this.phrases.map(({ phrase }) => phrase.cue), this.marked);
  }

  protected answered(): string[] {
    return this.marked.size ? [...this.marked].sort((a, b) => a - b).map(letter) : ["none"];
  }

  protected fill(answer: readonly string[]): boolean {
    const indexes = answer.filter((each) => each !== "none").map(indexOf);
    if (indexes.some((index) => !this.phrases[index])) return false;
    this.marked = new Set(indexes);
    return true;
  }

  protected clear(): void {
    this.marked = new Set();
  }

  /* To mark nothing is an answer: the trainee may have found no cue. */
  protected missing(): Asks | null {
    return null;
  }

  protected score(): number {
    return scoreSpot(this.marking);
  }

  private toggle(index: number): void {
    const marked = new Set(this.marked);
    if (!marked.delete(index)) marked.add(index);
    this.marked = marked;
  }

  protected task(): TemplateResult {
    let index = -1;
    const piece = (each: SpotItem["paragraphs"][number][number]): TemplateResult | string => {
      if (!each.phrase) return each.text;
      index += 1;
      return this.phrase(index, each.text, each.phrase);
    };
    return html`<fieldset>
      <legend>${this.legend()}</legend>
      <div class="text ${this.item.form}"><p class="form">${FORMS[this.item.form]}</p>
        ${this.item.paragraphs.map((pieces) => html`<p>${pieces.map(piece)}</p>`)}</div>
    </fieldset>`;
  }

  private phrase(index: number, words: string, { cue }: Phrase): TemplateResult {
    const marked = this.marked.has(index);
    const tone = !this.done ? "" : cue === marked ? (cue ? "good" : "") : "bad";
    return html`<label class="phrase ${tone}"><input type="checkbox" class="unseen" .checked=${marked} ?disabled=${this.done}
      @change=${() => this.toggle(index)} />${words}</label>`;
  }

  protected why(): TemplateResult {
    const { hits, misses, falseAlarms, correctRejections } = this.marking;
    const rows: [number, string, string][] = [
      [hits, "Hits", "cues you marked"],
      [misses, "Misses", "cues you left"],
      [falseAlarms, "False alarms", "harmless phrases you marked"],
      [correctRejections, "Correct rejections", "harmless phrases you left"],
    ];
    const all = this.phrases.map((each, index) => ({ ...each, marked: this.marked.has(index) }));
    const wrong = all.filter(({ phrase, marked }) => phrase.cue !== marked);
    const right = all.filter(({ phrase, marked }) => phrase.cue === marked);
    return html`<table><caption class="unseen">How your marks came out</caption><tbody>
        ${rows.map(([count, name, means]) => html`<tr><td>${count}</td><th scope="row"><b>${name}:</b> ${means}</th></tr>`)}</tbody></table>
      ${[...wrong, ...right.filter(({ phrase }) => phrase.cue)].map((each) => this.reason(each))}
      ${right.some(({ phrase }) => !phrase.cue)
        ? html`<details><summary>Why you could leave the others</summary>${right.filter(({ phrase }) => !phrase.cue).map((each) => this.reason(each))}</details>`
        : nothing}
      ${cites(this.item.sources)}`;
  }

  private reason({ text, phrase, marked }: { text: string; phrase: Phrase; marked: boolean }): TemplateResult {
    const sort = phrase.cue ? (marked ? "✓ Hit" : "✗ Miss") : marked ? "✗ False alarm" : "✓ Left, and rightly";
    return html`<div class="why ${phrase.cue === marked ? "good" : "bad"}">
      <p><span class="sort">${sort}</span> · <b>“${text}”</b> ${phrase.why}</p></div>`;
  }
}
