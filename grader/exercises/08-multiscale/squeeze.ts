import { exercise, prose } from "../../exercise.ts";
import { checks } from "./squeeze.checks.ts";
import { domain, signatures, squeezeOf, unsqueezeOf } from "./squeeze.domain.ts";
import { misconceptions, mutants } from "./squeeze.misconceptions.ts";

export const squeezing = exercise({
  id: "08.squeeze",
  path: "08-multiscale/squeeze",
  title: "Squeeze, and back",
  source: "Dinh, Sohl-Dickstein and Bengio, Real NVP, arXiv:1605.08803v3, section 3.6",
  statement: prose`
An image with \`width\` pixels in a row and $C$ = \`channels\` numbers in each pixel is one list: row by row, pixel by pixel, the channels of a pixel side by side. Squeezing makes one *place* of each block of 2 × 2 pixels,
with $4C$ channels. The squeezed image is one list as well: places row by row, the $4C$ channels of a place side by side.

Which of its place's channels does a number become? Programs disagree. For channel $c$ of row $i$ and column $j$ of the block (each 0 or 1), the argument \`order\` is

- 0 for number $(2i + j)\,C + c$: the place in the block counts first. So do TensorFlow (its space-to-depth) and this library;
- 1 for number $4c + 2i + j$: the channel counts first. So do PyTorch (its pixel unshuffling), nflows and normflows;
- 2 for number $d(i, j)\,C + c$, by diagonals: $d$ is 0 for the upper left pixel of a block, 1 for the lower right, 2 for the upper right, 3 for the lower left. So does the published code of RealNVP before half of the channels leave.

Write \`squeezeImage(image, width, channels, order)\` and \`unsqueezeImage(squeezed, width, channels, order)\`, which undoes it; width and channels are those of the image *before* squeezing in both. A row
has an even number of pixels, from 2 to 8, an image an even number of rows, and a pixel one to four channels. Numbers are only moved, and the list that is given stays as it is; float32 tensors will do.`,
  signatures,
  domains: { squeezeImage: domain, unsqueezeImage: domain },
  checks,
  hints: [
    "Go through the image with the place `at` of each number: `at % channels` is its channel, `Math.floor(at / channels)` its pixel, from which row and column follow. For each, work out two things: which place it goes to, and which channel it becomes there.",
    "Pixel (row, column) is in the block (row >> 1, column >> 1), at i = row % 2 and j = column % 2 within it. There are `width / 2` blocks in a row of blocks, and each takes up `4 * channels` numbers of the squeezed list.",
    "Write `placeOf(row, column, c)` once and use it twice: `squeezed[place] = image[at]` on the way there, `image[at] = squeezed[place]` on the way back.",
  ],
  reference: { squeezeImage: squeezeOf(), unsqueezeImage: unsqueezeOf() },
  misconceptions,
  mutants,
});
