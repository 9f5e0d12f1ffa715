import type { Attempt } from "../attempt";

/** Where a component lives: it keeps attempts and gives them back. A component knows no more of it. */
export interface Host {
  readonly place: Attempt["place"];
  /** What a trainee is told of where answers are kept, where that is neither this machine nor a notebook. */
  readonly elsewhere?: KeptElsewhere;
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

/** Sentences for a trainee on a place that keeps answers elsewhere than on their own machine. */
export interface KeptElsewhere {
  /** Where answers are, and who can see them. */
  kept: string;
  /** What becomes of their own words. */
  words: string;
  /** An answer could not be kept. */
  notKept: string;
  /** All answers are erased. */
  erased: string;
}

/** Where a page keeps its answers. */
export interface AnswerRecord {
  readonly course: string;
  /** By the id under which each is kept. */
  readonly known: ReadonlyMap<string, Attempt>;
  /** Whether something is here that is neither kept nor in a file. */
  unsaved: boolean;
  /** Keep answers, given here or read from a file; whether that was possible. */
  keep(attempts: readonly Attempt[], fromFile?: boolean): boolean;
  /** Forget all of them; throws an Error with a sentence for the trainee where that cannot be. */
  erase(): void;
  readonly elsewhere?: KeptElsewhere;
  /** Whether an answer from a file has a place here; without it every one has. */
  takes?(attempt: Attempt): boolean;
  /** The answers as they go into a file, where they differ from those in `known`. */
  given?(): Attempt[];
}
