// The settings of JupyterLab's extensions, as the module "settings-schemas": what each may be set to and what it
// is when nobody has set it. Jupyter's server hands these out one by one; here they are part of the page.

import type { Plugin } from "esbuild";

/** A schema as the extension's package brings it. */
interface Schema {
  properties?: Record<string, { default?: unknown }>;
}

/** @param folder where package.json, node_modules and settings.json are */
export function settingsSchemas(folder: string): Plugin {
  return {
    name: "settings-schemas",
    setup({ onLoad, onResolve }) {
      onResolve(
        { filter: /^settings-schemas$/ },
        ({ path }) => ({ path, namespace: "settings-schemas" }),
      );
      onLoad({ filter: /.*/, namespace: "settings-schemas" }, async () => ({
        contents: JSON.stringify(await readSchemas(folder)),
        loader: "json",
      }));
    },
  };
}

async function readSchemas(folder: string): Promise<Record<string, Schema>> {
  const { dependencies } = await readJson(`${folder}/package.json`);
  const defaults: Record<string, Record<string, unknown>> = await readJson(
    `${folder}/settings.json`,
  );
  const schemas: Record<string, Schema> = {};
  for (const name of Object.keys(dependencies)) {
    const schemaFolder = `${folder}/node_modules/${name}/schema`;
    if (!await Deno.stat(schemaFolder).then(() => true, () => false)) continue;
    for await (const { name: file } of Deno.readDir(schemaFolder)) {
      if (!file.endsWith(".json")) continue;
      const id = `${name}:${file.slice(0, -".json".length)}`;
      schemas[id] = withDefaults(await readJson(`${schemaFolder}/${file}`), defaults[id] ?? {});
    }
  }
  for (const id of Object.keys(defaults)) {
    if (!(id in schemas)) throw new Error(`settings.json sets ${id}, which has no settings.`);
  }
  return schemas;
}

/** A schema with the lab's own values in place of the extension's. */
function withDefaults(schema: Schema, values: Record<string, unknown>): Schema {
  for (const [key, value] of Object.entries(values)) {
    schema.properties ??= {};
    schema.properties[key] = { ...schema.properties[key], default: value };
  }
  return schema;
}

async function readJson(path: string) {
  return JSON.parse(await Deno.readTextFile(path));
}
