// The Python that tests of other people's programs run in.

/**
 * The first Python that has all `modules`; undefined if none does. `DIALS_PYTHON` names the only one to try.
 */
export async function findPython(modules: readonly string[]): Promise<string | undefined> {
  const named = Deno.env.get("DIALS_PYTHON");
  const candidates = named === undefined ? ["python3", "/usr/bin/python3", "python"] : [named];
  for (const python of candidates) {
    try {
      const args = ["-c", `import ${modules.join(", ")}`];
      const { success } = await new Deno.Command(python, { args, stderr: "null" }).output();
      if (success) return python;
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
}
