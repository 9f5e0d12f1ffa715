import { SsVignette } from "../activities/vignette";
import { LEVELS, type EmergencyCard, type VignetteItem } from "../item";
import { define, panel, readAsked, sources, text, texts } from "../kit";
import { SsClinic } from "../panels/clinic";

function readVignette(element: HTMLElement): VignetteItem {
  const [tells, why] = element.querySelectorAll("p");
  return {
    ...readAsked(element),
    kind: "vignette",
    action: LEVELS[Number(element.dataset.level)]!,
    card: element.dataset.card ?? "",
    pieces: [...tells!.childNodes].map((node) => ({ text: node.textContent ?? "", mattered: node instanceof HTMLElement })),
    why: why!.lastChild!.textContent!.trim(),
    sources: sources(element.querySelector(".cites")),
  };
}

function readCard(element: HTMLElement): EmergencyCard {
  const says = texts(element, "dd");
  return {
    name: text(element, "h3"),
    features: texts(element, "ul li"),
    rows: texts(element, "dt").map((head, index) => ({ head, says: says[index]! })),
  };
}

define("ss-vignette", SsVignette);
panel("ss-clinic", SsClinic, (element: SsClinic) => {
  const cards = [...element.querySelectorAll<HTMLElement>(".flag[data-card]")];
  element.data = {
    id: element.dataset.clinic!,
    lesson: element.dataset.lesson!,
    title: text(element, ".title"),
    says: text(element, ".says"),
    inTen: Number(element.dataset.inTen),
    levels: texts(element, ".levels li"),
    vignettes: [...element.querySelectorAll<HTMLElement>("[data-item]")].map(readVignette),
    cards: Object.fromEntries(cards.map((card) => [card.dataset.card!, readCard(card)])),
  };
});
