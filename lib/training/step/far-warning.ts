import { contextFor } from "../../bijections/building/context.ts";
import { withoutDomainErrors } from "../../bijections/domain.ts";
import { tf } from "../../engine/tf.ts";
import type { Flow } from "../../flows/flow.ts";
import type { Data } from "../data/data.ts";

/** A standard normal has this at 100 standard deviations: from there a training only finds the scale, if it finds that. */
const FAR = -5000;

/** Networks begin with weights for numbers of order one. */
const LARGE = 100;

/** What is to be said of the columns of a context whose numbers the networks would take as they are: most of them are large. */
export function contextWarning({ context }: Data): string[] {
  if (!context) return [];
  const [rows, columns] = context.shape;
  const values = context.dataSync();
  const sizes = Array.from({ length: columns }, (_, column) =>
    Float32Array.from({ length: rows }, (_, row) => Math.abs(values[row * columns + column] as number)),
  ).map((column) => column.toSorted()[Math.floor(rows / 2)] as number);
  const large = sizes.flatMap((size, column) =>
    size > LARGE ? [`${column} (about ${size.toPrecision(2)})`] : [],
  );
  return large.length === 0
    ? []
    : [
        `context: most numbers of column ${large.join(", ")} are far from order one, for which the flow's networks begin; take the mean away and divide by the deviation, for new contexts by the same two numbers`,
      ];
}

/**
 * What is to be said of a first batch that the flow, as it begins, takes to where its base has next to no density.
 *
 * @returns None where half of the events lie nearer than that, or where a layer is not defined: the training says so.
 */
export function farWarning(flow: Flow, { events, context }: Data): string[] {
  const dimensions = flow.eventShape.reduce((product, length) => product * length, 1);
  const density = tf.tidy(() => {
    try {
      return withoutDomainErrors(() => {
        const { bijection } = flow;
        const given = contextFor(bijection, context);
        const { value, logDet } =
          bijection.trainingInverse?.(events, given) ?? bijection.inverse(events, given);
        return flow.base.logProb(value).add(logDet).dataSync();
      });
    } catch {
      return undefined;
    }
  });
  const sorted = density?.toSorted();
  const middle = (sorted?.[Math.floor(sorted.length / 2)] ?? 0) / dimensions;
  if (!(middle < FAR)) return [];
  return [
    `the data are far from where the flow begins: before the first step half of the events have a log-density below ${middle.toPrecision(2)} nats for each of their numbers. A training from there finds little more than the scale, if that: put standardize(data) at the end of the chain`,
  ];
}
