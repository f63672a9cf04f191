// Bundles the lab's page into the folder named on the command line: everything the browser will ask for, so that
// it needs nothing from outside. Run by ../build.ts, once the packages are installed.

import { build, type BuildOptions, type Metafile, type Plugin } from "esbuild";
import { settingsSchemas } from "./bundle/settings_schemas.ts";

const [out] = Deno.args;
const here = import.meta.dirname!;

/** An SVG is text to scripts, which style it, and an address to style sheets. */
const pictures: Plugin = {
  name: "pictures",
  setup({ onLoad, onResolve, resolve }) {
    onResolve({ filter: /\.svg(#.*)?$/ }, async ({ path, kind, pluginData, ...options }) => {
      if (kind !== "url-token" || pluginData === "found") return undefined;
      const found = await resolve(path, { ...options, kind, pluginData: "found" });
      return found.errors.length > 0 ? found : { path: found.path, namespace: "picture" };
    });
    onLoad({ filter: /.*/, namespace: "picture" }, async ({ path }) => {
      // Of fonts every browser of today reads woff2.
      if (/[/\\]webfonts[/\\]/.test(path)) return { contents: "", loader: "empty" };
      return { contents: await Deno.readFile(path), loader: "dataurl" };
    });
  },
};

/** In JupyterLab's style sheets "~" stands for the packages. */
const tilde: Plugin = {
  name: "tilde",
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^~/ }, ({ path, ...options }) => resolve(path.slice(1), options));
  },
};

const common: BuildOptions = {
  absWorkingDir: here,
  outdir: out,
  nodePaths: [`${here}/node_modules`], // for source from outside this folder
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2022", "chrome110", "firefox115", "safari16"],
  assetNames: "assets/[name]-[hash]",
  logLevel: "error",
  loader: {
    ".svg": "text",
    ".png": "dataurl",
    ".gif": "dataurl",
    ".woff2": "file",
    ".woff": "empty",
    ".ttf": "empty",
    ".eot": "empty",
  },
};

const { metafile } = await build({
  ...common,
  entryPoints: ["main.ts"],
  entryNames: "[name]-[hash]",
  chunkNames: "chunks/[name]-[hash]",
  splitting: true,
  metafile: true,
  define: { "process.env.NODE_ENV": '"production"', global: "globalThis" },
  inject: ["./stubs/process.ts"],
  alias: {
    "@jupyterlab/mermaid": "./stubs/mermaid.ts",
    path: "path-browserify",
  },
  plugins: [tilde, pictures, settingsSchemas(here)],
});

for (const theme of ["light", "dark"]) {
  await build({
    ...common,
    entryPoints: { index: `@jupyterlab/theme-${theme}-extension/style/theme.css` },
    outdir: `${out}/themes/@jupyterlab/theme-${theme}-extension`,
    plugins: [pictures],
  });
}

const page = await Deno.readTextFile(`${here}/index.html`);
const { script, style } = entryFiles(metafile);
await Deno.writeTextFile(
  `${out}/index.html`,
  page.replaceAll("MAIN_SCRIPT", script).replaceAll("MAIN_STYLE", style),
);

/** What the page loads first, by the names that its content gave it. */
function entryFiles({ outputs }: Metafile): { script: string; style: string } {
  const names = Object.keys(outputs).map((path) => path.split("/").at(-1)!);
  const find = (pattern: RegExp) => names.find((name) => pattern.test(name))!;
  return { script: find(/^main-\w+\.js$/), style: find(/^main-\w+\.css$/) };
}
