// The one place where cells' imports are made: the import map gives this file the notebook's names, where the rest
// of the kernel keeps its own (kernel/session/notebook_config.ts). So it imports nothing itself.

/** Imports a module for a cell. */
export function importModule(specifier: string, options?: ImportCallOptions): Promise<object> {
  return import(specifier, options);
}

/**
 * The address of a module.
 *
 * @throws {TypeError} if the import map knows no such name
 */
export function resolveModule(specifier: string): string {
  return import.meta.resolve(specifier);
}
