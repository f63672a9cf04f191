// One kernel of the lab, from its start to its end, through restarts and deaths, with all who listen to it.

import type { ClientChannel, RequestChannel } from "../../client/channels.ts";
import type { KernelClient } from "../../client/kernel_client.ts";
import type { KernelDiedError } from "../../client/kernel_process.ts";
import type { Status } from "../../protocol/content.ts";
import { createMessage } from "../../protocol/message.ts";
import {
  decodeHeader,
  decodeMessage,
  decodeParentHeader,
  encodeMessage,
  type MessageFrames,
} from "../../protocol/wire.ts";
import { KernelMessage } from "../websocket/kernel_message.ts";
import { Audience } from "./audience.ts";
import type { KnownKernel } from "./kernelspecs.ts";
import { launchKernel, type LaunchOptions } from "./launch.ts";
import { Recorder } from "./recorder.ts";

/** What clients are told about a kernel. */
export interface KernelModel {
  id: string;
  name: string;
  /** ISO 8601. */
  last_activity: string;
  execution_state: Status["execution_state"];
  /** How many listen. */
  connections: number;
}

/** A kernel that dies again sooner than so many milliseconds after its start has died in a row. */
const STABLE_AFTER = 10_000;

/** How often in a row a kernel that died is started again. */
const REVIVALS = 5;

/** How long a kernel may take to end when it is asked to, in milliseconds. */
const GRACE = 3_000;

/** How a kernel of the lab is started. */
export type LabKernelOptions = Omit<LaunchOptions, "onFrames">;

/** A kernel that front ends share. */
export class LabKernel {
  readonly id: string;
  readonly spec: KnownKernel;
  /** Those who listen. */
  readonly audience = new Audience();
  /** What the cells have put out. */
  readonly recorder = new Recorder();
  readonly #options: LabKernelOptions;
  /** Which front end sent a request that awaits its reply, by the request's message id. */
  readonly #senders = new Map<string, string>();
  #client: Promise<KernelClient>;
  #state: Status["execution_state"] = "starting";
  #lastActivity = new Date();
  #startedAt = 0;
  #deaths = 0;
  #ending = false;

  private constructor(id: string, spec: KnownKernel, options: LabKernelOptions) {
    this.id = id;
    this.spec = spec;
    this.#options = options;
    this.#client = this.#launch();
  }

  /**
   * Starts a kernel and waits until it answers.
   *
   * @throws {KernelDiedError} if it does not
   */
  static async start(
    id: string,
    { spec, ...options }: LabKernelOptions & { spec: KnownKernel },
  ): Promise<LabKernel> {
    const kernel = new LabKernel(id, spec, options);
    await kernel.#client;
    return kernel;
  }

  /** What clients are told. */
  get model(): KernelModel {
    return {
      id: this.id,
      name: this.spec.name,
      last_activity: this.#lastActivity.toISOString(),
      execution_state: this.#state,
      connections: this.audience.size,
    };
  }

  /**
   * Passes on what a front end says.
   *
   * @throws {WireError} if it is no message
   */
  receive(session: string, channel: RequestChannel, frames: MessageFrames): void {
    const { msg_id, msg_type } = decodeHeader(frames);
    if (msg_type.endsWith("_request")) this.#senders.set(msg_id, session);
    if (msg_type === "execute_request") this.recorder.request(decodeMessage(frames));
    this.#lastActivity = new Date();
    // While the kernel restarts this waits; what a dead one is told is lost with it.
    void this.#client.then((client) => client.relay(channel, frames)).catch(() => {});
  }

  /** Interrupts what runs. */
  async interrupt(): Promise<void> {
    await (await this.#client).interrupt();
  }

  /**
   * Ends the kernel's process and starts another in its place.
   *
   * @throws {KernelDiedError} if that does not answer
   */
  async restart(): Promise<void> {
    const before = this.#client;
    // Front ends are not told: to them "restarting" means that it happened without them.
    this.#state = "restarting";
    this.#client = before.then((client) => client.shutdown({ grace: GRACE, restart: true }))
      .catch(() => {}) // a dead kernel may be started again, too
      .then(() => this.#launch());
    this.#deaths = 0;
    try {
      await this.#client;
    } catch (error) {
      this.#say("dead");
      throw error;
    }
  }

  /** Ends the kernel. */
  async shutdown({ grace = GRACE } = {}): Promise<void> {
    this.#ending = true;
    await this.#client.then((client) => client.shutdown({ grace })).catch(() => {});
    this.#say("dead");
    this.audience.dismiss("the kernel was shut down");
  }

  async #launch(): Promise<KernelClient> {
    this.recorder.end();
    this.#state = "starting";
    this.#startedAt = performance.now();
    this.#senders.clear();
    const client = await launchKernel(this.spec, {
      ...this.#options,
      onFrames: (channel, frames) => this.#hear(channel, frames),
    });
    this.#state = "idle";
    void client.ended.then((death) => this.#revive(client, death));
    return client;
  }

  /** A kernel that ended although nobody asked it to is started again, a few times. */
  async #revive(dead: KernelClient, death: KernelDiedError): Promise<void> {
    const current = await this.#client.catch(() => undefined);
    if (this.#ending || current !== dead) return;
    console.error(`${this.spec.name}: ${death.message}`);
    this.#deaths = performance.now() - this.#startedAt < STABLE_AFTER ? this.#deaths + 1 : 1;
    await dead.shutdown({ grace: 0 });
    this.recorder.end();
    if (this.#deaths > REVIVALS) return this.#say("dead");
    this.#say("restarting");
    this.#client = this.#launch();
    await this.#client.catch(() => this.#say("dead"));
  }

  #hear(channel: ClientChannel, frames: MessageFrames): void {
    const message = new KernelMessage(channel, frames);
    const parent = decodeParentHeader(frames);
    const cause = parent.msg_id ?? "";
    if (channel !== "iopub") {
      this.audience.tell(this.#senders.get(cause) ?? parent.session ?? "", message);
      if (channel !== "stdin") this.#senders.delete(cause);
      return;
    }
    const { msg_id, msg_type } = decodeHeader(frames);
    if (msg_type === "status" || this.recorder.isInterestedIn(cause)) {
      const decoded = decodeMessage(frames);
      // What a kernel does beside its cells, such as telling what it is, does not make it busy.
      if (msg_type === "status" && parent.msg_type === "execute_request") {
        this.#state = decoded.content.execution_state as Status["execution_state"];
      }
      this.recorder.broadcast(decoded, message.size);
    }
    this.recorder.passed(msg_id);
    this.#lastActivity = new Date();
    this.audience.broadcast(message);
  }

  /** Tells all who listen what has become of the kernel, which cannot say so itself. */
  #say(state: Status["execution_state"]): void {
    this.#state = state;
    const message = createMessage("status", {
      content: { execution_state: state },
      session: this.id,
      username: "server",
    });
    this.audience.broadcast(new KernelMessage("iopub", encodeMessage(message)));
  }
}
