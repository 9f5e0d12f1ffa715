import { defineConfig } from "vitest/config";

export default defineConfig({
  /* What build.mjs puts in the place of this name. */
  define: { STYLE: JSON.stringify(".from-build {}") },
  test: {
    environment: "happy-dom",
    include: ["tests/**/*.test.ts"],
    restoreMocks: true,
    unstubGlobals: true,
    onConsoleLog: (log) => !log.includes("lit.dev/msg"),
  },
});
