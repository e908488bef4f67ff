/** What is drawn: 10,000 points, moved by the kernel at each step of a slider. */

export const points = 10_000;

/** The cells of a notebook: the first prepares, each other ends with a slider named "t". */
export const prepare = `import { compile, random, realNVP, tf } from "flowlab";
import { samples2dFigure } from "flowlab/figure";
import { slider } from "flowlab/notebook";
const z = tf.tensor2d(Array.from(random(1).normal(${2 * points})), [${points}, 2]);
const map = realNVP({ dimensions: 2 });
const range = { name: "t", from: 0, to: 2, step: 0.01, value: 0.5 };
const moved = compile((t: tf.Tensor, z: tf.Tensor) => map.forward(tf.mul(z, t)).value);`;

export const flows: readonly { readonly title: string; readonly cell: string }[] = [
  {
    title: "a shear, x₂ + t·x₁²",
    cell: `slider(range, (t) => {
  const [a, b] = tf.unstack(z, 1);
  return samples2dFigure({ samples: tf.stack([a, tf.add(b, tf.mul(t, tf.square(a)))], 1) as tf.Tensor2D });
}, { frames: 1 });`,
  },
  {
    title: "realNVP, call by call",
    cell: `slider(range, (t) => samples2dFigure({ samples: map.forward(tf.mul(z, t)).value as tf.Tensor2D }), { frames: 1 });`,
  },
  {
    title: "realNVP, compiled",
    cell: `slider(range, (t) => samples2dFigure({ samples: moved(tf.scalar(t), z) as tf.Tensor2D }), { frames: 1 });`,
  },
];
