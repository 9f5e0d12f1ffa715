/** What a component is given: items, quizzes, cases and clinics, as plain data. */

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

interface Asked {
  id: string;
  /** Hash of the wording: an answer belongs to one version. */
  version: string;
  stem: string;
  hints: string[];
  sources: SourceLink[];
}

export interface ChoiceItem extends Asked {
  kind: "choice";
  answers: "one" | "several";
  options: Option[];
}

/** A place on a picture, in the units of its viewBox. */
export interface Place extends Option {
  x: number;
  y: number;
}

export interface HotspotItem extends Asked {
  kind: "hotspot";
  answers: "one" | "several";
  options: Place[];
  /** An SVG that the course's reader has found to hold nothing that runs or loads. */
  svg: string;
}

export interface MatchItem extends Asked {
  kind: "match";
  groups: string[];
  /** As they are dealt; `group` is an index into the groups. */
  cards: { text: string; group: number; feedback: string }[];
}

export interface OrderItem extends Asked {
  kind: "order";
  /** As they are dealt; `place` is the right place, 0 for the first. */
  steps: { text: string; place: number; feedback: string }[];
}

export interface Phrase {
  cue: boolean;
  why: string;
}

export interface SpotItem extends Asked {
  kind: "spot";
  form: "words" | "call" | "letter" | "note";
  /** The text in its paragraphs and pieces; a piece with a phrase can be marked. */
  paragraphs: { text: string; phrase: Phrase | null }[][];
}

export interface WorkedItem extends Asked {
  kind: "worked";
  steps: { says: string; wrong: boolean; why: string }[];
  mends: Option[];
}

export interface ReflectItem extends Asked {
  kind: "reflect";
  model: string;
  points: string[];
}

/** How fast to act, from the fastest to the slowest. */
export const LEVELS = [
  "same-day-emergency",
  "contact-team-within-days",
  "discuss-if-beyond-1-2-weeks",
  "reassure-and-safety-net",
] as const;
export type Level = (typeof LEVELS)[number];

export interface CaseStep {
  id: string;
  says: string;
  asks: { text: string; minutes: number; answer: string; key: boolean; why: string }[];
  /** Where it leads: one way without text, or several to choose from; "decide" ends the asking. */
  ways: { text: string; next: string }[];
}

export interface CaseItem extends Asked {
  kind: "case";
  patient: string;
  history: string;
  /** Minutes for asking. */
  minutes: number;
  steps: CaseStep[];
  action: Level;
  /** For each level, in the order of LEVELS, its name and why it is right or not. */
  levels: { name: string; why: string }[];
  detail: string;
  consider: string;
  cues: string[];
  lures: string[];
  debrief: string;
}

export interface VignetteItem extends Asked {
  kind: "vignette";
  action: Level;
  /** Id of the emergency card that belongs to it; empty where none does. */
  card: string;
  pieces: { text: string; mattered: boolean }[];
  why: string;
}

export type Item =
  | VignetteItem | ChoiceItem | HotspotItem | MatchItem | OrderItem | SpotItem | WorkedItem | ReflectItem | CaseItem;

export interface Quiz {
  id: string;
  lesson: string;
  title: string;
  says: string;
  items: Item[];
}

export interface EmergencyCard {
  name: string;
  features: string[];
  /** Headed lines: how fast, whom to call, while waiting, remember. */
  rows: { head: string; says: string }[];
}

export interface Clinic {
  id: string;
  lesson: string;
  title: string;
  says: string;
  /** Of ten vignettes, about so many need action within days or sooner. */
  inTen: number;
  /** Names of the levels, in the order of LEVELS. */
  levels: string[];
  vignettes: VignetteItem[];
  cards: Record<string, EmergencyCard>;
}

/** Letters for options, cards, places: "a" for the first. */
export const letter = (index: number): string => String.fromCharCode(97 + index);
/** The index that a letter stands for; -1 for anything else. */
export const indexOf = (text: string): number => (/^[a-z]$/.test(text) ? text.charCodeAt(0) - 97 : -1);
