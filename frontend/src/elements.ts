import { SsChoice } from "./activities/choice";
import { SsQuiz } from "./activities/quiz";
import { readChoice } from "./hosts/printed";
import { define, know } from "./kinds";
import { SsProgressFile } from "./panels/progress-file";

/** Make known the kind of item that every page can read. */
export function knowChoice(): void {
  know("choice", { tag: "ss-choice", element: SsChoice, read: readChoice });
}

/** Make known what every page has; what stands on it comes to life. */
export function defineCore(): void {
  define("ss-quiz", SsQuiz);
  define("ss-progress-file", SsProgressFile);
}
