// GPT-2's way of writing bytes as visible characters, which Hugging Face's files keep: a printable
// byte stands for itself, the others for the characters from U+0100 on. A space becomes "Ġ", a newline "Ċ".

/**
 * The 256 bytes in the order of the characters they are written as: the printable ones first. The
 * byte at index i has the id (number of special tokens) + i in a vocabulary that was trained here
 * or by Hugging Face tokenizers.
 */
export const BYTE_ORDER: Uint8Array = orderBytes();

/** The character that each byte is written as, by the byte's value. */
export const BYTE_CHARACTERS: readonly string[] = writeBytes();

/** The byte that each of those characters stands for. */
export const CHARACTER_BYTES: ReadonlyMap<string, number> = new Map(
  BYTE_CHARACTERS.map((character, byte) => [character, byte]),
);

function isPrintable(byte: number): boolean {
  return (byte > 0x20 && byte < 0x7f) || (byte > 0xa0 && byte !== 0xad);
}

function orderBytes(): Uint8Array {
  const bytes = Array.from({ length: 256 }, (_, byte) => byte);
  return Uint8Array.from([
    ...bytes.filter(isPrintable),
    ...bytes.filter((byte) => !isPrintable(byte)),
  ]);
}

function writeBytes(): string[] {
  let invisible = 0;
  return Array.from(
    { length: 256 },
    (_, byte) => String.fromCharCode(isPrintable(byte) ? byte : 0x100 + invisible++),
  );
}
