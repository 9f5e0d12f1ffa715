import type { Attempt } from "../attempt";

/** Where a component lives: it keeps attempts and gives them back. A component knows no more of it. */
export interface Host {
  readonly place: Attempt["place"];
  /** Attempts at these items that are already kept. */
  attempts(items: readonly string[]): Attempt[];
  /** How many answers are kept to other items than these. */
  unasked(items: readonly string[]): number;
  /**
   * Resolves when the attempt is kept, or when it is not and the trainee has been told before; rejects
   * with a sentence for the trainee when it is not kept for the first time.
   */
  keep(attempt: Attempt): Promise<void>;
  /** All attempts, as a progress file. */
  save(): Promise<Blob>;
  /** Take in a progress file; resolves to a sentence that says what was taken. */
  load(file: Blob): Promise<string>;
  /** Forget all attempts, for good; resolves to a sentence. */
  erase(): Promise<string>;
}
