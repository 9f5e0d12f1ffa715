/** From the printed form of a quiz (HTML that is there without JavaScript) to its data. */

import type { ChoiceItem, Quiz, SourceLink } from "../item";

const text = (within: Element, selector: string): string => within.querySelector(selector)?.textContent?.trim() ?? "";

function sources(within: Element | null): SourceLink[] {
  return [...(within?.querySelectorAll("a, span") ?? [])].map((link) => {
    return { label: link.textContent ?? "", href: link.getAttribute("href") ?? "" };
  });
}

function readItem(element: HTMLElement): ChoiceItem {
  const whys = [...element.querySelectorAll(".key li")];
  return {
    id: element.dataset.item!,
    kind: "choice",
    version: element.dataset.version!,
    answers: element.dataset.answers as ChoiceItem["answers"],
    stem: text(element, ".stem"),
    options: [...element.querySelectorAll(".options li")].map((option, index) => {
      const why = whys[index]!;
      return {
        text: option.textContent!.trim(),
        correct: why.classList.contains("right"),
        feedback: text(why, ".why"),
        sources: sources(why.querySelector(".cites")),
      };
    }),
    hints: [...element.querySelectorAll(".hint p")].map((hint) => hint.textContent!.trim()),
    sources: sources(element.querySelector(".key > .cites")),
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
