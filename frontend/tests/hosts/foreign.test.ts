/** foreign.ts is a page's script: it runs on import, here once for each page. */

import { afterEach, beforeEach, expect, it, vi } from "vitest";

const ASLEEP = "A widget stands here that works only in a running notebook.";
const seen: Record<string, unknown>[] = [];

beforeEach(() => {
  vi.resetModules();
  vi.spyOn(console, "error").mockImplementation(() => {});
  /* Node imports no blob: address; the same text at a data: address is the same module. */
  vi.stubGlobal("Blob", class { constructor(readonly parts: string[]) {} });
  vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => {
    return `data:text/javascript,${encodeURIComponent((blob as unknown as { parts: string[] }).parts.join(""))}`;
  });
  vi.spyOn(URL, "revokeObjectURL").mockImplementation(() => {});
  vi.stubGlobal("seen", seen);
});
afterEach(() => {
  seen.length = 0;
  document.head.replaceChildren();
});

interface Widget {
  esm: string;
  css?: string;
  state?: object;
  buffers?: object[];
}

/** A page with these widgets, in the shape that export/page.py gives; the places where they stand. */
async function page(...widgets: Widget[]): Promise<HTMLElement[]> {
  const stored = widgets.map((widget, index) => ({ id: `w${index}`, css: "", state: {}, buffers: [], ...widget }));
  const places = stored.map(({ id }) => `<div class="foreign" id="${id}"></div>`).join("");
  const data = JSON.stringify(stored).replaceAll("<", "\\u003c");
  document.body.innerHTML = `${places}<script type="application/json" id="foreign">${data}</script>`;
  await import("../../src/hosts/foreign");
  return stored.map(({ id }) => document.getElementById(id)!);
}

const COUNTER = `
  function render({ model, el }) {
    const button = document.createElement("button");
    const show = () => (button.textContent = model.get("count"));
    button.onclick = () => { model.set("count", model.get("count") + 1); model.save_changes(); };
    model.on("change:count", show);
    show();
    el.append(button);
  }`;

it.each([
  ["a default export", `${COUNTER} export default { render };`],
  ["a function that gives it", `${COUNTER} export default async () => ({ render });`],
  ["a render of its own, as older widgets have", `${COUNTER} export { render };`],
])("another author's widget works, written as %s", async (_, esm) => {
  const [place] = await page({ esm, state: { count: 41 } });
  await vi.waitFor(() => expect(place!.textContent).toBe("41"));
  place!.querySelector("button")!.click();
  expect(place!.textContent).toBe("42");
});

it("each widget has a state of its own", async () => {
  const esm = `${COUNTER} export default { render };`;
  const places = await page({ esm, state: { count: 1 } }, { esm, state: { count: 1 } });
  await vi.waitFor(() => expect(places.map((place) => place.textContent)).toEqual(["1", "1"]));
  places[0]!.querySelector("button")!.click();
  expect(places.map((place) => place.textContent)).toEqual(["2", "1"]);
});

it("binary state arrives as bytes, however deep", async () => {
  const buffers = [{ path: ["deep", 0, "bytes"], encoding: "base64", data: btoa("\u0000\u00ffhi") }];
  await page({ esm: "export default { render: ({ model }) => seen.push(model.get('deep')[0]) };", state: { deep: [{}] }, buffers });
  await vi.waitFor(() => expect(seen.length).toBe(1));
  const bytes = seen[0]!.bytes as DataView;
  expect(bytes).toBeInstanceOf(DataView);
  expect([...new Uint8Array(bytes.buffer)]).toEqual([0, 255, 104, 105]);
});

it("initialize comes before render, with the same model; styles come along", async () => {
  const esm = `export default {
    initialize: async ({ model }) => model.set("ready", true),
    render: ({ model }) => seen.push({ ready: model.get("ready") }),
  };`;
  await page({ esm, css: ".theirs { color: red }" });
  await vi.waitFor(() => expect(seen).toEqual([{ ready: true }]));
  expect(document.head.querySelector("style")!.textContent).toBe(".theirs { color: red }");
});

it("the model tells of changes, only of real ones, only to those who still listen", async () => {
  const esm = `export default { render({ model }) {
    const a = (_, value) => seen.push({ a: value });
    const any = () => seen.push({ any: true });
    model.on("change:a change:b", a);
    model.on("change", any);
    model.set("a", 1);
    model.set({ a: 2, b: 3 });
    model.save_changes();
    model.set("a", 2);
    model.off("change:a", a);
    model.off("change");
    model.set({ a: 5, b: 6 });
    model.off();
    model.set("b", 7);
    model.send({ hello: "kernel" });
    seen.push({ end: model.get("a") });
  } };`;
  await page({ esm, state: { a: 0, b: 0 } });
  await vi.waitFor(() => expect(seen.at(-1)).toHaveProperty("end"));
  expect(seen).toEqual([{ a: 1 }, { any: true }, { a: 2 }, { a: 3 }, { any: true }, { a: 6 }, { end: 5 }]);
});

it.each([
  ["does not parse", "this is no JavaScript"],
  ["throws", "export default { render() { throw new Error('no'); } };"],
  ["needs the kernel", "export default { render: ({ experimental }) => experimental.invoke('compute') };"],
])("a widget that %s says so in its place, and the others work", async (_, esm) => {
  const [broken, whole] = await page({ esm }, { esm: `${COUNTER} export default { render };`, state: { count: 1 } });
  await vi.waitFor(() => expect([broken!.textContent, whole!.textContent]).toEqual([ASLEEP, "1"]));
  expect(broken!.classList.contains("asleep")).toBe(true);
  expect(whole!.classList.contains("asleep")).toBe(false);
});

it("a widget gets a signal, as anywidget 0.11 gives it", async () => {
  await page({ esm: "export default { render: (props) => seen.push({ signal: props.signal }) };" });
  await vi.waitFor(() => expect(seen.length).toBe(1));
  expect(seen[0]!.signal).toBeInstanceOf(AbortSignal);
});
