// One worker's share of a step: its rows of the batch, and its ranges of the parameters.

import type { Batch } from "../corpus/batches.ts";
import { regionView } from "../tensor/arena/regions.ts";
import type { Region } from "../tensor/products/product.ts";
import { averageInto } from "./average.ts";
import type { Barrier } from "./barrier.ts";
import { type BatchSource, rowsOf } from "./batch_source.ts";
import { GradientBoard } from "./gradient_board.ts";
import type { StepFigures } from "./guards.ts";
import { type ModelLayout, slotValues, subregion } from "./layout.ts";
import { type Optimizer, type Piece, stateFinder } from "./optimizer.ts";
import { Replica } from "./replica.ts";
import { Figure, figuresOf, Word, wordsOf } from "./run_memory.ts";
import { divide, type Range } from "./shards.ts";
import { countTargets } from "./target_places.ts";
import type { LoopSetup } from "./train_loop.ts";

/** A range of the parameters and where its numbers lie. */
interface OwnRange extends Range {
  readonly values: Region;
  readonly state: readonly Region[];
  /** Undefined where the run keeps no average. */
  readonly average?: Region;
}

/** What one worker does in a step. Between its methods the workers wait for each other. */
export class Share {
  readonly #setup: LoopSetup;
  readonly #optimizer: Optimizer;
  readonly #layout: ModelLayout;
  readonly #source: BatchSource;
  readonly #board: GradientBoard;
  readonly #replica: Replica;
  /** The model that is evaluated: the replica, or one of the averaged parameters. */
  readonly #judged: Replica;
  readonly #ranges: readonly OwnRange[];
  readonly #figures: Float64Array;
  readonly #words: Int32Array;

