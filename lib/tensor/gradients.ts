// The backward pass. tfjs's own keeps every gradient it makes until all of them are made; here each is
// given back, with what its operation had saved, as soon as it has been passed on, so that memory stays
// small and in the cache. It walks the tape that tfjs's engine records.

import * as tf from "@tensorflow/tfjs";
import { ArenaBackend } from "./arena/backend.ts";
import { elementwise } from "./arena/rows.ts";
import { isOperation } from "./operation.ts";

/** One operation as tfjs's engine records it. */
interface TapeNode {
  readonly kernelName: string;
  readonly inputs: Record<string, tf.Tensor>;
  readonly outputs: readonly tf.Tensor[];
  readonly saved?: readonly tf.Tensor[];
  readonly gradient?: (dys: (tf.Tensor | null)[]) => Record<string, () => tf.Tensor>;
}

/** The part of tfjs's engine that writes tapes. */
interface TapeWriter {
  startTape(): void;
  endTape(): void;
  readonly state: { activeTape: TapeNode[] | null; readonly gradientDepth: number };
}

/**
 * The value of `f`, and how it changes with each of `variables`: the same as `tf.variableGrads` gives, in
 * less memory. The caller disposes of the result.
 *
 * @param f computes a scalar from the variables
 * @param options.seed what the gradients are multiplied by, 1 if it is left out
 * @returns gradients in the order of `variables`, each of its shape; zeros where `f` does not depend on it
 */
export function valueAndGradients(
  f: () => tf.Scalar,
  variables: readonly tf.Tensor[],
  { seed }: { seed?: tf.Scalar } = {},
): { value: tf.Scalar; gradients: tf.Tensor[] } {
  const { value, tape } = writeTape(f);
  try {
    const gradients = tf.tidy(() => backpropagate(value, { tape, variables, seed }));
    return { value, gradients };
  } finally {
    forget(tape);
  }
}

function writeTape(f: () => tf.Scalar): { value: tf.Scalar; tape: TapeNode[] } {
  const writer = tf.engine() as unknown as TapeWriter;
  if (writer.state.gradientDepth > 0) {
    throw new Error("valueAndGradients cannot be differentiated itself; use tf.grads for that.");
  }
  writer.startTape();
  try {
    return { value: tf.tidy(f), tape: writer.state.activeTape! };
  } catch (error) {
    forget(writer.state.activeTape!);
    throw error;
  } finally {
    writer.endTape();
    writer.state.activeTape = null;
  }
}

/** Gives back what the operations of a tape had saved. */
function forget(tape: readonly TapeNode[]): void {
  for (const { saved = [] } of tape) for (const tensor of saved) tensor.dispose();
}

/** Goes back through the tape, from `value` to the variables. */
function backpropagate(
  value: tf.Scalar,
  { tape, variables, seed }: {
    tape: TapeNode[];
    variables: readonly tf.Tensor[];
    seed?: tf.Scalar;
  },
): tf.Tensor[] {
  const dependent = dependents(tape, variables);
  const first = seed === undefined ? tf.onesLike(value) : tf.clone(seed);
  const gradients = new Map<number, tf.Tensor>([[value.id, first]]);
  for (let node = tape.pop(); node !== undefined; node = tape.pop()) {
    const outputs = node.outputs.map(({ id }) => gradients.get(id) ?? null);
    if (outputs.some((dy) => dy !== null) && isAny(node.inputs, dependent)) {
      passOn(node, outputs, { gradients, dependent });
    }
    for (const { id } of node.outputs) {
      gradients.get(id)?.dispose();
      gradients.delete(id);
    }
    forget([node]);
  }
  return variables.map((variable) => gradients.get(variable.id) ?? tf.zerosLike(variable));
}

/** The numbers of all tensors that depend on `variables`. */
function dependents(tape: readonly TapeNode[], variables: readonly tf.Tensor[]): Set<number> {
  const dependent = new Set(variables.map(({ id }) => id));
  for (const { inputs, outputs } of tape) {
    if (isAny(inputs, dependent)) { for (const { id } of outputs) dependent.add(id); }
  }
  return dependent;
}

function isAny(inputs: Record<string, tf.Tensor>, numbers: ReadonlySet<number>): boolean {
  for (const name in inputs) if (numbers.has(inputs[name].id)) return true;
  return false;
}

/** Adds what a node's inputs get from its outputs to their gradients. */
function passOn(
  node: TapeNode,
  outputs: (tf.Tensor | null)[],
  { gradients, dependent }: { gradients: Map<number, tf.Tensor>; dependent: ReadonlySet<number> },
): void {
  if (node.gradient === undefined) {
    throw new Error(`The operation ${node.kernelName} has no gradient.`);
  }
  const names = Object.keys(node.inputs).filter((name) => dependent.has(node.inputs[name].id));
  const compute = () => {
    const gradientOf = node.gradient!(outputs);
    return names.map((name) => {
      const gradient = gradientOf[name]();
      return outputs.includes(gradient) ? tf.clone(gradient) : gradient;
    });
  };
  // Our own gradients leave nothing beside their results, and a scope costs more than some of them.
  const found = isOperation(node.kernelName) ? compute() : tf.tidy(compute);
  names.forEach((name, i) => {
    const { id } = node.inputs[name];
    const known = gradients.get(id);
    gradients.set(id, known === undefined ? found[i] : sum(known, found[i]));
  });
}

/** The sum of two gradients that nobody else needs, in place where one of them is alone in its memory. */
function sum(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  const backend = tf.backend();
  if (backend instanceof ArenaBackend) {
    for (const [into, from] of [[a, b], [b, a]]) {
      if (backend.refCount(into.dataId) > 1) continue;
      const [to, term] = [backend.address(into), backend.address(from)];
      const { kernels } = backend.compute;
      backend.perform(
        "sum of gradients",
        () => kernels.run(addElements, [into.size, to, term, to]),
      );
      from.dispose();
      return into;
    }
  }
  const total = tf.add(a, b);
  tf.dispose([a, b]);
  return total;
}

const addElements = elementwise("add");
