/** Bundles the frontend into src/secondsight/static, or into the folder named as the first argument. */
import { build } from "esbuild";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, "..", "src", "secondsight", "static");
const shared = { bundle: true, minify: true, target: "es2022", legalComments: "none", logLevel: "warning", absWorkingDir: here };
const look = (name) => readFile(join(here, "src", "look", `${name}.css`), "utf8");
const declarations = async (name) => (await look(name)).match(/\{(.*?)\}/s)[1];
const [tokens, dark] = await Promise.all(["tokens", "dark"].map(declarations));
const styles = async (...names) => {
  const texts = await Promise.all(names.map(look));
  const { outputFiles } = await build({
    stdin: { contents: texts.join("\n").replaceAll("--tokens: on;", tokens).replaceAll("--dark: on;", dark), loader: "css" }, minify: true, write: false, logLevel: "warning",
  });
  return outputFiles[0].text;
};

const { version } = JSON.parse(await readFile(join(here, "package.json"), "utf8"));
const extension = join(out, "labextension");
const manifest = {
  name: "secondsight", version, license: "BSD-3-Clause",
  jupyterlab: { extension: true, _build: { load: "static/remoteEntry.js", extension: "./extension" } },
};

/* What stays of line breaks in the bundle stands in templates, where a space does as well. */
const script = async (entry, format, file, define = {}) => {
  const { outputFiles } = await build({ ...shared, entryPoints: [entry], format, define, write: false });
  await writeFile(file, outputFiles[0].text.replace(/\n\s+/g, " "));
};

await mkdir(join(extension, "static"), { recursive: true });
await Promise.all([
  script("src/hosts/jupyter.ts", "esm", join(out, "widget.js")),
  script("src/hosts/page.ts", "iife", join(out, "page.js")),
  script("src/hosts/foreign.ts", "iife", join(out, "foreign.js")),
  styles("lab-notebook").then((css) =>
    script("src/lab/extension.ts", "iife", join(extension, "static", "remoteEntry.js"), { STYLE: JSON.stringify(css) }),
  ),
  writeFile(join(extension, "package.json"), `${JSON.stringify(manifest, null, 1)}\n`),
  styles("tokens", "lab", "printed", "pictures", "chart").then((css) => writeFile(join(out, "lab.css"), css)),
  styles("tokens", "page", "printed").then((css) => writeFile(join(out, "page.css"), css)),
  styles("pictures", "chart").then((css) => writeFile(join(out, "pictures.css"), css)),
]);
