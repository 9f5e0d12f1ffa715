import { SsVignette } from "../activities/vignette";
import { LEVELS, type VignetteItem } from "../item";
import { know, readAsked, sources } from "../kit";

function read(element: HTMLElement): VignetteItem {
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

know("vignette", { tag: "ss-vignette", element: SsVignette, read });
