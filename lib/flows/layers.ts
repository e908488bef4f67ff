import type { Bijection } from "../bijections/bijection.ts";
import { coupling } from "../bijections/coupling/coupling.ts";
import { halfMask } from "../bijections/coupling/masks.ts";
import { anActivation } from "../conditioners/activation.ts";
import { mlp } from "../conditioners/mlp.ts";
import type { NetworkOptions } from "../conditioners/network.ts";
import type { Kinds } from "../ground/arguments/check-options.ts";
import { aFew, aSeed, aSize, listOf } from "../ground/arguments/kinds.ts";
import { random } from "../random/random.ts";
import type { Transformer } from "../transformers/transformer.ts";

/** What the ready-made flows for vectors have in common. */
export interface VectorFlowOptions extends Omit<NetworkOptions, "zeroLast"> {
  /** Numbers of an event, D. */
  readonly dimensions: number;
  /** Number of layers. */
  readonly layers?: number;
  /** Widths of the hidden layers of each conditioner; [64, 64] if left out. */
  readonly hidden?: readonly number[];
}

/** What each of these options is. */
export const VECTOR_FLOW_KINDS: Kinds<VectorFlowOptions> = {
  dimensions: aSize,
  layers: aFew,
  hidden: listOf(aSize),
  activation: anActivation,
  context: aSize,
  seed: aSeed,
};

/** So many layers, each with a seed of its own. */
export function layersOf(
  { layers, seed = 0 }: { layers: number; seed?: number | undefined },
  layer: (k: number, seed: number) => Bijection[],
): Bijection[] {
  if (!Number.isInteger(layers) || layers < 1)
    throw new RangeError(`layers: expected a whole number ≥ 1 of layers; got ${layers}`);
  const seeds = random(seed)
    .fork("layers")
    .integers(layers, 0, 2 ** 32);
  return seeds.flatMap((own, k) => layer(k, own));
}

/** The options that concern a conditioner, without those that were left out. */
export function networkOptions({ hidden, activation, context }: VectorFlowOptions) {
  return { ...(hidden && { hidden }), ...(activation && { activation }), ...(context && { context }) };
}

/** Couplings that transform the second half of a vector and the first half, in turns. */
export function halfCouplings(
  options: VectorFlowOptions & { readonly layers: number },
  transformer: Transformer,
  between: () => Bijection[] = () => [],
): Bijection[] {
  const { dimensions } = options;
  return layersOf(options, (k, seed) => {
    const mask = halfMask(dimensions, k % 2 === 0 ? "second" : "first");
    const changed = mask.selected.filter(Boolean).length;
    // A vector of one number has no half to steer by; the coupling says so.
    const inputs = Math.max(dimensions - changed, 1);
    const outputs = Math.max(changed, 1) * transformer.parameters;
    const conditioner = mlp({ ...networkOptions(options), inputs, outputs, seed });
    return [coupling({ mask, transformer, conditioner }), ...between()];
  });
}
