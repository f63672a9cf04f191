// Runs a program that judges, and reads what it counted.

/** What a judge counted. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** Runs a program whose last line is "passed P failed F skipped S", and returns the numbers. */
export async function judge(
  program: string,
  { args, env }: { args: string[]; env: Record<string, string> },
): Promise<Counts> {
  const child = new Deno.Command(program, { args, env, stdout: "piped" }).spawn();
  const text = await new Response(child.stdout).text();
  console.log(text.trimEnd());
  const { success } = await child.status;
  const counts = /passed (\d+) failed (\d+) skipped (\d+)\s*$/.exec(text)?.slice(1).map(Number);
  if (counts === undefined) return { passed: 0, failed: 1, skipped: 0 };
  const [passed, failed, skipped] = counts;
  return { passed, failed: success ? failed : Math.max(failed, 1), skipped };
}
