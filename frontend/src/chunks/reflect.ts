import { SsReflect } from "../activities/reflect";
import type { ReflectItem } from "../item";
import { know, readAsked, text, texts } from "../kit";

function readReflect(element: HTMLElement): ReflectItem {
  return { ...readAsked(element), kind: "reflect", model: text(element, ".model"), points: texts(element, ".covers li") };
}

know("reflect", { tag: "ss-reflect", element: SsReflect, read: readReflect });
