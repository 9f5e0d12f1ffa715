/** From the printed form (HTML that is there without JavaScript) to the data of items. */

import type { ChoiceItem, Option, Quiz, SourceLink } from "../item";
import { readItem } from "../kinds";

/** The text of the first match, trimmed; empty where there is none. */
export const text = (within: Element, selector: string): string => within.querySelector(selector)?.textContent?.trim() ?? "";
export const texts = (within: Element, selector: string): string[] =>
  [...within.querySelectorAll(selector)].map((each) => each.textContent!.trim());

export function sources(within: Element | null): SourceLink[] {
  return [...(within?.querySelectorAll("a, span") ?? [])].map((link) => {
    return { label: link.textContent ?? "", href: link.getAttribute("href") ?? "" };
  });
}

/** What every item has. */
export function readAsked(element: HTMLElement): { id: string; version: string; stem: string; hints: string[]; sources: SourceLink[] } {
  return {
    id: element.dataset.item!,
    version: element.dataset.version!,
    stem: text(element, ".stem"),
    hints: texts(element, ".hint p"),
    sources: sources(element.querySelector(".key > .cites")),
  };
}

/** Options under `list`, with their feedback under `key`. */
export function readOptions(element: HTMLElement, list = ".options li", key = ".key li"): Option[] {
  const whys = [...element.querySelectorAll(key)];
  return texts(element, list).map((words, index) => {
    const why = whys[index]!;
    return {
      text: words,
      correct: why.classList.contains("right"),
      feedback: text(why, ".why"),
      sources: sources(why.querySelector(".cites")),
    };
  });
}

export function readChoice(element: HTMLElement): ChoiceItem {
  return {
    ...readAsked(element),
    kind: "choice",
    answers: element.dataset.answers as ChoiceItem["answers"],
    options: readOptions(element),
  };
}

export function readQuiz(element: HTMLElement): Quiz {
  return {
    id: element.dataset.quiz!,
    lesson: element.dataset.lesson!,
    title: text(element, ".title"),
    says: text(element, ".says"),
    items: [...element.querySelectorAll<HTMLElement>(".item")].map(readItem),
  };
}
