import { SsOrder } from "../activities/order";
import type { OrderItem } from "../item";
import { know, readAsked, text, texts } from "../kit";

function readOrder(element: HTMLElement): OrderItem {
  const whys = [...element.querySelectorAll<HTMLElement>(".key li")];
  const steps = texts(element, ".options li").map((words, index) => {
    const place = whys.findIndex((why) => Number(why.dataset.step) === index);
    return { text: words, place, feedback: text(whys[place]!, ".why") };
  });
  return { ...readAsked(element), kind: "order", steps };
}

know("order", { tag: "ss-order", element: SsOrder, read: readOrder });
