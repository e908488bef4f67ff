import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";
import { asTensor, type Operation, type Operations } from "./operation.ts";

/** Functions whose results are fractions also where their arguments are whole numbers. */
const FRACTIONS = [
  ...[
    "acos",
    "acosh",
    "asin",
    "asinh",
    "atan",
    "atan2",
    "atanh",
    "expm1",
    "log1p",
    "logSigmoid",
    "reciprocal",
  ],
  ...[
    "ceil",
    "cos",
    "cosh",
    "elu",
    "erf",
    "exp",
    "floor",
    "log",
    "rsqrt",
    "sigmoid",
    "sin",
    "sqrt",
    "tan",
    "tanh",
  ],
  ...["leakyRelu", "selu", "sinh", "softplus", "step", "pow"],
] as const;

/** Questions that whole numbers have one answer to. */
const ALWAYS_SO = { isFinite: 1, isInf: 0, isNaN: 0 };

/**
 * Functions of whole numbers, which become fractions first.
 *
 * The library cuts off what the result has behind the point (arccos of 0 is 1), reads the numbers' bits as fractions,
 * or throws, each backend in its own way.
 */
export function ofWholeNumbers(tf: TensorFlow): Operations {
  const { prelu, round } = tf;
  const fractions = FRACTIONS.map((name) => {
    const operation = tf[name] as Operation;
    const first = (x: Tensor, ...rest: unknown[]) => {
      if (name !== "pow" && name !== "atan2") return operation(asFraction(tf, x), ...rest);
      return operation(asFraction(tf, x), asFraction(tf, rest[0] as Tensor));
    };
    return [name, first] as const;
  });
  const answers = Object.entries(ALWAYS_SO).map(([name, answer]) => {
    const operation = tf[name as keyof typeof ALWAYS_SO] as Operation;
    const own = (value: Tensor) => {
      const x = asTensor(tf, value);
      return x.dtype === "int32" || x.dtype === "bool" ? tf.fill(x.shape, answer, "bool") : operation(x);
    };
    return [name, own] as const;
  });
  return {
    ...Object.fromEntries([...fractions, ...answers]),
    prelu: (x: Tensor, alpha: Tensor) => {
      const [numbers, slopes] = [asFraction(tf, x), asFraction(tf, alpha)];
      // Of none, wasm divides by 0, and libtensorflow refuses one of the shapes.
      return numbers?.size === 0 || slopes?.size === 0 ? tf.mul(numbers, slopes) : prelu(numbers, slopes);
    },
    // libtensorflow reads whole numbers as fractions, of which all are 0.
    round: (value: Tensor) => {
      const x = asTensor(tf, value);
      return x.dtype === "int32" ? tf.clone(x) : round(x);
    },
  };
}

function asFraction(tf: TensorFlow, value: Tensor): Tensor {
  const x = asTensor(tf, value);
  return x?.dtype === "int32" || x?.dtype === "bool" ? tf.cast(x, "float32") : x;
}
