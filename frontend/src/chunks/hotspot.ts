import { SsHotspot } from "../activities/hotspot";
import type { HotspotItem } from "../item";
import { know, readAsked, readOptions } from "../kit";

function readHotspot(element: HTMLElement): HotspotItem {
  const svg = element.querySelector("svg")!.cloneNode(true) as SVGSVGElement;
  const pins = [...svg.querySelectorAll(".p-pins circle")];
  svg.querySelector(".p-pins")?.remove();
  const options = readOptions(element).map((option, index) => {
    return { ...option, x: Number(pins[index]!.getAttribute("cx")), y: Number(pins[index]!.getAttribute("cy")) };
  });
  return {
    ...readAsked(element),
    kind: "hotspot",
    answers: element.dataset.answers as HotspotItem["answers"],
    options,
    svg: new XMLSerializer().serializeToString(svg),
  };
}

know("hotspot", { tag: "ss-hotspot", element: SsHotspot, read: readHotspot });
