// Checks of shapes, each with one sentence that names the operation, what it got and what it takes.

import type { Tensor } from "@tensorflow/tfjs";
import { ShapeError } from "../errors.ts";

/** @throws {ShapeError} if `tensor` has not `rank` axes */
export function expectRank(operation: string, tensor: Tensor, rank: number): void {
  if (tensor.rank !== rank) {
    throw new ShapeError(
      `${operation} takes a tensor of ${rank} axes, but got one of shape (${tensor.shape}).`,
    );
  }
}

/** @throws {ShapeError} if the last axis of `tensor` is not `size` long */
export function expectLastAxis(operation: string, tensor: Tensor, size: number): void {
  const last = tensor.shape[tensor.rank - 1];
  if (last !== size) {
    throw new ShapeError(
      `${operation} needs a last axis of ${size}, but got a tensor of shape (${tensor.shape}).`,
    );
  }
}
