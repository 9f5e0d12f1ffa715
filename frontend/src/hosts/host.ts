import type { Attempt } from "../attempt";

/** Where a component lives: it keeps attempts and gives them back. A component knows no more of it. */
export interface Host {
  readonly place: Attempt["place"];
  /** Attempts at these items that are already kept. */
  attempts(items: readonly string[]): Attempt[];
  /** Resolves when the attempt is kept; rejects with a sentence for the trainee when it is not. */
  keep(attempt: Attempt): Promise<void>;
  /** All attempts, as the text of a progress file. */
  save(): Promise<string>;
  /** Take in the text of a progress file; resolves to a sentence that says what was taken. */
  load(text: string): Promise<string>;
}
