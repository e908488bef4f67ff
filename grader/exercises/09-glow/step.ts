import { exercise, prose } from "../../exercise.ts";
import { checks } from "./step.checks.ts";
import { domains, forwardOf, inverseOf, logDetOf, signatures } from "./step.domain.ts";
import { misconceptions } from "./step.misconceptions.ts";
import { mutants } from "./step.mutants.ts";

export const step = exercise({
  id: "09.step",
  path: "09-glow/step",
  title: "A step of Glow",
  source:
    "Section 16.5.2 of Prince, Understanding Deep Learning; Kingma and Dhariwal, Glow, arXiv:1807.03039v2, section 3",
  statement: prose`
Put your parts together. A picture is one list: place after place, its channels side by side; there are 2, 4, 6 or 8 of them. On the way from $x$ to $z$ a step of Glow does at each place

1. an ActNorm, as in 09.actnorm: channel $c$ is multiplied by \`scale\` and \`shift\` is added;
2. a 1×1 convolution, as in 09.conv: $W = P L\,(U + \mathrm{diag}(s))$ of \`order\`, \`lower\`, \`upper\` and \`s\`;
3. an affine coupling. The first half $a$ of the place's channels stays. Each number of the second half $b$ becomes $(b - t)\,e^{-r}$, where the log-scales $r = \tanh(S a)$ and the shifts $t = T a$ come from two matrices: a network of one layer, which sees this place only. (That of a real Glow sees the neighbours, too.)

Write \`glowStep(scale, shift, order, lower, upper, s, S, T)\`, which returns an object with two methods: \`inverse(x)\` gives \`{ z, logDet }\`, the list $z$ and $\log|\det \partial z/\partial x|$ of the whole picture in nats; \`forward(z)\` gives the list $x$ back.

You may call your functions of both exercises: in the notebook they are there, and in a file of your own you can import them. Nine digits are to be right, of the largest of the terms; float32 tensors will do: of them fewer digits are asked. Nothing that is given may be changed.`,
  signatures,
  domains: { glowStep: domains },
  checks,
  hints: [
    "With your own parts, `inverse` begins with `normalizeChannels(x, scale, shift)` and `mixChannels(…, order, lower, upper, s)`; the log-determinants of both are those of the whole picture already. What is left is the coupling.",
    "The coupling goes place by place: `const a = h.slice(place * C, place * C + C / 2)`. Row $i$ of `S` times $a$, through `Math.tanh`, is the log-scale of the $i$-th number of the second half; row $i$ of `T` times $a$ is its shift.",
    "Back: the coupling first, $b = z_b\\,e^{r} + t$ with the same network on the same half, then the matrix, then ActNorm.",
  ],
  reference: {
    glowStep: (...made) => ({
      inverse: (x) => ({ z: inverseOf(made, x).z, logDet: logDetOf(made, x) }),
      forward: (z) => forwardOf(made, z),
    }),
  },
  misconceptions,
  mutants,
});
