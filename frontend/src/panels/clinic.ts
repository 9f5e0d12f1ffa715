import type { PropertyDeclarations, PropertyValues, TemplateResult } from "lit";
import { LEVELS, LitElement, controls, css, html, nothing } from "../kit";
import type { SsVignette } from "../activities/vignette";
import { type Attempt, inOrder } from "../attempt";
import type { Host } from "../hosts/host";
import type { Clinic, EmergencyCard, VignetteItem } from "../item";
import { shuffled } from "../scoring/chance";
import { type Met, type MetWhen, metIn, missedEmergencies } from "../scoring/spotting";
import { allFigures, figuresLook, sessionFigures } from "./spotter-figures";

const SESSION = 10;

/**
 * The vignettes of a session, in a random order: those never met first, then those met longest ago.
 *
 * @param met for each vignette met, when it was last
 */
export function draw(vignettes: readonly VignetteItem[], met: ReadonlyMap<string, string>, random: () => number = Math.random): VignetteItem[] {
  const when = (vignette: VignetteItem): string => met.get(vignette.id) ?? "";
  const waiting = shuffled(vignettes, random).sort((a, b) => (when(a) < when(b) ? -1 : when(a) > when(b) ? 1 : 0));
  return shuffled(waiting.slice(0, SESSION), random);
}

/** The spotter's clinic: sessions of ten vignettes, and how good a spotter one is. Its light children are the printed form. */
export class SsClinic extends LitElement {
  static override properties: PropertyDeclarations = {
    data: { attribute: false },
    host: { attribute: false },
    session: { state: true },
    current: { state: true },
    met: { state: true },
  };
  static override styles = [
    controls,
    ...figuresLook,
    css`
      .clinic { border-top: 3px solid var(--ss-accent); padding-top: var(--ss-gap-3); max-width: var(--ss-measure); }
      .panel { background: var(--ss-paper); border: 1px solid var(--ss-line); border-radius: var(--ss-radius); padding: var(--ss-gap-4); margin: 0 0 var(--ss-gap-4); }
      .panel:focus { outline: none; }
      h4 { font: 600 var(--ss-size-lead) / 1.3 var(--ss-font-head); margin: 0 0 var(--ss-gap-2); }
      .limits { border-left: 3px solid var(--ss-plum); padding-left: var(--ss-gap-3); }
      .missed { border-left: 6px solid var(--ss-bad); padding-left: var(--ss-gap-4); margin: var(--ss-gap-3) 0; }
      .missed ul { margin: 0 0 var(--ss-gap-2); padding-left: 1.2em; }
      dl { margin: 0; }
      dt { font-weight: 600; }
      dd { margin: 0 0 var(--ss-gap-2); }
    `,
  ];

  declare data: Clinic | null;
  declare host: Host;
  /** The vignettes of the running session; null between sessions. */
  declare session: VignetteItem[] | null;
  /** The vignette that is being answered; null before and after a session. */
  declare current: SsVignette | null;
  /** Every answer so far, oldest first. */
  declare met: readonly MetWhen[];
  /** Answers given here: a host that cannot keep them does not lose them from the figures. */
  private own: Attempt[] = [];
  /** How many of them there were when the session began. */
  private began = 0;

  constructor() {
    super();
    this.data = null;
    this.session = null;
    this.current = null;
    this.met = [];
    this.addEventListener("ss-next", () => this.next());
    this.addEventListener("ss-answered", () => {
      this.own.push(this.current!.attempt!);
      this.restore();
    });
  }

  /** Take what is kept, also after a progress file was loaded. */
  restore(): void {
    if (!this.data || !this.hasUpdated) return;
    const kept = this.host.attempts(this.data.vignettes.map(({ id }) => id));
    this.met = this.answersIn([...new Map([...this.own, ...kept].map((attempt) => [attempt.id, attempt])).values()]);
  }

  private answersIn(attempts: readonly Attempt[]): MetWhen[] {
    return metIn(this.data!.vignettes, inOrder(attempts));
  }

  private begin(): void {
    this.session = draw(this.data!.vignettes, new Map(this.met.map(({ vignette, when }) => [vignette, when])));
    this.began = this.own.length;
    this.meet(0);
  }

