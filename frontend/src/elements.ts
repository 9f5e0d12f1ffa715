import { SsChoice } from "./activities/choice";
import { SsQuiz } from "./activities/quiz";
import { SsProgressFile } from "./panels/progress-file";

/** Make the elements known, once: in JupyterLab every widget brings this module anew. */
export function define(): void {
  for (const [name, element] of [
    ["ss-choice", SsChoice],
    ["ss-quiz", SsQuiz],
    ["ss-progress-file", SsProgressFile],
  ] as const) {
    if (!customElements.get(name)) customElements.define(name, element);
  }
}
