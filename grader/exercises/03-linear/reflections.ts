import { exercise, prose } from "../../exercise.ts";
import { checks } from "./reflections.checks.ts";
import { backwards, forwards, reflecting, signatures } from "./reflections.domain.ts";
import { misconceptions, mutants } from "./reflections.misconceptions.ts";

export const reflections = exercise({
  id: "03.reflections",
  path: "03-linear/reflections",
  title: "An orthogonal flow of reflections",
  source: "Sections 16.3.1 and Notes of Prince, Understanding Deep Learning; Tomczak and Welling 2016",
  statement: prose`
The reflection of a vector $v$ is $H_v h = h - 2\, v\, \frac{v^\top h}{v^\top v}$. Write \`reflectAll(vectors, h)\`, the point
$H_{v_K} \cdots H_{v_2} H_{v_1} h$: the first of the vectors acts first. And write \`reflectBack(vectors, x)\`, the $h$ that is taken to \`x\`.
There may be any number of vectors, also none; they are not 0, and of any length from $10^{-3}$ to $10^3$. What is given stays as it is. Nine digits
are to be right, of the length of $h$; float32 tensors will do: of them fewer digits are asked.`,
  signatures,
  domains: { reflectAll: reflecting, reflectBack: reflecting },
  checks,
  hints: [
    "Two dot products and one subtraction for each vector; no matrix is needed.",
    "For each $v$ in turn: compute the number $2\\,v^\\top h / v^\\top v$, then take that many times $v$ away from $h$, and go on with the result.",
    "$(AB)^{-1} = B^{-1}A^{-1}$, and each reflection is its own inverse: the way back is the same function with the vectors in reverse.",
  ],
  reference: {
    reflectAll: (vectors, h) => forwards([vectors, h]),
    reflectBack: (vectors, x) => backwards([vectors, x]),
  },
  misconceptions,
  mutants,
});
