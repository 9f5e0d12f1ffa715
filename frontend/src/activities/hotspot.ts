import type { PropertyValues, TemplateResult } from "lit";
import { SsChoice, controls, css, html, letter } from "../kit";
import type { HotspotItem } from "../item";
import { drawing, pictureSheet, place } from "../look/drawing";

/** One item of kind `hotspot`: places on a picture, and the same as a list. Its answer and score are those of a choice. */
export class SsHotspot extends SsChoice<HotspotItem> {
  static override styles = [
    controls,
    css`
      figure { margin: 0 auto var(--ss-gap-4); position: relative; max-width: 30rem; }
      figure.tall { max-width: 17rem; }
      svg { display: block; width: 100%; height: auto; }
      figure button { position: absolute; transform: translate(-50%, -50%); width: 2rem; min-height: 2rem; padding: 0; border-radius: 50%;
        background: var(--ss-paper); color: var(--ss-ink); border: 2px solid var(--ss-ink); font-weight: 700; line-height: 1; }
      figure button[aria-pressed="true"] { background: var(--ss-accent); color: var(--ss-on-accent); border-color: var(--ss-accent); box-shadow: 0 0 0 3px var(--ss-paper), 0 0 0 5px var(--ss-accent); }
      figure button:disabled { color: var(--ss-ink); border-color: var(--ss-edge); background: var(--ss-paper); }
      figure button.good { background: var(--ss-good); color: var(--ss-paper); border-color: var(--ss-good); }
      figure button.bad { background: var(--ss-bad); color: var(--ss-paper); border-color: var(--ss-bad); border-radius: 0.4rem; }
    `,
  ];

  private drawn: SVGSVGElement | null = null;

  override willUpdate(): void {
    if (this.drawn) return;
    this.drawn = drawing(this.item.svg);
    const [, , width = 1, height = 1] = this.drawn.getAttribute("viewBox")?.split(/[\s,]+/).map(Number) ?? [];
    this.tall = height > width * 1.2;
  }

  private tall = false;

  override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot() as ShadowRoot;
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, pictureSheet()];
    return root;
  }

  protected override picture(): TemplateResult {
    return html`<figure class="ss-picture ${this.tall ? "tall" : ""}">${this.drawn}
      ${this.item.options.map((option, index) => {
        const picked = this.chosen.has(index);
        const tone = this.done && (picked || option.correct) ? (option.correct ? "good" : "bad") : "";
        return html`<button type="button" class=${tone} aria-pressed=${picked} aria-label="${letter(index)}: ${option.text}" ?disabled=${this.done}
          @click=${() => this.choose(index, this.item.answers === "one" || !picked)}>${tone === "good" ? "✓" : tone === "bad" ? "✗" : letter(index)}</button>`;
      })}</figure>`;
  }

  protected override lead(index: number): string {
    return `${letter(index)}. `;
  }

  /* Set on the element: the page's policy lets no style in that is written as an attribute. */
  override updated(_: PropertyValues): void {
    [...this.renderRoot.querySelectorAll<HTMLElement>("figure button")].forEach((button, index) => {
      const { x, y } = this.item.options[index]!;
      Object.assign(button.style, place(this.drawn!, x, y));
    });
  }
}
