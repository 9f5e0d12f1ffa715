import { LitElement, html, nothing, type TemplateResult } from "lit";
import type { Host } from "../hosts/host";
import { controls } from "../look/controls";
import { giveFile } from "../progress-file";

/** Take one's answers away as a file, and bring them back, here or elsewhere. */
export class SsProgressFile extends LitElement {
  static override properties = { host: { attribute: false }, warning: {}, note: { state: true }, failed: { state: true } };
  static override styles = controls;

  declare host: Host;
  /** What the trainee must know about where the answers are kept, if anything. */
  declare warning: string;
  declare note: string;
  declare failed: boolean;

  constructor() {
    super();
    this.warning = "";
    this.note = "";
    this.failed = false;
  }

  private async say(work: () => Promise<string>): Promise<void> {
    try {
      this.note = await work();
      this.failed = false;
    } catch (reason) {
      this.note = reason instanceof Error ? reason.message : String(reason);
      this.failed = true;
    }
  }

  private save(): Promise<void> {
    return this.say(async () => {
      await giveFile(this.host);
      return "Your progress is in your downloads folder.";
    });
  }

  private load(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    if (!file) return Promise.resolve();
    return this.say(async () => {
      try {
        this.note = "Loading …";
        return await this.host.load(file);
      } finally {
        input.value = "";
        this.dispatchEvent(new CustomEvent("ss-loaded", { bubbles: true, composed: true }));
      }
    });
  }

  override render(): TemplateResult {
    return html`<div class="live">
      ${this.warning ? html`<p class="note warning">${this.warning}</p>` : nothing}
      <p class="note">${this.host.elsewhere?.kept ?? "Your answers stay with you. Save them to a file to keep them safe, or to go on elsewhere."}</p>
      <div class="row">
        <button type="button" class="quiet" @click=${this.save}>Save my progress</button>
        <button type="button" class="quiet" @click=${() => this.renderRoot.querySelector<HTMLInputElement>("input")!.click()}>
          Load my progress</button>
        <input type="file" accept=".jsonl,application/jsonl" tabindex="-1" aria-label="Progress file" @change=${this.load} />
      </div>
      <p class="note said ${this.failed ? "bad" : ""}" role="status">${this.note}</p>
    </div>`;
  }
}