  private next(): void {
    const { number, of } = this.current!;
    if (number < of) this.meet(number);
    else {
      this.current = null;
      void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(".result")?.focus());
    }
  }

  private meet(at: number): void {
    const session = this.session!;
    this.current = Object.assign(document.createElement("ss-vignette") as SsVignette, {
      item: session[at]!, host: this.host, lesson: this.data!.lesson, levels: this.data!.levels,
      number: at + 1, of: session.length, onward: at + 1 < session.length ? "Next" : "See how you did",
    });
    const { current } = this;
    void this.updateComplete.then(() => current.begin());
  }

  override firstUpdated(_: PropertyValues): void {
    this.toggleAttribute("printed", this.childElementCount > 0);
    this.restore();
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.data) return nothing;
    const { title, says } = this.data;
    return html`<section class="clinic live" aria-label=${title}>
        <h3>${title}</h3>
        ${this.current ?? html`<p class="says">${says}</p>${this.session ? this.result() : nothing}${this.front()}`}
      </section>
      <slot></slot>`;
  }

  private front(): TemplateResult {
    const { vignettes, inTen } = this.data!;
    const seen = new Set(this.met.map(({ vignette }) => vignette)).size;
    return html`<div class="panel">
        <p><b>About ${inTen} in 10</b> of these ${vignettes.length} vignettes need action within days or sooner. The others do not.
          You have met ${seen} of ${vignettes.length}.</p>
        <div class="row"><button type="button" @click=${this.begin}>${this.session ? "Ten more" : "Begin with ten"}</button></div>
      </div>
      ${this.met.length
        ? html`<div class="panel"><h4>Your figures so far</h4>${allFigures(this.met, this.met.length - seen)}${this.emergencies()}${this.limits()}</div>`
        : this.limits()}`;
  }

  /** Every emergency met so far: how many were acted on at once, and those that were not. */
  private emergencies(): TemplateResult | typeof nothing {
    const met = this.met.filter(({ key }) => key === "same-day-emergency");
    const missed = missedEmergencies(met);
    if (!met.length) return nothing;
    return html`<p><b>Emergencies:</b> ${met.length - missed.length} of ${met.length} acted on at once.</p>
      ${missed.length ? html`<details><summary>Those that were not, with their cards</summary>${missed.map((each) => this.missed(each))}</details>` : nothing}`;
  }

  private limits(): TemplateResult {
    return html`<p class="limits">These figures come from practice on written vignettes. They are not a measure of clinical competence, and a
      better figure here has not been shown to find anybody’s illness sooner.</p>`;
  }

  private result(): TemplateResult {
    const answers = this.answersIn(this.own.slice(this.began));
    const missed = missedEmergencies(answers);
    return html`<div class="panel result" tabindex="-1"><h4>This session</h4>
      ${answers.length ? sessionFigures(answers) : nothing}
      ${missed.length
        ? html`<h4>${missed.length === 1 ? "One emergency was" : `${missed.length} emergencies were`} not acted on at once</h4>${missed.map((each) => this.missed(each))}`
        : answers.some(({ key }) => key === "same-day-emergency") ? html`<p>You missed no emergency in this session.</p>` : nothing}
    </div>`;
  }

  private missed({ vignette, chosen }: Met): TemplateResult {
    const { data } = this;
    const item = data!.vignettes.find(({ id }) => id === vignette)!;
    const card: EmergencyCard | undefined = data!.cards[item.card];
    return html`<div class="missed"><p>${item.pieces.map(({ text }) => text).join("")}</p>
      <p>You chose: <b>${data!.levels[LEVELS.indexOf(chosen)]}</b>. It needs: <b>${data!.levels[0]}</b>.</p>
      ${card
        ? html`<details><summary>The card: ${card.name}</summary><p><b>What you may see</b></p><ul>${card.features.map((each) => html`<li>${each}</li>`)}</ul>
            <dl>${card.rows.map(({ head, says }) => html`<dt>${head}</dt><dd>${says}</dd>`)}</dl></details>`
        : nothing}</div>`;
  }
}
