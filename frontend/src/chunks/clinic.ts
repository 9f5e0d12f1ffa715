import type { EmergencyCard, VignetteItem } from "../item";
import { panel, readItem, text, texts } from "../kit";
import { SsClinic } from "../panels/clinic";

function readCard(element: HTMLElement): EmergencyCard {
  const says = texts(element, "dd");
  return {
    name: text(element, "h3"),
    features: texts(element, "ul li"),
    rows: texts(element, "dt").map((head, index) => ({ head, says: says[index]! })),
  };
}

panel("ss-clinic", SsClinic, (element: SsClinic) => {
  const cards = [...element.querySelectorAll<HTMLElement>(".flag[data-card]")];
  element.data = {
    id: element.dataset.clinic!,
    lesson: element.dataset.lesson!,
    title: text(element, ".title"),
    says: text(element, ".says"),
    inTen: Number(element.dataset.inTen),
    levels: texts(element, ".levels li"),
    vignettes: [...element.querySelectorAll<HTMLElement>("[data-item]")].map((each) => readItem(each) as VignetteItem),
    cards: Object.fromEntries(cards.map((card) => [card.dataset.card!, readCard(card)])),
  };
});
