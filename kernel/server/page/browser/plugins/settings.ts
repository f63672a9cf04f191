// The settings of every extension: what they may be comes with the page, what the user has changed stays in
// this browser.

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { ISettingRegistry, SettingRegistry } from "@jupyterlab/settingregistry";
import { DataConnector } from "@jupyterlab/statedb";
import schemas from "settings-schemas";
import { BrowserStore } from "../services/browser_store.ts";

class Settings extends DataConnector<ISettingRegistry.IPlugin, string> {
  readonly #changed = new BrowserStore("settings");

  override fetch(id: string): Promise<ISettingRegistry.IPlugin | undefined> {
    const schema = schemas[id];
    if (schema === undefined) return Promise.resolve(undefined);
    const raw = this.#changed.read(id) ?? "{}";
    return Promise.resolve({
      id,
      raw,
      // The registry changes what it is given.
      schema: structuredClone(schema),
      data: { composite: {}, user: {} },
      version: "",
    });
  }

  override async save(id: string, raw: string): Promise<void> {
    await this.#changed.save(id, raw);
  }
}

/**
 * A registry whose readers wait for the extension that completes a schema (menus, shortcuts, toolbars), where the
 * schema says that there is one: without a server between, they would often come before it.
 */
class PatientRegistry extends SettingRegistry {
  readonly #completed = new Map<string, PromiseWithResolvers<void>>();

  override async load(id: string, forceTransform?: boolean): Promise<ISettingRegistry.ISettings> {
    if (schemas[id]?.["jupyter.lab.transform"] === true) await this.#completion(id).promise;
    return super.load(id, forceTransform);
  }

  override transform(...[id, phases]: Parameters<SettingRegistry["transform"]>) {
    const registered = super.transform(id, phases);
    this.#completion(id).resolve();
    return registered;
  }

  #completion(id: string): PromiseWithResolvers<void> {
    const known = this.#completed.get(id) ?? Promise.withResolvers<void>();
    this.#completed.set(id, known);
    return known;
  }
}

export const settings: JupyterFrontEndPlugin<ISettingRegistry> = {
  id: "dials:settings",
  autoStart: true,
  provides: ISettingRegistry,
  activate: async (app: JupyterFrontEnd) => {
    const connector = new Settings();
    const present = Object.keys(schemas).filter((id) => app.hasPlugin(id));
    const plugins = await Promise.all(present.map((id) => connector.fetch(id)));
    return new PatientRegistry({
      connector,
      plugins: plugins.filter((plugin) => plugin !== undefined),
    });
  },
};
