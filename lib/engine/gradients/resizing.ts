import type { GradConfig, Tensor, Tensor2D } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";

interface Settings {
  readonly alignCorners: boolean;
  readonly halfPixelCenters: boolean;
}

/** Weights of the old pixels that a new one is made of. */
type Weights = (place: number, length: number) => readonly (readonly [place: number, weight: number])[];

/**
 * Resizing is y = R·x·Cᵀ for each channel, with a matrix for the rows and one for the columns: dx = Rᵀ·dy·C.
 *
 * The library's gradients do not know of half-pixel centres; on plain JavaScript that of the bilinear kind has rows and
 * columns exchanged, and that of the nearest neighbour loses every image but the first. None has a derivative.
 */
export function resizing(tf: TensorFlow): GradConfig[] {
  return [
    resize(tf, "ResizeBilinear", ({ halfPixelCenters }) => (place, length) => {
      const exact = halfPixelCenters ? place - 0.5 : place;
      const below = Math.max(0, Math.floor(exact));
      const share = exact - below;
      return [
        [below, 1 - share],
        [Math.min(length - 1, Math.ceil(exact)), share],
      ];
    }),
    resize(tf, "ResizeNearestNeighbor", ({ alignCorners }) => (place, length) => {
      const nearest = alignCorners ? Math.round(place) : Math.floor(place);
      return [[Math.min(length - 1, Math.max(0, nearest)), 1]];
    }),
  ];
}

function resize(tf: TensorFlow, kernelName: string, weights: (settings: Settings) => Weights): GradConfig {
  return {
    kernelName,
    inputsToSave: ["images"],
    gradFunc: (dy, [images], attributes) => ({
      images: () => {
        const settings = attributes as unknown as Settings;
        const [batch, height, width, channels] = images.shape;
        const [, newHeight, newWidth] = (dy as Tensor).shape;
        const matrix = (from: number, to: number) => matrixOf(tf, from, to, settings, weights(settings));
        // One axis at a time, in front of all others.
        const byRow = tf.reshape(tf.transpose(dy as Tensor, [1, 2, 0, 3]), [newHeight, -1]) as Tensor2D;
        const rows = tf.matMul(matrix(height, newHeight), byRow, true);
        const byColumn = tf.transpose(tf.reshape(rows, [height, newWidth, -1]), [1, 0, 2]);
        const columns = tf.matMul(
          matrix(width, newWidth),
          tf.reshape(byColumn, [newWidth, -1]) as Tensor2D,
          true,
        );
        return tf.transpose(tf.reshape(columns, [width, height, batch, channels]), [2, 1, 0, 3]);
      },
    }),
  };
}

/** [new length, old length]: how each new pixel is made of old ones, by the library's rules. */
function matrixOf(
  tf: TensorFlow,
  from: number,
  to: number,
  { alignCorners, halfPixelCenters }: Settings,
  weights: Weights,
): Tensor2D {
  const scale = alignCorners && to > 1 ? (from - 1) / (to - 1) : from / to;
  const values = new Float32Array(to * from);
  for (let row = 0; row < to; row++) {
    const place = halfPixelCenters ? (row + 0.5) * scale : row * scale;
    for (const [column, weight] of weights(place, from)) values[row * from + column] += weight;
  }
  return tf.tensor2d(values, [to, from]);
}
