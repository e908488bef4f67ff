import { exercise, prose } from "../../exercise.ts";
import { checks } from "./multiscale.checks.ts";
import { domains, forwardOf, inverseOf, logDensityOf, signatures } from "./multiscale.domain.ts";
import { misconceptions, mutants } from "./multiscale.misconceptions.ts";

export const multiscaleFlow = exercise({
  id: "08.multiscale",
  path: "08-multiscale/multiscale",
  title: "A multiscale flow, there and back",
  source:
    "Section 16.4 of Prince, Understanding Deep Learning; Yu, Derpanis and Brubaker, Wavelet Flow, arXiv:2010.13821v1",
  statement: prose`
The smallest multiscale flow works on a square grey picture, a list of its pixels row by row. On the way from $x$ to $z$ each level takes every block of 2 × 2 pixels, $a$ and $b$ above $c$ and $d$, and

1. makes four channels of it, $y_1 = \frac{a+b+c+d}{2},\; y_2 = \frac{a-b+c-d}{2},\; y_3 = \frac{a+b-c-d}{2},\; y_4 = \frac{a-b-c+d}{2}$ (the Haar wavelet, an orthogonal matrix);
2. shifts and scales each channel, $v_k = (y_k - t_k)\,e^{-s_k}$, with the level's row of the matrices $T$ and $S$, which have a row of four numbers for each level, the finest first;
3. lets $v_2, v_3, v_4$ leave. The $v_1$ of all blocks are a picture of half the side, with which the next level goes on.

All latents have a standard normal base. $z$ is one list in the order in which they leave: of the first level $v_2, v_3, v_4$ block by block, row by row; then those of the second level, and so on; at the end the $v_1$ of the last level.

Write \`multiscaleFlow(S, T)\`, which returns an object with three methods: \`inverse(x)\` gives $z$, \`forward(z)\` gives $x$, and \`logDensity(x)\` the log-density of the picture in nats. There are one to three levels, and the side can be halved so often.
Nine digits are to be right, of the largest of the terms; float32 tensors will do. Nothing that is given may be changed.`,
  signatures,
  domains: { multiscaleFlow: domains },
  checks,
  hints: [
    "Write one level as a function first, from a picture to what leaves and the picture of the $v_1$; then a loop over the rows of $S$ and $T$. With `side = Math.sqrt(x.length)` the pixels of the block in block row $i$ and block column $j$ are at `2 * i * side + 2 * j`, one further, and one row (`side`) below both.",
    "The way back begins at the end: the last `z.length / 4 ** S.length` numbers are the coarsest $v_1$. Take three numbers for each of them from what stands before, undo the scale and the shift, and apply the same matrix, which is its own inverse.",
    "The log-determinant from $x$ to $z$ is $-\\sum_\\ell n_\\ell \\sum_k s_{\\ell k}$, in which $n_\\ell$ is the number of blocks of the level, $D/4^\\ell$. The matrix has the determinant 1. To that add the log-density of all $D$ latents.",
  ],
  reference: {
    multiscaleFlow: (S, T) => ({
      inverse: (x) => inverseOf([S, T], x),
      forward: (z) => forwardOf([S, T], z),
      logDensity: (x) => logDensityOf([S, T], x),
    }),
  },
  misconceptions,
  mutants,
});
