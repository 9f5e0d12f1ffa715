/** The rules of the document that pictures are drawn with, for a picture inside a shadow root. */
let sheet: CSSStyleSheet | undefined;

export function pictureSheet(): CSSStyleSheet {
  if (sheet) return sheet;
  sheet = new CSSStyleSheet();
  const rules = [...document.styleSheets].flatMap((each) => {
    try {
      return [...each.cssRules];
    } catch {
      return []; /* Another origin's sheet, which JupyterLab may have, is not ours to read. */
    }
  });
  sheet.replaceSync(rules.map((rule) => rule.cssText).filter((css) => css.includes(".ss-picture")).join("\n"));
  return sheet;
}

/** An SVG's text as an element. The course's reader has found that it holds nothing that runs or loads. */
export function drawing(svg: string): SVGSVGElement {
  return document.importNode(new DOMParser().parseFromString(svg, "image/svg+xml").documentElement, true) as unknown as SVGSVGElement;
}

/** Where a point of a drawing lies, in per cent of its width and height. */
export function place(drawn: SVGSVGElement, x: number, y: number): { left: string; top: string } {
  const [left = 0, top = 0, width = 1, height = 1] = (drawn.getAttribute("viewBox") ?? "").split(/[\s,]+/).map(Number);
  return { left: `${((x - left) / width) * 100}%`, top: `${((y - top) / height) * 100}%` };
}
