import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";
import { refusal } from "../unsupported.ts";
import { asTensor, type Operation, type Operations } from "./operation.ts";

/** Sizes of windows, steps and gaps: one number, or one for each axis. */
type Steps = number | number[];

/**
 * Averages and maxima over windows, each of which has to hold a number.
 *
 * Where padding is as wide as a window, some hold nothing: the library gives NaN, −∞ or 0 there, and a gradient of
 * numbers from elsewhere.
 */
export function pools(tf: TensorFlow): Operations {
  const guard = (name: string, operation: Operation, axes: 2 | 3): Operation => {
    return (value: Tensor, size: Steps, strides: Steps, pad: unknown, rounding?: "floor", ...rest) => {
      const x = asTensor(tf, value);
      refuseEmptyWindows(tf, name, x, axes, { size, strides, pad, rounding });
      return operation(x, size, strides, pad, rounding, ...rest);
    };
  };
  return {
    avgPool: guard("avgPool", tf.avgPool as Operation, 2),
    maxPool: guard("maxPool", tf.maxPool as Operation, 2),
    avgPool3d: guard("avgPool3d", tf.avgPool3d as Operation, 3),
    maxPool3d: guard("maxPool3d", tf.maxPool3d as Operation, 3),
    pool: (
      value: Tensor,
      size: Steps,
      type: "avg",
      pad: "same",
      dilations?: [number, number],
      strides?: [number, number],
      rounding?: "floor",
    ) => {
      const x = asTensor(tf, value);
      refuseEmptyWindows(tf, "pool", x, 2, { size, strides: strides ?? 1, pad, rounding, dilations });
      return tf.pool(x as never, size as number, type, pad, dilations, strides, rounding);
    },
  };
}

interface Windows {
  readonly size: Steps;
  readonly strides: Steps;
  readonly pad: unknown;
  readonly rounding?: "floor" | undefined;
  readonly dilations?: Steps | undefined;
}

function refuseEmptyWindows(tf: TensorFlow, name: string, x: Tensor, axes: 2 | 3, windows: Windows): void {
  const { size, strides, pad, rounding, dilations = 1 } = windows;
  // "same" and "valid" leave a number in each. What has other axes the library complains of itself.
  if (typeof pad === "string" || (x?.rank !== axes + 1 && x?.rank !== axes + 2)) return;
  const shape = x.rank === axes + 1 ? [1, ...x.shape] : x.shape;
  const info = axes === 2 ? tf.backend_util.computePool2DInfo : tf.backend_util.computePool3DInfo;
  const of = info(
    shape as never,
    size as never,
    strides as never,
    dilations as never,
    pad as never,
    rounding,
  );
  const places = of as unknown as Readonly<Record<string, number>>;
  const before = of.padInfo as unknown as Readonly<Record<string, number>>;
  const names = [["Depth", "front"] as const, ["Height", "top"] as const, ["Width", "left"] as const];
  for (const [axis, side] of names.slice(-axes)) {
    const holds = (start: number) =>
      Array.from({ length: places[`filter${axis}`] }, (_, k) => start + k * places[`dilation${axis}`]).some(
        (place) => place >= 0 && place < places[`in${axis}`],
      );
    for (let i = 0; i < places[`out${axis}`]; i++) {
      if (holds(i * places[`stride${axis}`] - before[side])) continue;
      throw refusal(
        `${name}: expected windows that each hold a number of x; window ${i} along its ${axis.toLowerCase()} lies ` +
          `outside of the ${places[`in${axis}`]} there are, with size ${JSON.stringify(size)} and pad ${JSON.stringify(pad)}`,
        "pad by less than the window's size",
      );
    }
  }
}
