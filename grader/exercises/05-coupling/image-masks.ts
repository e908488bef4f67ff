import { exercise, prose } from "../../exercise.ts";
import { checks } from "./image-masks.checks.ts";
import { channelHalfOf, checkerboardOf, domains, realNVPMasksOf, signatures } from "./image-masks.domain.ts";
import { misconceptions, mutants } from "./image-masks.misconceptions.ts";

export const imageMasks = exercise({
  id: "05.image-masks",
  path: "05-coupling/image-masks",
  title: "Checkerboards and channels",
  source: "Dinh, Sohl-Dickstein and Bengio, Real NVP, arXiv:1605.08803v3, sections 3.4 and 3.6, figure 3",
  statement: prose`
An image of \`height\` rows and \`width\` columns with \`channels\` numbers in each pixel is one list: row by row, in a row pixel by pixel, the channels of a pixel side by side. Counted from 0, channel $c$ of the pixel
in row $i$ and column $j$ has the place $(i \cdot \text{width} + j) \cdot \text{channels} + c$. (So does a tensor of that shape hold its values.) A mask is a list of the same length: 1 where a number **changes**, 0 where it stays and steers.

Write

- \`checkerboard(height, width, channels, parity)\`: the pixels in which row plus column is even change if \`parity\` is 0, those in which it is odd if it is 1, in all of their channels;
- \`channelHalf(height, width, channels, half)\`: in every pixel the first half of the channels changes if \`half\` is 0, the second if it is 1 (the number of channels is even here);
- \`realNVPMasks(height, width, channels)\`: the six masks of one scale of RealNVP, one in each row. First three checkerboards in turns, of parity 0, 1, 0. Then the image is *squeezed*: each block of 2 × 2 pixels becomes one pixel with
  four times as many channels, in which channel $c$ of row $i$ and column $j$ of the block (0 or 1 each) is number $(2i + j) \cdot \text{channels} + c$. Then three halves of these channels, 0, 1, 0. All six are masks of the image **as it was before**
  squeezing: each number of it has its own entry in each row. Height and width are even here, and one channel is enough.

Images have 2 to 8 rows and columns and at most six channels.`,
  signatures,
  domains,
  checks,
  hints: [
    "Write three loops, over rows, columns and channels, and add one number to the list in the innermost: then it is in the right order by itself.",
    "On a checkerboard the channel plays no part, only the parity of row plus column. For half of the channels row and column play none, only whether `c < channels / 2`.",
    "For the last three rows ask of each number of the image: which channel will it be in after squeezing? That is `(2 * (i % 2) + (j % 2)) * channels + c`, of `4 * channels`. So it is in the first half if the squeezed channel is below `2 * channels`.",
  ],
  reference: { checkerboard: checkerboardOf, channelHalf: channelHalfOf, realNVPMasks: realNVPMasksOf },
  misconceptions,
  mutants,
});
