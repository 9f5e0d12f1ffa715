import { SsCase } from "../activities/case";
import { type CaseItem, type CaseStep, LEVELS, type Level } from "../item";
import { know, readAsked, text, texts } from "../kit";

function readStep(element: HTMLElement): CaseStep {
  const asks = [...element.querySelectorAll<HTMLElement>(".asks > li")].map((ask) => ({
    text: text(ask, ".ask"),
    minutes: Number(ask.dataset.minutes),
    answer: text(ask, ".reply"),
    key: ask.classList.contains("right"),
    why: text(ask, ".why"),
  }));
  const ways = [...element.querySelectorAll<HTMLElement>("[data-next]")].map((way) => {
    return { text: way.textContent!.trim(), next: way.dataset.next! };
  });
  return { id: element.dataset.step!, says: text(element, ".tells"), asks, ways };
}

function readCase(element: HTMLElement): CaseItem {
  const whys = texts(element, ".level-why .why");
  return {
    ...readAsked(element),
    kind: "case",
    patient: text(element, ".patient"),
    history: text(element, ".history"),
    minutes: Number(element.dataset.minutes),
    steps: [...element.querySelectorAll<HTMLElement>("[data-step]")].map(readStep),
    action: LEVELS.find((level) => level === element.dataset.action) as Level,
    levels: texts(element, ".options li").map((name, index) => ({ name, why: whys[index]! })),
    detail: text(element, ".detail"),
    consider: text(element, ".consider"),
    cues: texts(element, ".cues li"),
    lures: texts(element, ".lures li"),
    debrief: text(element, ".debrief"),
  };
}

know("case", { tag: "ss-case", element: SsCase, read: readCase });
