import { SsMatch } from "../activities/match";
import type { MatchItem } from "../item";
import { know, readAsked, text, texts } from "../kit";

function readMatch(element: HTMLElement): MatchItem {
  const whys = [...element.querySelectorAll<HTMLElement>(".key li")];
  const cards = texts(element, ".options li").map((words, index) => {
    return { text: words, group: Number(whys[index]!.dataset.group), feedback: text(whys[index]!, ".why") };
  });
  return { ...readAsked(element), kind: "match", groups: texts(element, ".groups li"), cards };
}

know("match", { tag: "ss-match", element: SsMatch, read: readMatch });
