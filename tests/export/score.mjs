// Scores answers as the course itself does: reads a list of {by, ...} from standard input, writes their scores.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { build } = createRequire(new URL("../../frontend/package.json", import.meta.url))("esbuild");
const source = new URL("../../frontend/src/scoring/score.ts", import.meta.url).pathname;
const made = await build({ entryPoints: [source], bundle: true, format: "esm", write: false });
const score = await import(`data:text/javascript,${encodeURIComponent(made.outputFiles[0].text)}`);

const by = {
  choice: ({ keys, chosen }) => score.scoreChoice({ options: keys.map((correct) => ({ correct })) }, chosen),
  spot: ({ keys, chosen }) => score.scoreSpot(score.countMarks(keys, new Set(chosen))),
  match: ({ groups, placed }) => score.scoreMatch(groups, placed),
  order: ({ places }) => score.scoreOrder(places),
  worked: ({ steps, mends, step, mend }) =>
    score.scoreWorked(steps.map((wrong) => ({ wrong })), mends.map((correct) => ({ correct })), step, mend),
  decision: ({ key, chosen }) => score.scoreDecision(key, chosen),
};
const asked = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(asked.map((each) => by[each.by](each))));
