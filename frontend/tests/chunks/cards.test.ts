import { expect, it } from "vitest";
import { Cards } from "../../src/activities/cards";

it("what match and order share is put beside the rest of what the page’s own script gives to the kinds", async () => {
  const kit = { html: "as it was" };
  Object.assign(globalThis, { secondSight: kit });
  await import("../../src/chunks/cards");
  expect(kit).toEqual({ html: "as it was", Cards });
});
