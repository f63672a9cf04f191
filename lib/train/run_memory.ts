// The memory that the workers of a run share: the model's own parameters, where they lie, and beside them
// what the optimiser remembers, averages, and the words by which workers tell each other where they are.

import {
  allocateRegion,
  arenaBackend,
  freeRegion,
  regionOf,
  regionView,
} from "../tensor/arena/regions.ts";
import { ARENA_BACKEND } from "../tensor/arena/backend.ts";
import type { Transformer } from "../model/transformer.ts";
import * as tf from "@tensorflow/tfjs";
import type { Region } from "../tensor/products/product.ts";
import { Barrier } from "./barrier.ts";
import type { Layout } from "./layout.ts";

/** Where everything lies; the same in every thread that has joined the arena. */
export interface RunMemory {
  /** One for each parameter, in the layout's order. */
  readonly parameters: readonly Region[];
  /** What the optimiser remembers. */
  readonly state: Region;
  /** The moving average of the parameters; of length 0 where there is none. */
  readonly average: Region;
  /** The parameters of the last good checkpoint. */
  readonly good: Region;
  /** Whole numbers, see {@linkcode Word}. */
  readonly words: Region;
  /** Figures of each worker, see {@linkcode Figure}. */
  readonly figures: Region;
}

/** The places of single words; the barrier has the first. */
export const Word = {
  /** 1 when the run shall end after the step under way. */
  stop: Barrier.words,
  /** What all workers do next, decided by the first of them. */
  command: Barrier.words + 1,
  /** The last step that whoever reads the run's points has seen. */
  read: Barrier.words + 2,
  /** Steps whose batches lie ready, where the run's owner draws them. */
  drawn: Barrier.words + 3,
  /** The step of the last good checkpoint. */
  good: Barrier.words + 4,
  /** From here on: the addresses of each worker's gradients, worker after worker. */
  gradients: Barrier.words + 5,
} as const;

/** The places of one worker's figures. */
export const Figure = {
  /** Its part of the step's loss. */
  loss: 0,
  /** The squares of the gradients in its share of the parameters, added up. */
  squares: 1,
  /** The sum of its losses in an evaluation. */
  evaluated: 2,
  /** How many targets that were. */
  targets: 3,
  /** Products it can do, in operations a second. */
  peak: 4,
} as const;
const FIGURES = 8; // a cache line for each worker

/** Takes the memory of a run. The parameters are those of `model`, in place where its backend allows. */
export async function allocateRunMemory(
  { model, layout, stateSize, workers, isAveraged }: {
    model: Transformer;
    layout: Layout;
    stateSize: number;
    workers: number;
    isAveraged: boolean;
  },
): Promise<RunMemory> {
  const memory: RunMemory = {
    parameters: layout.slots.map(({ name, size }) =>
      isShared() ? regionOf(model.parameters.get(name)!) : allocateRegion(size)
    ),
    state: allocateRegion(stateSize),
    average: allocateRegion(isAveraged ? layout.size : 0),
    good: allocateRegion(layout.size),
    words: allocateRegion(Word.gradients + workers * layout.slots.length),
    figures: allocateRegion(2 * FIGURES * workers),
  };
  for (const [i, { name }] of layout.slots.entries()) {
    if (!isShared()) {
      regionView(memory.parameters[i]).set(await model.parameters.get(name)!.data());
    }
  }
  for (const region of [memory.state, memory.average, memory.good, memory.words, memory.figures]) {
    regionView(region).fill(0);
  }
  return memory;
}

/** Gives the memory back; the parameters go to the model first where they were a copy of its own. */
export function freeRunMemory(
  memory: RunMemory,
  { model, layout }: { model: Transformer; layout: Layout },
): void {
  if (!isShared()) {
    for (const [i, { name }] of layout.slots.entries()) {
      const variable = model.parameters.get(name)!;
      const tensor = tf.tensor(regionView(memory.parameters[i]).slice(), variable.shape, "float32");
      variable.assign(tensor);
      tensor.dispose();
      freeRegion(memory.parameters[i]);
    }
  }
  const { state, average, good, words, figures } = memory;
  for (const region of [state, average, good, words, figures]) freeRegion(region);
}

/** Whether the numbers of this thread's tensors lie in the arena. */
export function isShared(): boolean {
  return tf.getBackend() === ARENA_BACKEND;
}

/** The words of a run, to be read and written atomically. */
export function wordsOf({ words }: RunMemory): Int32Array {
  return arenaBackend().arena.integers(words.address, words.length);
}

/** The figures of one worker. */
export function figuresOf({ figures }: RunMemory, worker: number): Float64Array {
  const { buffer } = regionView(figures);
  return new Float64Array(buffer, figures.address + 8 * FIGURES * worker, FIGURES);
}
