import type { PropertyDeclarations, TemplateResult } from "lit";
import { LitElement, controls, css, html } from "../kit";
import { place } from "../look/drawing";

interface Region {
  view: string;
  site: string;
  name: string;
  left: string;
  top: string;
}

/**
 * The body, front and back: each region a button that shows its signs. The figures and the signs are
 * its light children, the printed form; it brings them together.
 */
export class SsBodyMap extends LitElement {
  static override properties: PropertyDeclarations = { site: { state: true }, regions: { state: true } };
  static override styles = [
    controls,
    css`
      .views { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr)); gap: var(--ss-gap-4); max-width: 34rem; margin: 0 auto var(--ss-gap-4); }
      .view { position: relative; max-width: 17rem; margin: 0 auto; }
      .view slot { display: block; }
      .view button { position: absolute; transform: translate(-50%, -50%); width: 1.5rem; min-height: 1.5rem; padding: 0; border-radius: 50%;
        background: var(--ss-paper); color: var(--ss-plum); border: 3px solid var(--ss-plum); }
      .view button::after { content: ""; position: absolute; inset: 0.25rem; border-radius: 50%; background: var(--ss-plum); }
      .view button[aria-pressed="true"] { background: var(--ss-plum); box-shadow: 0 0 0 2px var(--ss-paper), 0 0 0 4px var(--ss-plum); }
      .view button[aria-pressed="true"]::after { background: var(--ss-paper); }
      .names { display: flex; flex-wrap: wrap; gap: var(--ss-gap-2); margin: 0 0 var(--ss-gap-3); }
      .names button[aria-pressed="true"] { background: var(--ss-plum-soft); border-color: var(--ss-plum); color: var(--ss-ink); }
      slot[name="site"] { display: block; }
      @media print {
        :host([printed]) .live { display: block; }
        .names, .view button { display: none; }
      }
      h4 { margin: 0 0 var(--ss-gap-2); font-size: var(--ss-size-small); font-weight: 400; color: var(--ss-ink-soft); text-align: center; }
    `,
  ];

  /** The site that is shown. */
  declare site: string;
  declare regions: readonly Region[];

  constructor() {
    super();
    this.site = "";
    this.regions = [];
  }

  private get sites(): HTMLDetailsElement[] {
    return [...this.querySelectorAll<HTMLDetailsElement>("details[data-site]")];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    /* Only children of its own can be slotted. */
    this.classList.add("ss-panel", "body-map");
    this.append(...this.querySelectorAll("[data-view], details[data-site]"));
    this.regions = [...this.querySelectorAll<HTMLElement>("[data-view]")].flatMap((figure) => {
      figure.slot = figure.dataset.view!;
      const svg = figure.querySelector("svg")!;
      return [...svg.querySelectorAll<SVGElement>("[data-site]")].map((pin) => ({
        view: figure.dataset.view!,
        site: pin.dataset.site!,
        name: pin.dataset.name!,
        ...place(svg, Number(pin.getAttribute("cx")), Number(pin.getAttribute("cy"))),
      }));
    });
    this.toggleAttribute("printed", true);
    this.show(this.sites[0]?.dataset.site ?? "");
  }

  private show(site: string): void {
    this.site = site;
    for (const details of this.sites) {
      const chosen = details.dataset.site === site;
      details.open = chosen;
      details.slot = chosen ? "site" : "";
    }
  }

  /** On a phone the signs stand a screen below the figure. */
  private toSigns(): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector(".names")!.scrollIntoView({ block: "nearest" }));
  }

  override render(): TemplateResult {
    const view = (name: string, title: string): TemplateResult => html`<div><h4>${title}</h4><div class="view"><slot name=${name}></slot>
      ${this.regions.filter((region) => region.view === name).map((region) => html`<button type="button" aria-pressed=${region.site === this.site}
        aria-label="${region.name}" data-left=${region.left} data-top=${region.top} @click=${() => { this.show(region.site); this.toSigns(); }}></button>`)}</div></div>`;
    return html`<div class="live">
        <div class="views">${view("front", "Front")}${view("back", "Back")}</div>
        <div class="names" role="group" aria-label="Places of the body">${this.sites.map((details) => html`<button type="button" class="quiet"
            aria-pressed=${details.dataset.site === this.site} @click=${() => this.show(details.dataset.site!)}>${details.querySelector("summary")!.textContent}</button>`)}</div>
        <div class="signs" role="status"><slot name="site"></slot></div>
      </div><slot></slot>`;
  }

  override updated(): void {
    for (const button of this.renderRoot.querySelectorAll<HTMLElement>(".view button")) {
      Object.assign(button.style, { left: button.dataset.left, top: button.dataset.top });
    }
  }
}
