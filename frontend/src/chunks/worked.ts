import { SsWorked } from "../activities/worked";
import type { WorkedItem } from "../item";
import { know, readAsked, readOptions, text, texts } from "../kit";

function readWorked(element: HTMLElement): WorkedItem {
  const whys = [...element.querySelectorAll(".step-why li")];
  const steps = texts(element, ".steps li").map((says, index) => {
    return { says, wrong: whys[index]!.classList.contains("right"), why: text(whys[index]!, ".why") };
  });
  return { ...readAsked(element), kind: "worked", steps, mends: readOptions(element, ".options li", ".mend-why li") };
}

know("worked", { tag: "ss-worked", element: SsWorked, read: readWorked });
