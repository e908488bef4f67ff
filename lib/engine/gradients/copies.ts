import type { GradConfig, Tensor } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";

/** Operations that repeat numbers: the gradient of a number is the sum over all of its copies. */
export function copies(tf: TensorFlow): GradConfig[] {
  return [mirrorPad(tf), tile(tf), cast(tf), diagonal(tf), flip(tf), scatterUpdate(tf)];
}

/** Folds the borders back, axis by axis. The library cuts them off, so that what they copied is not counted. */
function mirrorPad(tf: TensorFlow): GradConfig {
  return {
    kernelName: "MirrorPad",
    inputsToSave: ["x"],
    gradFunc: (dy, [x], attributes) => ({
      x: () => {
        const { paddings, mode } = attributes as unknown as { paddings: [number, number][]; mode: string };
        const folded = paddings.reduce((sum, border, axis) => {
          return border[0] + border[1] === 0 ? sum : fold(tf, sum, axis, border, mode === "reflect" ? 1 : 0);
        }, dy as Tensor);
        return tf.reshape(folded, x.shape);
      },
    }),
  };
}

/** Adds the mirrored borders of one axis to what they mirror; `skipped` numbers at each end are not mirrored. */
function fold(
  tf: TensorFlow,
  x: Tensor,
  axis: number,
  [before, after]: [number, number],
  skipped: number,
): Tensor {
  const length = x.shape[axis] - before - after;
  const part = (start: number, size: number) =>
    tf.slice(
      x,
      x.shape.map((_, i) => (i === axis ? start : 0)),
      x.shape.with(axis, size),
    );
  const mirror = (start: number, size: number, place: number) =>
    tf.pad(
      tf.reverse(part(start, size), axis),
      x.shape.map((_, i) => (i === axis ? [place, length - place - size] : [0, 0])) as [number, number][],
    );
  let sum = part(before, length);
  if (before > 0) sum = tf.add(sum, mirror(0, before, skipped));
  if (after > 0) sum = tf.add(sum, mirror(before + length, after, length - skipped - after));
  return sum;
}

/** For tensors of five axes and more, which the library refuses; those of fewer stay with it. */
function tile(tf: TensorFlow): GradConfig {
  const original = tf.getGradient("Tile");
  return {
    ...original,
    gradFunc: (dy, saved, attributes) => {
      const [{ rank, shape }] = saved;
      if (rank > 0 && rank < 5) return original.gradFunc(dy, saved, attributes);
      const reps = attributes.reps as number[];
      const apart = reps.flatMap((count, axis) => (count > 1 ? [count, shape[axis]] : [shape[axis]]));
      let next = 0;
      const repeated = reps.flatMap((count) => {
        next += count > 1 ? 2 : 1;
        return count > 1 ? [next - 2] : [];
      });
      return { x: () => tf.reshape(tf.sum(tf.reshape(dy as Tensor, apart), repeated), shape) };
    },
  };
}

/** To whole numbers and truth values a cast is a staircase; the library hands the gradient on as if it were a line. */
function cast(tf: TensorFlow): GradConfig {
  const original = tf.getGradient("Cast");
  return {
    ...original,
    gradFunc: (dy, saved, attributes) => {
      if (attributes.dtype === "float32") return original.gradFunc(dy, saved, attributes);
      return { x: () => tf.zeros((dy as Tensor).shape) };
    },
  };
}

function diagonal(tf: TensorFlow): GradConfig {
  return {
    kernelName: "Diag",
    inputsToSave: ["x"],
    gradFunc: (dy, [x]) => ({
      x: () => {
        const square = tf.reshape(dy as Tensor, [x.size, x.size]);
        return tf.reshape(tf.sum(tf.mul(square, tf.eye(x.size)), 1), x.shape);
      },
    }),
  };
}

function flip(tf: TensorFlow): GradConfig {
  return {
    kernelName: "FlipLeftRight",
    gradFunc: (dy) => ({ image: () => tf.reverse(dy as Tensor, 2) }),
  };
}

function scatterUpdate(tf: TensorFlow): GradConfig {
  return {
    kernelName: "TensorScatterUpdate",
    inputsToSave: ["indices", "updates"],
    gradFunc: (dy, [indices, updates]) => ({
      tensor: () => tf.tensorScatterUpdate(dy as Tensor, indices, tf.zeros(updates.shape)),
      indices: () => tf.zeros(indices.shape),
      updates: () => tf.gatherND(dy as Tensor, indices),
    }),
  };
}
