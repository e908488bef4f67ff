// %% [markdown]
// # 9 · Glow
//
// **Faces out of noise**
//
// *The question.* All the parts are there: layers that mix, layers that bend, latents that leave early. What does it take to put them together so that a flow *draws*: faces that nobody has seen, faces between two others, a face with another smile?
//
// You will
//
// 1. write the parts of Glow, and see why each of them is as it is,
//
// The chapter follows section 16.5.2 of Simon Prince's *Understanding Deep Learning*. Equation numbers are the book's. Run the cells from top to bottom with **Shift+Enter**. Chapters 3, 5 and 8 are needed.

// %%
import { random, squeeze, tf } from "flowlab";
import { drawnImages } from "flowlab/data";
import { imageGridFigure, lineFigure, palette } from "flowlab/figure";
import { predict } from "flowlab-grader";

// %% [markdown]
// ## 9.1 A normalization for few pictures at a time
//
// Deep networks train well when the numbers between their layers have a mean near 0 and a deviation near 1. Chapter 3 had two flows for that, both diagonal. *Batch normalization* takes mean and deviation of each batch anew. **ActNorm** takes them once, of the first batch, and from then on its scale and shift are parameters like any other.
//
// Why not always the first? Large pictures fill the memory, so they come in small batches: Glow's authors trained on one picture at a time on each processor. Let us see what that does. Here are faces, squeezed as in chapter 8: 8 × 8 places with four channels each.

// %%
const side = 16;
const faces = drawnImages("faces", { count: 4000, size: side, seed: 8 }).images;
const places = tf.tidy(() =>
  squeeze()
    .inverse(tf.sub(tf.div(faces, 128), 1))
    .value.reshape([-1, 256]),
);
const rows = places.slice(0, 400).arraySync() as number[][];

imageGridFigure({
  images: faces.slice([0, 0, 0, 0], [16, side, side, 1]),
  columns: 8,
  title: "Faces of 16 × 16 pixels",
});

// %% [markdown]
// Batch normalization, and behind it a standard normal base: the simplest flow that there is with it. The first face of all is scored by it again and again, each time in the company of other faces, 100 times for each size of the batch.

// %% predict="company"

// %%
/** log Pr of the first picture, in nats, if each channel is standardized by mean and deviation of these pictures. */
function scoreInBatch(batch: readonly number[][]): number {
  let logDensity = -128 * Math.log(2 * Math.PI);
  for (let c = 0; c < 4; c++) {
    const own = batch.flatMap((picture) => picture.filter((_, at) => at % 4 === c));
    const mean = own.reduce((sum, v) => sum + v, 0) / own.length;
    const variance = own.reduce((sum, v) => sum + (v - mean) ** 2, 0) / own.length;
    for (let at = c; at < 256; at += 4)
      logDensity -= ((batch[0][at] - mean) ** 2 / variance + Math.log(variance)) / 2;
  }
  return logDensity;
}

const batchSizes = [1, 2, 4, 8, 16, 32, 64];
const companies = random("chapter 9, company");
const scores = batchSizes.map((size) =>
  Array.from({ length: 100 }, () => {
    const others = companies.uniform(size - 1).map((u) => rows[1 + Math.floor(399 * u)]);
    return scoreInBatch([rows[0], ...others]);
  }),
);
const range = (list: readonly number[]): number => Math.max(...list) - Math.min(...list);

lineFigure({
  series: [
    {
      x: batchSizes.map(Math.log2),
      y: scores.map((list) => Math.max(...list)),
      name: "highest score",
      line: { color: palette.data },
    },
    {
      x: batchSizes.map(Math.log2),
      y: scores.map((list) => Math.min(...list)),
      name: "lowest score",
      line: { color: palette.base },
    },
  ],
  xTitle: "log₂ of the batch's size",
  yTitle: "log Pr of the same face (nats)",
  title: "What a face is worth depends on its company",
});

// %% answer="company"
predict.answer("company", { two: range(scores[1]), eight: range(scores[3]), many: range(scores[6]) });

// %% [markdown]
// Those are not two opinions about the face: the map itself is another one in each batch. And alone in its batch, a picture is always standardized by itself, so that brightness and contrast are gone, and nothing is left to learn about them. When such a flow *generates*, there is no batch at all, and averages kept from training stand in for it.
//
// ActNorm's first batch makes a good beginning of the map, the same for all pictures. It costs $2C$ parameters for $C$ channels, and its log-determinant is a sum.

// %% exercise="09.actnorm"

// %% [markdown]
// ## What to take away
//
// - ActNorm scales and shifts each channel. The first batch decides how, and then it is learned. So no picture's density depends on the others of its batch.
//
// **Where it comes from.** Diederik Kingma and Prafulla Dhariwal (2018) made Glow, with ActNorm and the 1×1 convolution. Batch normalization in flows is from Laurent Dinh, Jascha Sohl-Dickstein and Samy Bengio (2016), in RealNVP.

// %% [markdown]
// ## Quiz
//
// Questions to see what has stayed. Write an answer in the place of the remark and run the cell: what it means unfolds below. There are no points, and you may choose again.

// %% quiz=true

// %% [markdown]
// ## References
//
// - Simon J. D. Prince. *Understanding Deep Learning*, chapter 16. MIT Press, 2023. [udlbook.com](https://udlbook.com)
// - Diederik P. Kingma, Prafulla Dhariwal. Glow: generative flow with invertible 1×1 convolutions. [arXiv:1807.03039v2](https://arxiv.org/abs/1807.03039v2), 2018.
// - Laurent Dinh, Jascha Sohl-Dickstein, Samy Bengio. Density estimation using Real NVP. [arXiv:1605.08803v3](https://arxiv.org/abs/1605.08803v3), 2016.
