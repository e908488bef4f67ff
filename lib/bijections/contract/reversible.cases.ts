import { mlp } from "../../conditioners/mlp.ts";
import { iRevNet } from "../../flows/i-rev-net.ts";
import { affineTransformer } from "../../transformers/affine.ts";
import { reversible } from "../composition/reversible.ts";
import { coupling } from "../coupling/coupling.ts";
import { halfMask } from "../coupling/masks.ts";
import { revNetBlock } from "../coupling/rev-net-block.ts";
import { actNorm } from "../normalization/act-norm.ts";
import { type BijectionCase, FAR, points, scatter } from "./case.ts";
import { exactActNorm } from "./float64/act-norm.ts";
import { exactAdditive } from "./float64/additive.ts";
import { exactAffine } from "./float64/affine.ts";
import { exactChain } from "./float64/composition.ts";
import { exactConvNet } from "./float64/conv-net.ts";
import { exactCoupling } from "./float64/coupling.ts";
import { exactMlp } from "./float64/mlp.ts";
import { type Network, withContext } from "./float64/network.ts";
import { exactSqueeze } from "./float64/squeeze.ts";
import { weights } from "./float64/weights.ts";

const NEAR = [-3, 0, 3];

/** Chains whose gradients recompute, and what they are best made of. */
export const reversibleCases: Record<string, BijectionCase> = {
  "RevNet block": {
    create: () => {
      const [first, second] = [tanhNetwork(3, 2), tanhNetwork(2, 3)];
      return scatter(revNetBlock({ dimensions: 5, first, second }));
    },
    reference: (parameters) => {
      const read = weights(parameters);
      return exactBlock([exactMlp(read, 3), exactMlp(read, 3)], (i) => i < 2);
    },
    event: [5],
    z: points(5),
    extremeZ: FAR,
    extremeX: FAR,
  },
  "reversible chain with a context": {
    create: () => {
      const transformer = affineTransformer();
      const conditioner = mlp({ inputs: 1, outputs: 4, hidden: [4, 4], activation: "tanh", context: 2 });
      const mask = halfMask(3, "second");
      const steered = coupling({ mask, transformer, conditioner });
      const other = revNetBlock({ dimensions: 3, first: tanhNetwork(2, 1), second: tanhNetwork(1, 2) });
      return scatter(reversible([other, scatter(actNorm({ dimensions: 3 })), steered]), 0.3);
    },
    reference: (parameters, context, state) => {
      const read = weights(parameters, state);
      return exactChain([
        exactBlock([exactMlp(read, 3), exactMlp(read, 3)], (i) => i < 1),
        exactActNorm(read),
        exactCoupling({
          changes: (i) => i >= 1,
          scalar: exactAffine,
          network: withContext(exactMlp(read, 3), context),
        }),
      ]);
    },
    event: [3],
    z: points(3),
    context: 2,
    extremeZ: FAR,
    extremeX: FAR,
  },
  iRevNet: {
    create: () =>
      scatter(iRevNet({ height: 4, width: 4, channels: 1, levels: 2, blocks: 1, hidden: [3, 3] }), 0.2),
    reference: (parameters) => {
      const read = weights(parameters);
      const level = (size: number, channels: number) => {
        const network = () => exactConvNet(read, { height: size, width: size });
        const networks = [network(), network()] as const;
        return exactBlock(networks, (i) => i % channels < channels / 2);
      };
      // In the order of the variables: of the generating direction.
      return exactChain([level(1, 16), exactSqueeze([2, 2, 4]), level(2, 4), exactSqueeze([4, 4, 1])]);
    },
    event: [1, 1, 16],
    z: points(16).slice(0, 2),
    extremeZ: NEAR,
    extremeX: NEAR,
  },
};

function tanhNetwork(inputs: number, outputs: number) {
  return mlp({ inputs, outputs, hidden: [4, 4], activation: "tanh" });
}

/** Equation 16.18 as two additive couplings. */
function exactBlock([first, second]: readonly [Network, Network], isFirst: (i: number) => boolean) {
  return exactChain([
    exactCoupling({ changes: isFirst, scalar: exactAdditive, network: first }),
    exactCoupling({ changes: (i) => !isFirst(i), scalar: exactAdditive, network: second }),
  ]);
}
