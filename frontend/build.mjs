/** Bundles the frontend into src/secondsight/static, or into the folder named as the first argument. */
import { build, transform } from "esbuild";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, "..", "src", "secondsight", "static");
const shared = { bundle: true, minify: true, target: "es2022", charset: "utf8", legalComments: "none", logLevel: "warning", absWorkingDir: here };
const look = (name) => readFile(join(here, "src", "look", `${name}.css`), "utf8");
const declarations = async (name) => (await look(name)).match(/\{(.*?)\}/s)[1];
const [tokens, dark, darkPage] = await Promise.all(["tokens", "dark", "dark-page"].map(declarations));
const styles = async (...names) => {
  const texts = await Promise.all(names.map(look));
  const { outputFiles } = await build({
    stdin: { contents: texts.join("\n").replaceAll("--tokens: on;", tokens).replaceAll("--dark: on;", dark).replaceAll("--dark-page: on;", darkPage), loader: "css" }, minify: true, write: false, logLevel: "warning",
  });
  return outputFiles[0].text;
};

const { version } = JSON.parse(await readFile(join(here, "package.json"), "utf8"));
const extension = join(out, "labextension");
const manifest = {
  name: "secondsight", version, license: "BSD-3-Clause",
  jupyterlab: { extension: true, _build: { load: "static/remoteEntry.js", extension: "./extension" } },
};

/* On a page, which has its styles to itself, the tokens go by short names. */
const names = [...new Set(tokens.match(/--ss-[\w-]+/g))];
const short = (at) => "z".repeat(Math.floor(at / 26)) + String.fromCharCode(97 + (at % 26));
const shortened = (text) =>
  text.replace(/--ss-[\w-]+/g, (name) => `--${short(names.indexOf(name))}`).replace(/(--\w+): /g, "$1:");

/* What stays of line breaks in the bundle stands in templates, where a space does as well. */
const script = async (entry, format, file, { define = {}, plugins = [], mangleProps = undefined, finish = (text) => text } = {}) => {
  const { outputFiles } = await build({ ...shared, entryPoints: [entry], format, define, mangleProps, plugins: [...plugins, smallStyles], write: false });
  await writeFile(file, finish(outputFiles[0].text.replace(/\n\s+/g, " ")));
};

/* What the page's own script shares with the kinds of activity, each in a script of its own. */
const fromPage = {
  name: "from-page",
  setup(within) {
    within.onResolve({ filter: /^\.\.\/kit$|^\.\/cards$/ }, () => ({ path: "kit", namespace: "page" }));
    within.onLoad({ filter: /./, namespace: "page" }, () => ({ contents: "module.exports = globalThis.secondSight" }));
  },
};
/* esbuild leaves what stands in templates as it is; the styles of components are minified here. */
const smallStyles = {
  name: "small-styles",
  setup(within) {
    within.onLoad({ filter: /frontend\/src\/.*\.ts$/ }, async ({ path }) => {
      const parts = (await readFile(path, "utf8")).split(/(?<=\bcss`)([^`$]*)(?=`)/);
      const small = parts.map(async (part, index) =>
        index % 2 ? (await transform(part, { loader: "css", minify: true })).code.trim() : part);
      return { contents: (await Promise.all(small)).join(""), loader: "ts" };
    });
  },
};
const chunks = (await readdir(join(here, "src", "chunks"))).map((name) => name.replace(/\.ts$/, ""));

await mkdir(join(extension, "static"), { recursive: true });
await Promise.all([
  script("src/hosts/jupyter.ts", "esm", join(out, "widget.js")),
  script("src/hosts/jupyter-clinic.ts", "esm", join(out, "clinic.js")),
  script("src/hosts/jupyter-course.ts", "esm", join(out, "course.js")),
  /* What Lit keeps to itself: all of Lit on a page is in this script. */
  script("src/hosts/page.ts", "iife", join(out, "page.js"), { mangleProps: /^_\$/, finish: shortened }),
  script("src/hosts/foreign.ts", "iife", join(out, "foreign.js")),
  script("src/hosts/scorm.ts", "iife", join(out, "page-scorm.js")),
  ...chunks.map((name) => script(`src/chunks/${name}.ts`, "iife", join(out, `page-${name}.js`), { plugins: [fromPage], finish: shortened })),
  styles("lab-notebook").then((css) =>
    script("src/lab/extension.ts", "iife", join(extension, "static", "remoteEntry.js"), { define: { STYLE: JSON.stringify(css) } }),
  ),
  writeFile(join(extension, "package.json"), `${JSON.stringify(manifest, null, 1)}\n`),
  styles("tokens", "lab", "printed", "activities", "pictures", "chart", "class").then((css) => writeFile(join(out, "lab.css"), css)),
  styles("tokens", "pictures", "chart").then((css) => writeFile(join(out, "still.css"), css)),
  styles("paper").then((css) => writeFile(join(out, "paper.css"), shortened(css))),
  styles("anki").then((css) => writeFile(join(out, "anki.css"), css)),
  styles("tokens", "page", "printed", "activities", "sheet", "pictures", "chart", "class").then((css) => writeFile(join(out, "page.css"), shortened(css))),
]);
