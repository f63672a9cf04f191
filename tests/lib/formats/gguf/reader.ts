// A reader of GGUF files after the specification, of its own: what the writer's tests compare with.

/** An array of a file. */
export interface ReadTensor {
  readonly format: string;
  /** Row-major, as in the model. */
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** What a file holds. */
export interface GgufFile {
  readonly entries: Map<string, unknown>;
  readonly tensors: Map<string, ReadTensor>;
}

/** Reads a whole file, and checks what the specification says of it. */
export function readGguf(bytes: Uint8Array): GgufFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const uint32 = () => view.getUint32((at += 4) - 4, true);
  const uint64 = () => Number(view.getBigUint64((at += 8) - 8, true));
  const text = () => {
    const length = uint64();
    at += length;
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(at - length, at));
  };
  const value = (type: number): unknown => {
    switch (type) {
      case 4:
        return uint32();
      case 5:
        return view.getInt32((at += 4) - 4, true);
      case 6:
        return view.getFloat32((at += 4) - 4, true);
      case 7:
        return bytes[at++] === 1;
      case 8:
        return text();
      case 9: {
        const itemType = uint32();
        return Array.from({ length: uint64() }, () => value(itemType));
      }
    }
    throw new Error(`type ${type}`);
  };
  if (new TextDecoder().decode(bytes.subarray(0, 4)) !== "GGUF") throw new Error("no GGUF");
  at = 4;
  if (uint32() !== 3) throw new Error("not version 3");
  const [tensorCount, entryCount] = [uint64(), uint64()];
  const entries = new Map(Array.from({ length: entryCount }, () => [text(), value(uint32())]));
  const infos = Array.from({ length: tensorCount }, () => {
    const name = text();
    const shape = Array.from({ length: uint32() }, uint64).reverse();
    return { name, shape, type: uint32(), offset: uint64() };
  });
  const data = Math.ceil(at / 32) * 32;
  const tensors = new Map(infos.map(({ name, shape, type, offset }): [string, ReadTensor] => {
    if (offset % 32 !== 0) throw new Error(`${name} is not aligned`);
    const size = shape.reduce((product, n) => product * n, 1);
    const start = data + offset;
    const values = Float32Array.from({ length: size }, (_, i) => {
      if (type === 0) return view.getFloat32(start + 4 * i, true);
      if (type === 1) return view.getFloat16(start + 2 * i, true);
      const block = start + 34 * Math.floor(i / 32);
      return view.getFloat16(block, true) * view.getInt8(block + 2 + i % 32);
    });
    return [name, { format: ["F32", "F16"][type] ?? "Q8_0", shape, values }];
  }));
  return { entries, tensors };
}
