import type { Misconception } from "../../exercise.ts";
import type { signatures } from "./mapping.domain.ts";
import { earlier, evenBin, fall, heightsOf, inverseOf, rise } from "./mapping.flow.ts";
import {
  alsoAlone,
  back,
  binsLikeNumbers,
  flatWithin,
  logDetBy,
  onlyIf,
  otherHeights,
  steeredBy,
  sumOfLogs,
} from "./mapping.slips.ts";

type Wrong = Misconception<typeof signatures>;

export const misconceptions: readonly Wrong[] = [
  {
    id: "inverse-steered-by-x",
    explanation:
      "Your inverse gives the conditioner the numbers of $x$. On the way there the heights came from $h_1, \\dots, h_{d-1}$, and they are needed again, the very same. When you come to number $d$, you have found them already: one after another, and that is why it cannot be done at once.",
    implementation: back((_found, x, d) => earlier(x, d)),
  },
  {
    id: "steers-itself",
    explanation:
      "In your map a number steers its own heights: number $d$ is among those that the conditioner sees. Then the way back would need the number that it is looking for, and the slope of its map would not be $K\\phi$. Only the numbers *before* it, $h_1, \\dots, h_{d-1}$. (One lecture prints $z_{\\le t}$ in this place; it has to be $z_{<t}$.)",
    implementation: steeredBy(onlyIf((j, d) => j <= d)),
    variants: alsoAlone(steeredBy(onlyIf((j, d) => j <= d))),
  },
  {
    id: "all-others-steer",
    explanation:
      "Your conditioner sees all numbers but its own. Then number 1 needs number 2 and number 2 needs number 1 on the way back, and nobody can begin. Only the numbers *before* it may be seen.",
    implementation: steeredBy(onlyIf((j, d) => j !== d)),
    variants: [...alsoAlone(steeredBy(onlyIf((j, d) => j !== d))), steeredBy((list) => list)],
  },
  {
    id: "only-the-one-before",
    explanation:
      "Your conditioner sees only the number just before. That is a chain, in which each number forgets what came earlier; asked for are *all* of $h_1, \\dots, h_{d-1}$.",
    implementation: {
      ...steeredBy(onlyIf((j, d) => j === d - 1)),
      ...back((found, _x, d) => found.map((v, j) => (j === d - 1 ? v : 0))),
    },
    variants: alsoAlone({
      ...steeredBy(onlyIf((j, d) => j === d - 1)),
      ...back((found, _x, d) => found.map((v, j) => (j === d - 1 ? v : 0))),
    }),
  },
  {
    id: "later-ones-steer",
    explanation:
      "Your numbers are steered by those *after* them. That is an autoregressive flow as well, in the opposite order; asked for is the order of equation 16.16, in which the first number depends on no other.",
    implementation: {
      ...steeredBy(onlyIf((j, d) => j > d)),
      autoregressiveInverse(x, W, c) {
        const h = x.map(() => 0);
        for (let d = x.length - 1; d >= 0; d--) {
          const later = h.map((v, j) => (j > d ? v : 0));
          h[d] = fall(x[d], heightsOf([W, c], d, later));
        }
        return h;
      },
    },
    variants: alsoAlone(steeredBy(onlyIf((j, d) => j > d))),
  },
  {
    id: "steered-by-images",
    explanation:
      "Your forward gives the conditioner the numbers of $x$ that it has already made. Equation 16.16 takes them from $h$. (With $x$ it would be the other kind of flow: its way *back* could be computed at once, and its way there only one after another.)",
    implementation: {
      autoregressiveForward(h, W, c) {
        const x = h.map(() => 0);
        for (const [d, value] of h.entries()) x[d] = rise(value, heightsOf([W, c], d, earlier(x, d)));
        return x;
      },
    },
    variants: [
      {
        autoregressiveLogDet(h, W, c) {
          const x = h.map(() => 0);
          let sum = 0;
          for (const [d, value] of h.entries()) {
            const phi = heightsOf([W, c], d, earlier(x, d));
            x[d] = rise(value, phi);
            sum += Math.log(phi.length * phi[evenBin(value, phi.length).index]);
          }
          return sum;
        },
      },
    ],
  },
  {
    id: "nothing-steers",
    explanation:
      "Each of your numbers has heights of its own, and no other number steers them: that is an elementwise flow. Give the conditioner the numbers before.",
    implementation: otherHeights((parts, d) =>
      heightsOf(
        parts,
        d,
        parts[0].map(() => 0),
      ),
    ),
    variants: alsoAlone(
      otherHeights((parts, d) =>
        heightsOf(
          parts,
          d,
          parts[0].map(() => 0),
        ),
      ),
    ),
  },
  {
    id: "first-row-for-all",
    explanation:
      "All of your numbers have the first row of `c`. Number $d$ has row $d$ of it: `c[d]`, if you count from 0.",
    implementation: otherHeights(([W, c], d, before) => heightsOf([W, c.map(() => c[0])], d, before)),
    variants: alsoAlone(otherHeights(([W, c], d, before) => heightsOf([W, c.map(() => c[0])], d, before))),
  },
  {
    id: "slope-without-k",
    explanation:
      "You add up $\\log\\phi$. The slope of a bin is its height *over its width*, and it is $1/K$ wide: $K\\phi$. With equal heights the map is the identity, whose log-determinant is 0 and not $-D \\log K$.",
    implementation: logDetBy((slopes, K) => sumOfLogs(slopes.map((v) => v / K))),
    variants: [logDetBy((slopes, K) => sumOfLogs(slopes.map((v) => v / K)) + Math.log(K))],
  },
  {
    id: "log-det-of-the-way-back",
    explanation: "That is the log-determinant of the way from $x$ to $h$: minus the one that was asked for.",
    implementation: logDetBy((slopes) => -sumOfLogs(slopes)),
  },
  {
    id: "determinant-without-logarithm",
    explanation: "That is the determinant, the product of the slopes. Asked for is its logarithm, in nats.",
    implementation: logDetBy((slopes) => slopes.reduce((product, v) => product * v, 1)),
  },
  {
    id: "sum-of-slopes",
    explanation:
      "You add up the slopes. A determinant of a triangle is their *product*, so their logarithms are added.",
    implementation: logDetBy((slopes) => slopes.reduce((sum, v) => sum + v, 0)),
    variants: [logDetBy((slopes) => Math.log(slopes.reduce((sum, v) => sum + v, 0)))],
  },
  {
    id: "mean-log-slope",
    explanation:
      "You take the mean of the logarithms. The determinant is the product of *all* slopes: their sum.",
    implementation: logDetBy((slopes) => sumOfLogs(slopes) / slopes.length),
  },
  {
    id: "height-over-the-whole-interval",
    explanation:
      "Within a bin your map rises by $(h_d - b/K)\\,\\phi$. From one edge of the bin to the other $h_d$ moves by $1/K$ only, and the whole height has to be gained: $(K h_d - b)\\,\\phi$. On the way back it is $\\big(b + (x_d - \\text{sum below})/\\phi\\big)/K$.",
    implementation: flatWithin,
    variants: alsoAlone(flatWithin),
  },
  {
    id: "as-many-bins-as-numbers",
    explanation:
      "Your $K$ is the number of *numbers*, `h.length`. It is the number of bins, `c[0].length`: how many numbers a flow has, and how many bins the map of each, has nothing to do with each other.",
    implementation: binsLikeNumbers,
    variants: alsoAlone(binsLikeNumbers),
  },
  {
    id: "own-bin-counted-below",
    explanation:
      "Your sum of the heights *below* has the bin's own height in it, which is then added a second time. Below bin $b$ (counted from 0) lie the bins $0, \\dots, b - 1$.",
    implementation: {
      autoregressiveForward: (h, W, c) =>
        h.map((value, d) => {
          const phi = heightsOf([W, c], d, earlier(h, d));
          return rise(value, phi) + phi[evenBin(value, phi.length).index];
        }),
    },
  },
  {
    id: "counted-in-bins",
    explanation:
      "Your inverse gives the number of the bin and how far through it: that is $K h_d$. Divide by $K$; what the conditioner gets for the next number is $h_d$, too.",
    implementation: {
      autoregressiveInverse: (x, W, c) => inverseOf([W, c], x).map((v) => v * c[0].length),
    },
    variants: [
      {
        autoregressiveInverse(x, W, c) {
          const h = x.map(() => 0);
          for (const [d, value] of x.entries())
            h[d] = c[0].length * fall(value, heightsOf([W, c], d, earlier(h, d)));
          return h;
        },
      },
    ],
  },
  {
    id: "bins-of-equal-images",
    explanation:
      "On the way back you look for the bin by $\\lfloor Kx \\rfloor$. That works on the side where all bins are equally wide, and this is the other one: there bin $k$ is $\\phi_k$ long. Go through the sums of the heights until the next one is beyond $x$.",
    implementation: {
      autoregressiveInverse(x, W, c) {
        const h = x.map(() => 0);
        for (const [d, value] of x.entries()) {
          const phi = heightsOf([W, c], d, earlier(h, d));
          const bin = Math.min(Math.floor(phi.length * value), phi.length - 1);
          const below = phi.slice(0, bin).reduce((sum, v) => sum + v, 0);
          h[d] = (bin + (value - below) / phi[bin]) / phi.length;
        }
        return h;
      },
    },
  },
];
