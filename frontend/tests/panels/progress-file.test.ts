import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { defineCore, knowChoice } from "../../src/elements";
import type { SsProgressFile } from "../../src/panels/progress-file";
import { FakeHost, all, press, words } from "../small-quiz";

knowChoice();
defineCore();
let host: FakeHost;
let panel: SsProgressFile;

beforeEach(async () => {
  host = new FakeHost();
  panel = Object.assign(document.createElement("ss-progress-file") as SsProgressFile, { host });
  document.body.append(panel);
  await panel.updateComplete;
});
afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});

function choose(...texts: string[]): void {
  const input = all<HTMLInputElement>(panel, "input[type=file]")[0]!;
  Object.defineProperty(input, "files", { value: texts.map((text) => new File([text], "progress.jsonl")), configurable: true });
  input.dispatchEvent(new Event("change"));
}

const said = (text: string): Promise<void> => vi.waitFor(() => expect(words(panel, "[role=status]")).toBe(text));

describe("Save my progress", () => {
  it("gives a dated file with all answers, and says where it is", async () => {
    vi.useFakeTimers({ toFake: ["Date", "setTimeout"], now: new Date("2026-11-22T10:15:00Z") });
    const blobs: Blob[] = [];
    vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => `blob:${blobs.push(blob as Blob)}`);
    const revoke = vi.spyOn(URL, "revokeObjectURL");
    const links: HTMLAnchorElement[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
      expect(revoke).not.toHaveBeenCalled();
      links.push(this);
    });
    await press(panel, "Save my progress");
    await said("Your progress is in your downloads folder.");
    expect(await blobs[0]!.text()).toBe("the text of the file");
    expect(links.map(({ href, download }) => [href, download])).toEqual([["blob:1", "second-sight-2026-11-22.jsonl"]]);
  });

  it("says what went wrong", async () => {
    host.says = "Your earlier answers could not be read.";
    await press(panel, "Save my progress");
    await said(host.says);
    expect(all(panel, "[role=status]")[0]!.classList.contains("bad")).toBe(true);
  });
});

describe("Load my progress", () => {
  it("opens the file chooser from a button of its own", async () => {
    const clicked = vi.spyOn(all<HTMLInputElement>(panel, "input")[0]!, "click");
    await press(panel, "Load my progress");
    expect(clicked).toHaveBeenCalledOnce();
  });

  it("hands the text to the host, says what was taken, and tells the page", async () => {
    const loaded = vi.fn();
    document.addEventListener("ss-loaded", loaded, { once: true });
    choose("some text");
    await said("2 answers loaded.");
    expect(host.loaded).toEqual(["some text"]);
    expect(loaded).toHaveBeenCalledOnce();
  });

  it("says what is wrong with a file, and is glad again with a good one", async () => {
    host.says = "This is not a progress file of Second Sight.";
    choose("rubbish");
    await said(host.says);
    expect(all(panel, "[role=status].bad").length).toBe(1);
    host.says = "";
    choose("good");
    await said("2 answers loaded.");
    expect(all(panel, "[role=status].bad").length).toBe(0);
  });

  it("does nothing where no file was chosen", async () => {
    choose();
    await panel.updateComplete;
    expect(host.loaded).toEqual([]);
    expect(words(panel, "[role=status]")).toBe("");
  });
});

it("has its region for messages from the start, and a name for its input", () => {
  expect(words(panel, "[role=status]")).toBe("");
  expect(all(panel, "[role=status]").length).toBe(1);
  expect(all(panel, "input")[0]!.getAttribute("aria-label")).toBe("Progress file");
});
