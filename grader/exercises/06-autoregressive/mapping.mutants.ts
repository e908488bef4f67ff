/** Wrong autoregressive maps without a story. */

import type { Mutant } from "../../exercise.ts";
import type { signatures } from "./mapping.domain.ts";
import { earlier, evenBin, fall, forwardOf, heightsOf, inverseOf, logDetOf } from "./mapping.flow.ts";

export const mutants: readonly Mutant<typeof signatures>[] = [
  {
    id: "identity",
    implementation: {
      autoregressiveForward: (h) => [...h],
      autoregressiveInverse: (x) => [...x],
      autoregressiveLogDet: () => 0,
    },
  },
  {
    id: "forward-for-inverse",
    implementation: { autoregressiveInverse: (x, W, c) => forwardOf([W, c], x) },
  },
  {
    id: "three-passes-of-a-fixed-point",
    implementation: {
      autoregressiveInverse(x, W, c) {
        let h: number[] = x.map(() => 0.5);
        for (let pass = 0; pass < 3; pass++)
          h = x.map((value, d) => fall(value, heightsOf([W, c], d, earlier(h, d))));
        return h;
      },
    },
  },
  {
    id: "only-the-bin-before-counts",
    implementation: {
      autoregressiveForward: (h, W, c) =>
        h.map((value, d) => {
          const phi = heightsOf([W, c], d, earlier(h, d));
          const { index, share } = evenBin(value, phi.length);
          return (phi[index - 1] ?? 0) + share * phi[index];
        }),
    },
  },
  {
    id: "two-bins-are-searched",
    implementation: {
      autoregressiveInverse(x, W, c) {
        const h = x.map(() => 0);
        for (const [d, value] of x.entries()) {
          const phi = heightsOf([W, c], d, earlier(h, d));
          const bin = value > phi[0] && phi.length > 1 ? 1 : 0;
          h[d] = (bin + (value - (bin === 1 ? phi[0] : 0)) / phi[bin]) / phi.length;
        }
        return h;
      },
    },
  },
  {
    id: "those-before-in-reverse",
    implementation: {
      autoregressiveForward: (h, W, c) =>
        forwardOf([W, c], h, (list, d) => list.map((_, j) => (j < d ? list[d - 1 - j] : 0))),
    },
  },
  {
    id: "only-two-are-steered",
    implementation: {
      autoregressiveForward: (h, W, c) =>
        forwardOf([W, c], h, (list, d) => list.map((v, j) => (j < Math.min(d, 1) ? v : 0))),
    },
  },
  {
    id: "last-bin-left-out",
    implementation: {
      autoregressiveForward: (h, W, c) => forwardOf([W, c], h).map((v, d) => (h[d] === 1 ? Number.NaN : v)),
    },
  },
  {
    id: "lost-at-the-upper-end",
    implementation: {
      autoregressiveInverse: (x, W, c) => inverseOf([W, c], x).map((v, d) => (x[d] === 1 ? 0 : v)),
    },
  },
  {
    id: "log-det-of-the-first-three",
    implementation: {
      autoregressiveLogDet: (h, W, c) => logDetOf([W.slice(0, 3), c.slice(0, 3)], h.slice(0, 3)),
    },
  },
];
