// Memory that holds generated code, and the way to call it. It is written first and made executable
// afterwards, so that it is never both at once. Linux is tested; the Windows calls follow their
// documentation but have not been run.
//
// Deno calls the functions of a library within some ten nanoseconds, but a bare pointer only within a
// microsecond. So the C library's `bsearch` makes the call: it hands its comparison function the
// key and an element, once if there is one element.

/** Machine code that lies in executable memory. */
export interface LoadedCode {
  /** Runs it as a function of two addresses, which must return 0. */
  call(first: bigint, second: bigint): void;
  /** Gives the memory back; the code must not be called any more. */
  free(): void;
}

/** Puts `code` into executable memory of its own. */
export type CodeLoader = (code: Uint8Array<ArrayBuffer>) => LoadedCode;

/**
 * Opens the system's functions for executable memory.
 *
 * @throws {Error} if this system is not supported or refuses; the message says why
 */
export function openCodeLoader(): CodeLoader {
  if (Deno.build.arch !== "x86_64") {
    throw new Error(`this processor is ${Deno.build.arch}, not x86-64`);
  }
  const state = Deno.permissions.querySync({ name: "ffi" }).state;
  if (state !== "granted") throw new Error("Deno was started without --allow-ffi");
  if (Deno.build.os === "linux") return openLinux();
  if (Deno.build.os === "windows") return openWindows();
  throw new Error(`code is not generated on ${Deno.build.os}`);
}

const PAGE = 4096;

const SEARCH = {
  parameters: ["usize", "usize", "usize", "usize", "usize"],
  result: "usize",
} as const;

function openLinux(): CodeLoader {
  const READ = 1, WRITE = 2, EXECUTE = 4, PRIVATE_ANONYMOUS = 0x22;
  const library = openFirst(["libc.so.6", "libc.musl-x86_64.so.1"], {
    mmap: { parameters: ["pointer", "usize", "i32", "i32", "i32", "i64"], result: "usize" },
    mprotect: { parameters: ["pointer", "usize", "i32"], result: "i32" },
    munmap: { parameters: ["pointer", "usize"], result: "i32" },
    bsearch: SEARCH,
  });
  const { mmap, mprotect, munmap, bsearch } = library.symbols;
  return (code) => {
    const size = BigInt(Math.ceil(code.length / PAGE) * PAGE);
    const address = mmap(null, size, READ | WRITE, PRIVATE_ANONYMOUS, -1, 0n);
    const pointer = Deno.UnsafePointer.create(BigInt(address));
    if (pointer === null || BigInt.asIntN(64, BigInt(address)) === -1n) {
      throw new Error("the system has no memory left for generated code");
    }
    const free = () => void munmap(pointer, size);
    copyTo(pointer, code);
    if (mprotect(pointer, size, READ | EXECUTE) !== 0) {
      free();
      throw new Error("the system does not allow this process to execute generated code");
    }
    return { call: caller(pointer, bsearch), free };
  };
}

function openWindows(): CodeLoader {
  const COMMIT_RESERVE = 0x3000, RELEASE = 0x8000, READ_WRITE = 4, EXECUTE_READ = 0x20;
  const library = Deno.dlopen("kernel32.dll", {
    VirtualAlloc: { parameters: ["pointer", "usize", "u32", "u32"], result: "pointer" },
    VirtualProtect: { parameters: ["pointer", "usize", "u32", "buffer"], result: "i32" },
    VirtualFree: { parameters: ["pointer", "usize", "u32"], result: "i32" },
  });
  const { VirtualAlloc, VirtualProtect, VirtualFree } = library.symbols;
  const { bsearch } = Deno.dlopen("msvcrt.dll", { bsearch: SEARCH }).symbols;
  return (code) => {
    const size = BigInt(code.length);
    const pointer = VirtualAlloc(null, size, COMMIT_RESERVE, READ_WRITE);
    if (pointer === null) throw new Error("the system has no memory left for generated code");
    const free = () => void VirtualFree(pointer, 0n, RELEASE);
    copyTo(pointer, code);
    const previous = new Uint32Array(1);
    if (VirtualProtect(pointer, size, EXECUTE_READ, previous) === 0) {
      free();
      throw new Error("the system does not allow this process to execute generated code");
    }
    return { call: caller(pointer, bsearch), free };
  };
}

/** What calls the code at `pointer` by way of `bsearch`. */
function caller(
  pointer: Deno.PointerObject,
  bsearch: (...parameters: [bigint, bigint, bigint, bigint, bigint]) => bigint,
): LoadedCode["call"] {
  const code = Deno.UnsafePointer.value(pointer);
  return (first, second) => void bsearch(first, second, 1n, 1n, code);
}

/** Opens the first library that there is: the C library has another name under each libc. */
function openFirst<const S extends Deno.ForeignLibraryInterface>(
  names: readonly string[],
  symbols: S,
): Deno.DynamicLibrary<S> {
  for (const name of names) {
    try {
      return Deno.dlopen(name, symbols);
    } catch {
      // Not this one: the next may be there, and having none is an error below.
    }
  }
  throw new Error(`none of the libraries ${names.join(", ")} can be opened`);
}

function copyTo(pointer: Deno.PointerObject, code: Uint8Array<ArrayBuffer>): void {
  new Uint8Array(Deno.UnsafePointerView.getArrayBuffer(pointer, code.length)).set(code);
}
