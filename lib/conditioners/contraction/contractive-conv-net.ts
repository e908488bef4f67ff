import { checkOptions } from "../../ground/arguments/check-options.ts";
import { aFew, aNumber, aSeed, aSize, checkKind, listOf } from "../../ground/arguments/kinds.ts";
import { checkSizes } from "../dense.ts";
import type { Contraction } from "./contraction.ts";
import { convolutionMap } from "./linear-map.ts";
import {
  type ContractionOptions,
  checkContraction,
  completeContraction,
  contractiveNetwork,
} from "./network.ts";
import { aSmoothActivation } from "./smooth-activation.ts";

/** Architecture of a {@link contractiveConvNet}. */
export interface ContractiveConvNetOptions extends ContractionOptions {
  /** Height of the images in pixels: the power iterations are those of this size. */
  readonly height: number;
  readonly width: number;
  /** As many go in as come out. */
  readonly channels: number;
  /** Channels of the hidden layers; [32, 32] if left out. */
  readonly hidden?: readonly number[];
  /** Side of each layer's filters, odd; 3, with 1 between the first and the last, if left out. */
  readonly sizes?: readonly number[];
}

/**
 * Convolutional network with a Lipschitz constant below 1, for images [height, width, channels]: as
 * {@link contractiveMlp}, each Ŵ_k being a convolution of images that are surrounded by zeros.
 *
 * Its spectral norm is that of the whole map of h·w·c numbers, by power iteration with the convolution and its transpose:
 * that of the filters as a matrix would be another one.
 *
 * @throws RangeError if a size is no whole number ≥ 1, a filter's side is even, or L is not between 0 and 1.
 * @see Behrmann, Grathwohl, Chen, Duvenaud, Jacobsen 2019, "Invertible Residual Networks", arXiv:1811.00995v3, section 2.1;
 *   Gouk, Frank, Pfahringer, Cree 2018, arXiv:1804.04368v3, for convolutions.
 */
export function contractiveConvNet(options: ContractiveConvNetOptions): Contraction {
  checkOptions("contractiveConvNet", options, "contractiveConvNet({ height: 8, width: 8, channels: 1 })", {
    height: aSize,
    width: aSize,
    channels: aSize,
    hidden: listOf(aSize),
    sizes: listOf(aSize),
    lipschitz: aNumber,
    activation: aSmoothActivation,
    powerIterations: aFew,
    seed: aSeed,
  });
  const { height, width, channels, hidden = [32, 32] } = options;
  const sizes = options.sizes ?? [3, ...hidden.slice(1).map(() => 1), ...(hidden.length > 0 ? [3] : [])];
  const config = {
    type: "contractiveConvNet",
    ...{ height, width, channels, hidden, sizes },
    ...completeContraction(options),
  };
  checkKind("contractiveConvNet", "height × width × channels", height * width * channels, aSize);
  checkSizes("contractiveConvNet", { height, width, channels, hidden, sizes });
  checkContraction("contractiveConvNet", config);
  const layers = [channels, ...hidden, channels];
  if (sizes.length !== layers.length - 1 || sizes.some((size) => size % 2 === 0)) {
    throw new RangeError(
      `contractiveConvNet: expected ${layers.length - 1} sizes of filters, odd ones; got [${sizes}]`,
    );
  }
  return contractiveNetwork(
    config,
    sizes.map((size, k) => {
      const own = { inputs: layers[k], outputs: layers[k + 1], size };
      return convolutionMap([height, width], own, `contractiveConvNet ${config.seed} ${k}`);
    }),
  );
}
