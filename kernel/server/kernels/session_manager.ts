// Sessions: which file is worked on with which kernel. A page that is opened again finds its kernel through them.

import { RequestError } from "../errors.ts";
import type { KernelManager } from "./kernel_manager.ts";
import type { KernelModel, LabKernel } from "./kernel.ts";

/** A session as it is kept. */
export interface Session {
  id: string;
  /** The file's path below the served folder; what is no file has a name of its own here. */
  path: string;
  name: string;
  type: string;
  kernelId: string;
}

/** What clients are told about a session. */
export interface SessionModel {
  id: string;
  path: string;
  name: string;
  type: string;
  kernel: KernelModel;
  /** What clients of Jupyter's first versions look for. */
  notebook?: { path: string; name: string };
}

/** All sessions of the lab. */
export class SessionManager {
  readonly #kernels: KernelManager;
  readonly #sessions = new Map<string, Session>();
  /** Sessions about to be made, by path: two pages that open one file at once share a kernel. */
  readonly #opening = new Map<string, Promise<Session>>();

  constructor(kernels: KernelManager) {
    this.#kernels = kernels;
  }

  /** All sessions whose kernel is there. */
  list(): Session[] {
    for (const { id, kernelId } of this.#sessions.values()) {
      if (!this.#kernels.has(kernelId)) this.#sessions.delete(id);
    }
    return [...this.#sessions.values()];
  }

  /**
   * The session with an id.
   *
   * @throws {RequestError} 404 if there is none
   */
  get(id: string): Session {
    const session = this.list().find((session) => session.id === id);
    if (session === undefined) throw new RequestError(404, `Session not found: ${id}`);
    return session;
  }

  /** The session of a path, made with the kernel that `start` gives if there is none. */
  async open(
    wanted: Pick<Session, "path" | "name" | "type">,
    start: () => Promise<LabKernel>,
  ): Promise<Session> {
    const { path } = wanted;
    const known = this.list().find((session) => session.path === path);
    if (known !== undefined) return known;
    const opening = this.#opening.get(path) ?? start().then(({ id: kernelId }) => {
      const session = { id: crypto.randomUUID(), ...wanted, kernelId };
      this.#sessions.set(session.id, session);
      return session;
    });
    this.#opening.set(path, opening);
    try {
      return await opening;
    } finally {
      this.#opening.delete(path);
    }
  }

  /** Ends a session and its kernel, unless others use that. */
  async close(id: string): Promise<void> {
    const { kernelId } = this.get(id);
    this.#sessions.delete(id);
    await this.closeUnused(kernelId);
  }

  /** Ends a kernel that no session uses. */
  async closeUnused(kernelId: string): Promise<void> {
    const isUsed = this.list().some((session) => session.kernelId === kernelId);
    if (!isUsed && this.#kernels.has(kernelId)) await this.#kernels.shutdown(kernelId);
  }

  /** The kernels of the sessions of a path. */
  kernelsOf(path: string): LabKernel[] {
    return this.list().filter((session) => session.path === path)
      .map(({ kernelId }) => this.#kernels.get(kernelId));
  }

  /** What clients are told about a session. */
  model({ id, path, name, type, kernelId }: Session): SessionModel {
    const kernel = this.#kernels.get(kernelId).model;
    return {
      id,
      path,
      name,
      type,
      kernel,
      ...(type === "notebook" && { notebook: { path, name } }),
    };
  }
}