  constructor(
    { setup, optimizer, layout, source }: {
      setup: LoopSetup;
      optimizer: Optimizer;
      layout: ModelLayout;
      source: BatchSource;
    },
  ) {
    const { config, memory, rank, workers } = setup;
    this.#setup = setup;
    this.#optimizer = optimizer;
    this.#layout = layout;
    this.#source = source;
    this.#words = wordsOf(memory);
    this.#figures = figuresOf(memory, rank);
    this.#board = new GradientBoard({
      slots: layout.trained,
      rank,
      workers,
      words: this.#words,
      parts: setup.options.accumulate,
    });
    const replicaOf = (parameters: readonly Region[]) =>
      new Replica({ config, layout, parameters });
    this.#replica = replicaOf(memory.parameters);
    this.#judged = memory.average.length === 0
      ? this.#replica
      : replicaOf(layout.slots.map(({ offset, size }) => subregion(memory.average, offset, size)));
    const state = stateFinder(optimizer, {
      slots: layout.trained,
      state: memory.state,
    });
    const places = new Map(layout.slots.map((slot, i) => [slot, memory.parameters[i]]));
    this.#ranges = divide(layout.trained, { optimizer, workers })[rank].map((range) => {
      const { slot, start, end } = range;
      const own = (whole: Region) => subregion(whole, start, end - start);
      return {
        ...range,
        values: own(places.get(slot)!),
        state: state(slot).map(own),
        average: memory.average.length === 0
          ? undefined
          : own(subregion(memory.average, slot.offset, slot.size)),
      };
    });
  }

  /** Does a step without moving anything, so that all code is compiled, and measures one. */
  async warmUp(
    step: number,
    barrier: Barrier,
  ): Promise<{ stepSeconds: number; evaluationSeconds: number }> {
    if (step >= this.#setup.options.steps) return { stepSeconds: 0, evaluationSeconds: 0 };
    const stepSeconds = await this.#secondsOf(
      barrier,
      () => this.#partsOf(step),
    );
    let [batches, first] = [0, undefined as Batch | undefined];
    for (const batch of this.#source.validation()) {
      first ??= batch;
      batches++;
    }
    const batchSeconds = first === undefined
      ? 0
      : await this.#secondsOf(barrier, () => this.#judged.loss(first));
    return { stepSeconds, evaluationSeconds: batchSeconds * batches / this.#setup.workers };
  }

  /**
   * Finds the loss and the gradients of this worker's rows, for all to see.
   *
   * @param step from 0
   * @returns the tokens of the whole step
   */
  async backpropagate(step: number): Promise<number> {
    const { loss, tokens } = await this.#partsOf(step);
    this.#figures[Figure.loss] = loss;
    return tokens;
  }

  /**
   * Adds up what all workers found for this worker's ranges.
   *
   * @returns the squares of these gradients, added up
   */
  reduce(): number {
    let squares = 0;
    for (const range of this.#ranges) squares += this.#board.addUp(range);
    return squares;
  }

  /** Moves this worker's ranges one step, and the average after them. */
  update({ step, learningRate, gradientNorm }: StepFigures): void {
    const { clip, ema } = this.#setup.options;
    const scale = gradientNorm > clip ? clip / gradientNorm : 1;
    const pieces = this.#ranges.map((range): Piece => {
      return { ...range, gradient: this.#board.sum(range) };
    });
    this.#optimizer.update(pieces, { step, learningRate, scale });
    if (ema === 0) return;
    for (const { average, values } of this.#ranges) {
      averageInto(average!, values, { decay: ema, step });
    }
  }

  /** Judges this worker's part of the validation split. */
  async evaluate(): Promise<void> {
    const { rank, workers } = this.#setup;
    let [total, targets, at] = [0, 0, 0];
    for (const batch of this.#source.validation()) {
      if (at++ % workers !== rank) continue;
      if (Atomics.load(this.#words, Word.stop) !== 0) {
        targets = NaN; // a part tells nothing of the whole
        break;
      }
      const count = countTargets(batch);
      total += count * await this.#judged.loss(batch);
      targets += count;
    }
    this.#figures[Figure.evaluated] = total;
    this.#figures[Figure.targets] = targets;
  }

  /** Keeps the parameters, to come back to them if the run goes wrong. */
  keepGood(): void {
    const { good, average, parameters } = this.#setup.memory;
    const kept = regionView(good);
    if (average.length > 0) kept.set(regionView(average));
    else {this.#layout.slots.forEach((slot, i) =>
        slotValues(kept, slot).set(regionView(parameters[i]))
      );}
  }

  /** Gives back the gradients of the last step, when nobody reads them any more. */
  release(): void {
    this.#replica.release();
  }

  dispose(): void {
    this.#board.dispose();
    this.#replica.dispose();
    if (this.#judged !== this.#replica) this.#judged.dispose();
  }

  /** This worker's part of a step's loss, and the tokens of the whole; its gradients go to the board. */
  async #partsOf(step: number): Promise<{ loss: number; tokens: number }> {
    const { options: { accumulate, dropout, seed } } = this.#setup;
    let [loss, tokens] = [0, 0];
    this.#board.clear();
    for (const [part, batch] of this.#source.at(step).entries()) {
      tokens += batch.batch * batch.context;
      const rows = rowsOf(batch, this.#setup);
      if (rows.batch === 0) continue;
      const whole = countTargets(batch);
      const weight = whole === 0 ? 0 : countTargets(rows) / whole / accumulate;
      const draw = Math.imul(seed, 0x9e3779b1) + step * accumulate + part;
      const found = await this.#replica.backpropagate(rows, {
        weight,
        dropout: dropout > 0 ? { rate: dropout, seed: draw, firstRow: rows.firstRow } : undefined,
      });
      loss += found.loss;
      await this.#board.publish(found.gradients, { part });
    }
    return { loss, tokens };
  }

  /** How long `work` takes when every worker does it, after it has been done once. */
  async #secondsOf(barrier: Barrier, work: () => Promise<unknown>): Promise<number> {
    await work();
    barrier.wait();
    const start = performance.now();
    await work();
    barrier.wait();
    return (performance.now() - start) / 1000;
  }
}
