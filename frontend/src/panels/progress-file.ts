import { LitElement, html, type TemplateResult } from "lit";
import type { Host } from "../hosts/host";
import { controls } from "../look/controls";

/** Take one's answers away as a file, and bring them back, here or elsewhere. */
export class SsProgressFile extends LitElement {
  static override properties = { host: { attribute: false }, note: { state: true }, failed: { state: true } };
  static override styles = controls;

  declare host: Host;
  declare note: string;
  declare failed: boolean;

  constructor() {
    super();
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
      const text = await this.host.save();
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([text], { type: "application/jsonl" }));
      link.download = `second-sight-${new Date().toISOString().slice(0, 10)}.jsonl`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
      return "Your progress is in your downloads folder.";
    });
  }

  private load(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    input.value = "";
    if (!file) return Promise.resolve();
    return this.say(async () => {
      try {
        return await this.host.load(await file.text());
      } finally {
        this.dispatchEvent(new CustomEvent("ss-loaded", { bubbles: true, composed: true }));
      }
    });
  }

  override render(): TemplateResult {
    return html`<div class="live">
      <p class="note">Your answers stay with you. Save them to a file to keep them safe, or to go on elsewhere.</p>
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
