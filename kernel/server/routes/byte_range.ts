// Parts of files, which players of sound and film ask for.

/** The bytes of a file that a Range header asks for, from `start` up to but without `end`; all where it has none. */
export function byteRange(
  header: string | undefined,
  size: number,
): { start: number; end: number; isPart: boolean } {
  const whole = { start: 0, end: size, isPart: false };
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (first === "" && last === "") return whole;
  const start = first === "" ? Math.max(size - Number(last), 0) : Number(first);
  const end = first === "" || last === "" ? size : Math.min(Number(last) + 1, size);
  // A range outside the file may be answered with the whole of it.
  return start < end ? { start, end, isPart: true } : whole;
}
