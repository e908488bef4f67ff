import type { Bijection } from "../../bijections/bijection.ts";
import { contextFor } from "../../bijections/building/context.ts";
import { withoutDomainErrors } from "../../bijections/domain.ts";
import { tf } from "../../engine/tf.ts";
import type { Flow } from "../../flows/flow.ts";
import { columnNames } from "../../ground/arguments/column-names.ts";
import type { Data } from "../data/data.ts";
import { innermostOf, layersOf } from "./layers.ts";

/**
 * What the layers of a flow have to say about a first batch, in words: splines that most numbers lie outside of, channels
 * that do not vary. Each number of an event is spoken of once, by the layer nearest to the data.
 *
 * @param names Of the numbers of an event, if they have any.
 */
export function layerWarnings(flow: Flow, { events, context }: Data, names?: readonly string[]): string[] {
  if (!innermostOf(flow.bijection).some(({ layer }) => layer.concerns)) return [];
  const told = new Set<string>();
  const warnings: string[] = [];
  const own = columnNames(flow.eventShape, names);
  const original = events.dataSync();
  /** Where the layers so far have changed nothing, numbers are still the columns of the data. */
  const naming = (value: tf.Tensor) => {
    const isUntouched = flow.eventShape.length < 2 && isSame(value.dataSync(), original);
    return isUntouched ? own : (entry: number) => `number ${entry} of its input`;
  };
  const ask = (layer: Bijection, title: string, value: tf.Tensor) => {
    const nameOf = naming(value);
    for (const { entries, what } of layer.concerns?.(value) ?? []) {
      const fresh = entries.filter((entry) => !told.has(nameOf(entry)));
      for (const entry of fresh) told.add(nameOf(entry));
      if (fresh.length > 0) warnings.push(`${title}: ${what(fresh.map(nameOf).join(", "))}`);
    }
  };
  const follow = (bijection: Bijection, input: tf.Tensor, around: string) => {
    let value = input;
    for (const { layer, title } of layersOf(bijection, around).reverse()) {
      ask(layer, title, value);
      if (layer.inside) follow(layer.inside.bijection, layer.inside.part(value), ` in ${title}`);
      const given = contextFor(layer, context);
      value = (layer.trainingInverse?.(value, given) ?? layer.inverse(value, given)).value;
    }
  };
  tf.tidy(() => {
    try {
      withoutDomainErrors(() => follow(flow.bijection, events, ""));
    } catch {
      // The training meets the same error, and explains it.
    }
  });
  return warnings;
}

/** But for rounding: a layer that starts as the identity is it to some digits only. */
function isSame(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    if (Math.abs(a[i] - b[i]) > 1e-4 * Math.max(1, Math.abs(b[i]))) return false;
  }
  return true;
}
