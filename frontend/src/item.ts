/** What a component is given: a quiz and its items, as plain data. */

export interface SourceLink {
  /** A short name, such as "NICE 2023". */
  label: string;
  /** Where to read it: a web address or an anchor on the same page; empty where there is none. */
  href: string;
}

export interface Option {
  text: string;
  correct: boolean;
  feedback: string;
  /** Sources of this option's feedback; empty where the item's sources hold. */
  sources: SourceLink[];
}

export interface ChoiceItem {
  id: string;
  kind: "choice";
  /** Hash of the wording: an answer belongs to one version. */
  version: string;
  answers: "one" | "several";
  stem: string;
  options: Option[];
  hints: string[];
  sources: SourceLink[];
}

export interface Quiz {
  id: string;
  lesson: string;
  title: string;
  says: string;
  items: ChoiceItem[];
}

/** Option letters: "a" for the first. */
export const letter = (index: number): string => String.fromCharCode(97 + index);
