import { SsSpot } from "../activities/spot";
import type { Phrase, SpotItem } from "../item";
import { know, readAsked, text } from "../kit";

function readSpot(element: HTMLElement): SpotItem {
  const phrases: Phrase[] = [...element.querySelectorAll(".key li")].map((why) => {
    return { cue: why.classList.contains("right"), why: text(why, ".why") };
  });
  let next = 0;
  const paragraphs = [...element.querySelectorAll(".text p")].map((paragraph) =>
    [...paragraph.childNodes].map((node) => {
      return { text: node.textContent ?? "", phrase: node instanceof HTMLElement ? phrases[next++]! : null };
    }),
  );
  return { ...readAsked(element), kind: "spot", form: element.dataset.form as SpotItem["form"], paragraphs };
}

know("spot", { tag: "ss-spot", element: SsSpot, read: readSpot });
