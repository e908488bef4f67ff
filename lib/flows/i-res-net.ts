import type { Bijection } from "../bijections/bijection.ts";
import { checkVectorOptions } from "../bijections/building/check-dimensions.ts";
import { compositionOf } from "../bijections/composition/chain.ts";
import { actNorm } from "../bijections/normalization/act-norm.ts";
import type { LogDetMethod } from "../bijections/residual/log-det/method.ts";
import { residual } from "../bijections/residual/residual.ts";
import { contractiveMlp } from "../conditioners/contraction/contractive-mlp.ts";
import type { ContractionOptions } from "../conditioners/contraction/network.ts";
import { aSmoothActivation } from "../conditioners/contraction/smooth-activation.ts";
import { dropAbsent } from "../ground/arguments/check-options.ts";
import { aFew, aFlag, aNumber, anything, aSeed, aSize, listOf } from "../ground/arguments/kinds.ts";
import { layersOf } from "./layers.ts";

/** Architecture of an {@link iResNet}. */
export interface IResNetOptions extends ContractionOptions {
  /** Numbers of an event, D. */
  readonly dimensions: number;
  /** Number of blocks; 8 if left out. */
  readonly layers?: number;
  /** Widths of the hidden layers of each block; [64, 64] if left out. */
  readonly hidden?: readonly number[];
  /** Of each block: see {@link residual}. */
  readonly logDet?: LogDetMethod;
  /** Of each block: how far a sample may be from what is solved for, relative to the larger of 1 and |x|; 1e-5 if left out. */
  readonly tolerance?: number;
  /** Whether an {@link actNorm} stands after each block; true if left out. */
  readonly actNorm?: boolean;
}

/**
 * i-ResNet: {@link residual} blocks, one after the other, with the closed form on the way to the base.
 *
 * [...batch, D] ↔ [...batch, D]. A density takes one pass, a sample an iteration in each block. Its log-densities are
 * estimates where `logDet` is a series: see {@link residual}.
 *
 * Each block stretches distances by factors from 1 − L to 1 + L only; ActNorm between them scales further.
 *
 * How good a sample is tells the `residual` of its `solution`, {@link Flow.sampleWithLogProb}: how far a block's z + f(z) is
 * from what it should be, 1e-5 or less. The `errorBound` beside it is a proven worst case: what the nearest L allows, and then
 * stretched by all blocks that follow, each by up to 1 + L/(1 − L)·√D. With L near 1 or many blocks it is large, or beyond all
 * use, without the sample being any worse; in a compiled graph it is not computed, Infinity.
 *
 * @throws RangeError if an option makes no sense.
 * @throws ShapeError when applied to events of another size.
 * @see Behrmann, Grathwohl, Chen, Duvenaud, Jacobsen 2019, "Invertible Residual Networks", arXiv:1811.00995v3; Prince,
 *   Understanding Deep Learning, section 16.3.7.
 */
export function iResNet(options: IResNetOptions): Bijection {
  checkVectorOptions("iResNet", options, {
    dimensions: aSize,
    layers: aFew,
    hidden: listOf(aSize),
    logDet: anything,
    tolerance: aNumber,
    actNorm: aFlag,
    lipschitz: aNumber,
    activation: aSmoothActivation,
    powerIterations: aFew,
    seed: aSeed,
  });
  const { layers = 8, logDet, tolerance, actNorm: normalizes = true, ...own } = dropAbsent(options);
  return compositionOf("iResNet", () =>
    layersOf({ layers, seed: own.seed }, (_, seed) => [
      residual({
        network: contractiveMlp({ ...own, seed }),
        closed: "inverse",
        ...(logDet !== undefined && { logDet }),
        ...(tolerance !== undefined && { tolerance }),
      }),
      ...(normalizes ? [actNorm({ dimensions: own.dimensions })] : []),
    ]),
  );
}
