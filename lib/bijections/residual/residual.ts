import type { Contraction } from "../../conditioners/contraction/contraction.ts";
import { tf } from "../../engine/tf.ts";
import { checkHas, checkOptions } from "../../ground/arguments/check-options.ts";
import { aNumber, anything, oneOf } from "../../ground/arguments/kinds.ts";
import { describe } from "../../ground/arguments/plain-numbers.ts";
import { ShapeError } from "../../ground/errors.ts";
import type { Bijection } from "../bijection.ts";
import { type Applied, bijection } from "../building/builder.ts";
import type { EventShape } from "../building/event.ts";
import { type Direction, largest } from "../building/lipschitz.ts";
import { type LogDetMethod, logDetOf } from "./log-det/method.ts";
import { solveContraction } from "./solve-contraction.ts";

/** What a {@link residual} block is made of. */
export interface ResidualOptions {
  /** f: {@link contractiveMlp}, {@link contractiveConvNet}. */
  readonly network: Contraction;
  /** The direction that adds f, in closed form; the other one is solved for. "forward" if left out; "inverse" makes densities fast. */
  readonly closed?: Direction;
  /** "exact" for up to 8 numbers of an event, { terms: 10 } for more, if left out. */
  readonly logDet?: LogDetMethod;
  /** ε of the solved direction: largest distance to the solution, relative to the larger of 1 and |x|; 1e-5 if left out. */
  readonly tolerance?: number;
}

/**
 * Residual block: adds a contraction f to its input. [...batch, ...event] ↔ [...batch, ...event].
 *
 * x = z + f(z), |f(a) − f(b)| ≤ L·|a − b| with L < 1;  logDet = log det(I + ∂f/∂z) nats. Back, z ← x − f(z) is iterated
 * to its fixed point: see {@link solveContraction} for when it stops and what is proven then. A slope below 1 everywhere
 * would not do: √(1 + z²) has one, and z ← √(1 + z²) no fixed point.
 *
 * logDet "exact" takes D products with the Jacobian. A series {@link TruncatedSeries} takes K: it is then an *estimate*,
 * off by the truncation's bias and by the noise of ε. Densities and samples take vectors ε that the option's seed fixes, the same
 * for all events: logDet is a function of the event alone, the same at each call, of both directions, of which the sum is 0. A step of
 * training gets new ones for each event: one draw for all terms, an input of the compiled graph.
 *
 * The weights are scaled by power iterations whose vectors are `state`: a step of training moves them on (`trainingInverse`);
 * nothing else does.
 *
 * @throws RangeError if an option makes no sense, or an exact logDet is asked for more than 64 numbers.
 * @throws ShapeError when applied to other events; in training, if an estimate's events are parts of larger ones.
 * @see Behrmann, Grathwohl, Chen, Duvenaud, Jacobsen 2019, "Invertible Residual Networks", arXiv:1811.00995v3, sections 2 and 3;
 *   Chen, Behrmann, Duvenaud, Jacobsen 2019, "Residual Flows", arXiv:1906.02735v6; Prince, Understanding Deep Learning,
 *   equations 16.20 to 16.24.
 */
export function residual(options: ResidualOptions): Bijection {
  checkOptions("residual", options, "residual({ network: contractiveMlp({ dimensions: 2 }) })", {
    network: anything,
    closed: oneOf("forward", "inverse"),
    logDet: anything,
    tolerance: aNumber,
  });
  const { network, closed = "forward", tolerance = 1e-5 } = options;
  const what = "a network with a Lipschitz constant below 1, such as contractiveMlp({ dimensions: 2 })";
  checkHas("residual", network, ["event", "variables", "state", "scale", "linearize", "bound"], what);
  if (!(tolerance > 0 && tolerance < 1)) {
    throw new RangeError(`residual: expected 0 < tolerance < 1; got ${describe(tolerance)}`);
  }
  const { event, config } = network;
  const logDet = logDetOf("residual", options.logDet, event);
  const size = event.reduce((product, length) => product * length, 1);
  const add = ({ numbers }: Numbers, input: tf.Tensor, drawn?: tf.Tensor): Applied => {
    const rows = rowsOf(input, event, drawn);
    const linearized = network.linearize(numbers, rows);
    return {
      value: tf.reshape(tf.add(rows, linearized.value), input.shape),
      logDet: perEvent(logDet.at(linearized, drawn), input, event),
    };
  };
  const solve = ({ numbers }: Numbers, input: tf.Tensor, drawn?: tf.Tensor): Applied => {
    const rows = rowsOf(input, event, drawn);
    const { value, ...solved } = solveContraction(network, numbers, rows, tolerance);
    const stretched = logDet.at(network.linearize(numbers, value), drawn);
    return {
      value: tf.reshape(value, input.shape),
      logDet: tf.neg(perEvent(stretched, input, event)),
      ...solved,
    };
  };
  const [forward, inverse] = closed === "forward" ? [add, solve] : [solve, add];
  return bijection({
    name: "residual",
    event: event as readonly number[] as EventShape,
    ...(closed === "forward" ? { inverseKind: "iterative" } : { forwardKind: "iterative" }),
    forward: (z) => forward(network.scale(false), z),
    inverse: (x) => inverse(network.scale(false), x),
    trainingInverse: (x, _, drawn) => {
      const scaled = network.scale(true);
      return { ...inverse(scaled, x, drawn), state: scaled.state };
    },
    ...(logDet.noise && { noise: logDet.noise }),
    // |f(a) − f(b)| ≤ L·√D times the largest difference; and z = x − f(z), where |dz| ≤ |dx|/(1 − L).
    lipschitz: (direction) => {
      const most = largest(() => network.bound(network.scale(false).numbers));
      if (direction === closed) return 1 + most * Math.sqrt(size);
      return most < 1 ? 1 + (most * Math.sqrt(size)) / (1 - most) : Infinity;
    },
    variables: network.variables,
    state: network.state,
    ...(config
      ? { config: { type: "residual", network: config, closed, logDet: logDet.config, tolerance } }
      : { lacking: "network" }),
  });
}

type Numbers = ReturnType<Contraction["scale"]>;

/** Events one after the other: [n, ...event]. */
function rowsOf(input: tf.Tensor, event: readonly number[], drawn?: tf.Tensor): tf.Tensor {
  const rows = tf.reshape(input, [-1, ...event]);
  if (!drawn || drawn.shape[0] === rows.shape[0]) return rows;
  throw new ShapeError(
    `residual: expected as many events [${event}] in a step of training as it draws vectors for, ${drawn.shape[0]}; got ` +
      `${rows.shape[0]}: an estimate of logDet needs a network of the whole event, or take logDet: "exact"`,
  );
}

function perEvent(logDet: tf.Tensor, input: tf.Tensor, event: readonly number[]): tf.Tensor {
  return tf.reshape(logDet, input.shape.slice(0, input.rank - event.length));
}
