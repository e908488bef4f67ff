import {
  against,
  type Call,
  type Calls,
  call,
  numbers,
  type Operations,
  variant,
  wave,
  whole,
} from "./call.fixture.ts";
import { ACTIVATIONS, activated } from "./products.fixture.ts";

type Window = readonly [
  label: string,
  strides: number | number[],
  pad: unknown,
  dilations?: number | number[],
];

const WINDOWS: Window[] = [
  ["same", 1, "same"],
  ["valid", 1, "valid"],
  ["same, stride 2", 2, "same"],
  ["valid, stride 2", 2, "valid"],
  ["same, strides 2 and 1", [2, 1], "same"],
  ["padded by 1", 1, 1],
  ["stride 2, padded by 1", 2, 1],
];
const DILATED: Window[] = [
  ["dilated", 1, "same", 2],
  ["valid, dilated", 1, "valid", [2, 1]],
];
const EXPLICIT: Window[] = [
  [
    "padded side by side",
    1,
    [
      [0, 0],
      [1, 2],
      [0, 1],
      [0, 0],
    ],
  ],
];

const image = (shape = [2, 5, 4, 2]) => wave(shape, 1);

function convolutions(
  run: (window: Window) => Call["run"],
  filter: readonly number[],
  windows: readonly Window[],
  x = image(),
): Call[] {
  return windows.map((window) => variant(window[0], run(window), x, wave(filter, 2)));
}

type Pool = (
  t: Operations,
  x: Operations,
  size: number | number[],
  strides: number | number[],
  pad: unknown,
) => Operations;

/** Overlapping windows and not, at edges, of negative numbers, of NaN, of single images. */
function pools(run: Pool): Call[] {
  const windows: [string, number | number[], number | number[], unknown][] = [
    ["2×2, stride 2, valid", 2, 2, "valid"],
    ["2×2, stride 2, same", 2, 2, "same"],
    ["2×2, stride 1, same", 2, 1, "same"],
    ["3×3, stride 1, same", 3, 1, "same"],
    ["3×3, stride 2, same", 3, 2, "same"],
    ["3×2, stride 1, valid", [3, 2], 1, "valid"],
    ["2×3, strides 2 and 1, same", [2, 3], [2, 1], "same"],
    ["3×3, stride 2, padded by 1", 3, 2, 1],
    ["1×1", 1, 1, "valid"],
    ["1×1, stride 2, same", 1, 2, "same"],
    ["2×1, stride 3, same", [2, 1], 3, "same"],
  ];
  return [
    ...windows.map(([label, size, strides, pad]) =>
      variant(label, (t, x) => run(t, x, size, strides, pad), image()),
    ),
    variant("of negative numbers", (t, x) => run(t, x, 2, 2, "same"), wave([1, 5, 4, 2], 1, -5, -1)),
    variant(
      "overlapping, of negative numbers",
      (t, x) => run(t, x, 3, 1, "same"),
      wave([1, 4, 4, 1], 1, -5, -1),
    ),
    variant("of one image", (t, x) => run(t, x, 2, 1, "valid"), wave([4, 3, 2], 1)),
    variant(
      "with NaN",
      (t, x) => run(t, x, 2, 2, "valid"),
      numbers([Number.NaN, ...wave([15]).values], [1, 4, 4, 1]),
    ),
  ];
}

const volume = (shape = [1, 4, 3, 4, 2]) => wave(shape, 1);

function volumePools(run: Pool): Call[] {
  const windows: [string, number | number[], number | number[], unknown][] = [
    ["2×2×2, stride 2, valid", 2, 2, "valid"],
    ["2×2×2, stride 2, same", 2, 2, "same"],
    ["2×2×2, stride 1, same", 2, 1, "same"],
    ["3×2×2, strides 1 2 1, valid", [3, 2, 2], [1, 2, 1], "valid"],
    ["3×3×3, stride 1, same", 3, 1, "same"],
  ];
  return [
    ...windows.map(([label, size, strides, pad]) =>
      variant(label, (t, x) => run(t, x, size, strides, pad), volume()),
    ),
    against(
      (t, x) => run(t, x, 1, 2, "valid"),
      "1×1×1, stride 2, same",
      (t, x) => run(t, x, 1, 2, "same"),
      volume(),
    ),
    variant("of negative numbers", (t, x) => run(t, x, 2, 2, "same"), wave([1, 3, 3, 3, 1], 1, -5, -1)),
    variant("of one", (t, x) => run(t, x, 2, 1, "valid"), wave([3, 2, 3, 2], 1)),
  ];
}

function fusedConvolutions(
  fused: "conv2d" | "depthwiseConv2d",
  filter: readonly number[],
  outputs: number,
): Call[] {
  return ACTIVATIONS.map((activation) =>
    against(
      (t, x, w, bias, slopes) => activated(t, t[fused](x, w, 1, "same"), bias, activation, slopes),
      activation ?? "no activation",
      (t, x, w, bias, slopes) =>
        t.fused[fused]({
          x,
          filter: w,
          strides: 1,
          pad: "same",
          bias,
          activation,
          leakyreluAlpha: 0.2,
          ...(activation === "prelu" ? { preluActivationWeights: slopes } : {}),
        }),
      wave([1, 4, 3, 2], 1),
      wave(filter, 2),
      wave([outputs], 3),
      ...(activation === "prelu" ? [wave([outputs], 4)] : []),
    ),
  );
}

const RESIZES = [
  [6, 8],
  [2, 2],
  [3, 4],
  [5, 3],
  [1, 1],
  [1, 4],
  [12, 4],
  [7, 5],
];
const BOXES = numbers([0, 0, 1, 1, 0.1, 0.2, 0.7, 0.9], [2, 4]);
const BOUNDS = numbers([0, 0, 1, 1, 0, 0.05, 1, 1.05, 0.5, 0.5, 1.5, 1.5, 2, 2, 3, 3], [4, 4]);

function resizes(name: string): Call[] {
  return [
    [false, false],
    [true, false],
    [false, true],
  ].flatMap(([corners, centres]) =>
    RESIZES.map((size) =>
      variant(
        `to ${size}${corners ? ", corners aligned" : ""}${centres ? ", half-pixel centres" : ""}`,
        (t, x) => t.image[name](x, size, corners, centres),
        wave([2, 3, 4, 2], 1),
      ),
    ),
  );
}

/** Operations that look through windows at images, volumes and signals. */
export const WINDOWS_CALLS: Calls = {
  avgPool: pools((t, x, ...rest) => t.avgPool(x, ...rest)),
  maxPool: pools((t, x, ...rest) => t.maxPool(x, ...rest)),
  avgPool3d: volumePools((t, x, ...rest) => t.avgPool3d(x, ...rest)),
  maxPool3d: volumePools((t, x, ...rest) => t.maxPool3d(x, ...rest)),
  maxPoolWithArgmax: [
    call((t, x) => Object.values(t.maxPoolWithArgmax(x, 2, 2, "valid")) as never, image()),
    variant(
      "same, batches counted",
      (t, x) => Object.values(t.maxPoolWithArgmax(x, 2, 2, "same", true)) as never,
      image(),
    ),
  ],
  pool: (["avg", "max"] as const).flatMap((kind) => [
    variant(kind, (t, x) => t.pool(x, [2, 2], kind, "same", undefined, 1), image()),
    variant(`${kind}, dilated`, (t, x) => t.pool(x, [2, 2], kind, "valid", [2, 2], 1), image()),
    variant(`${kind}, dilated, same`, (t, x) => t.pool(x, [2, 2], kind, "same", [2, 2], 1), image()),
    variant(`${kind}, strided`, (t, x) => t.pool(x, [3, 2], kind, "valid", 1, 2), image()),
  ]),
  conv1d: [
    call((t, x, w) => t.conv1d(x, w, 1, "same"), wave([2, 5, 2], 1), wave([3, 2, 3], 2)),
    variant("stride 2", (t, x, w) => t.conv1d(x, w, 2, "valid"), wave([2, 6, 2], 1), wave([3, 2, 3], 2)),
    variant(
      "dilated",
      (t, x, w) => t.conv1d(x, w, 1, "same", "NWC", 2),
      wave([2, 6, 2], 1),
      wave([3, 2, 3], 2),
    ),
    variant("of one signal", (t, x, w) => t.conv1d(x, w, 1, "same"), wave([5, 2], 1), wave([3, 2, 3], 2)),
  ],
  conv2d: [
    ...convolutions(
      ([, strides, pad, dilations]) =>
        (t, x, w) =>
          t.conv2d(x, w, strides, pad, "NHWC", dilations),
      [3, 2, 2, 3],
      [...WINDOWS, ...DILATED, ...EXPLICIT],
    ),
    variant(
      "of one image",
      (t, x, w) => t.conv2d(x, w, 1, "same"),
      wave([4, 3, 2], 1),
      wave([2, 2, 2, 1], 2),
    ),
    variant(
      "one channel by one number, with NaN",
      (t, x, w) => t.conv2d(x, w, 1, "same"),
      numbers([Number.NaN, 1, 2, 3], [1, 2, 2, 1]),
      wave([1, 1, 1, 1], 2),
    ),
    variant(
      "one channel by one number",
      (t, x, w) => t.conv2d(x, w, 1, "same"),
      wave([1, 2, 2, 1], 1),
      wave([1, 1, 1, 1], 2),
    ),
    ...[1, 2, 3].flatMap((size) =>
      [1, 5].map((outputs) =>
        variant(
          `${size}×${size} with NaN, ${outputs} outputs`,
          (t, x, w) => t.conv2d(x, w, 1, "same"),
          numbers([Number.NaN, ...wave([31]).values], [1, 4, 4, 2]),
          wave([size, size, 2, outputs], 2),
        ),
      ),
    ),
    variant("1×1", (t, x, w) => t.conv2d(x, w, 1, "same"), image(), wave([1, 1, 2, 3], 2)),
    variant(
      "channels first",
      (t, x, w) => t.conv2d(x, w, 1, "valid", "NCHW"),
      wave([1, 2, 4, 4], 1),
      wave([2, 2, 2, 1], 2),
    ),
  ],
  conv2dTranspose: [
    call(
      (t, x, w) => t.conv2dTranspose(x, w, [1, 4, 4, 2], 1, "same"),
      wave([1, 4, 4, 3], 1),
      wave([2, 3, 2, 3], 2),
    ),
    variant(
      "stride 2, same",
      (t, x, w) => t.conv2dTranspose(x, w, [1, 6, 4, 2], 2, "same"),
      wave([1, 3, 2, 3], 1),
      wave([3, 3, 2, 3], 2),
    ),
    variant(
      "stride 2, valid",
      (t, x, w) => t.conv2dTranspose(x, w, [1, 7, 5, 2], 2, "valid"),
      wave([1, 3, 2, 3], 1),
      wave([3, 3, 2, 3], 2),
    ),
    variant(
      "of one image",
      (t, x, w) => t.conv2dTranspose(x, w, [4, 4, 2], 2, "same"),
      wave([2, 2, 1], 1),
      wave([2, 2, 2, 1], 2),
    ),
  ],
  conv3d: [
    against(
      (t, x, w) => t.conv3d(x, w, [2, 3, 2], "valid"),
      "1×1×1, strides 2 3 2, same",
      (t, x, w) => t.conv3d(x, w, [2, 3, 2], "same"),
      volume(),
      wave([1, 1, 1, 2, 2], 2),
    ),
    ...(
      [
        ["same", 1, "same"],
        ["valid", 1, "valid"],
        ["stride 2, same", 2, "same"],
        ["stride 2, valid", 2, "valid"],
        ["strides 1 2 1", [1, 2, 1], "same"],
      ] as const
    ).map(([label, strides, pad]) =>
      variant(label, (t, x, w) => t.conv3d(x, w, strides, pad), volume(), wave([2, 2, 3, 2, 2], 2)),
    ),
    variant(
      "dilated",
      (t, x, w) => t.conv3d(x, w, 1, "same", "NDHWC", [2, 1, 2]),
      volume(),
      wave([2, 2, 2, 2, 1], 2),
    ),
    variant(
      "of one",
      (t, x, w) => t.conv3d(x, w, 1, "same"),
      wave([3, 2, 3, 2], 1),
      wave([2, 2, 2, 2, 1], 2),
    ),
  ],
  conv3dTranspose: [
    call(
      (t, x, w) => t.conv3dTranspose(x, w, [1, 3, 3, 3, 1], 1, "same"),
      wave([1, 3, 3, 3, 2], 1),
      wave([2, 2, 2, 1, 2], 2),
    ),
    variant(
      "stride 2",
      (t, x, w) => t.conv3dTranspose(x, w, [1, 4, 4, 4, 1], 2, "same"),
      wave([1, 2, 2, 2, 2], 1),
      wave([3, 3, 3, 1, 2], 2),
    ),
    variant(
      "stride 2, valid",
      (t, x, w) => t.conv3dTranspose(x, w, [1, 5, 5, 5, 1], 2, "valid"),
      wave([1, 2, 2, 2, 2], 1),
      wave([3, 3, 3, 1, 2], 2),
    ),
  ],
  depthwiseConv2d: [
    ...convolutions(
      ([, strides, pad, dilations]) =>
        (t, x, w) =>
          t.depthwiseConv2d(x, w, strides, pad, "NHWC", dilations),
      [3, 2, 2, 2],
      [...WINDOWS, ...DILATED],
    ),
    variant(
      "1×2, stride 3, same",
      (t, x, w) => t.depthwiseConv2d(x, w, 3, "same"),
      image(),
      wave([1, 2, 2, 1], 2),
    ),
    variant(
      "one for each channel",
      (t, x, w) => t.depthwiseConv2d(x, w, 1, "same"),
      image(),
      wave([3, 3, 2, 1], 2),
    ),
    variant(
      "of one image",
      (t, x, w) => t.depthwiseConv2d(x, w, 1, "same"),
      wave([4, 3, 2], 1),
      wave([2, 2, 2, 1], 2),
    ),
  ],
  separableConv2d: [
    call(
      (t, x, d, p) => t.separableConv2d(x, d, p, 1, "same"),
      image(),
      wave([3, 3, 2, 2], 2),
      wave([1, 1, 4, 3], 3),
    ),
    variant(
      "stride 2",
      (t, x, d, p) => t.separableConv2d(x, d, p, 2, "valid"),
      image(),
      wave([3, 3, 2, 2], 2),
      wave([1, 1, 4, 3], 3),
    ),
  ],
  dilation2d: [
    call((t, x, w) => t.dilation2d(x, w, 1, "same"), image(), wave([2, 3, 2], 2)),
    variant("stride 2, valid", (t, x, w) => t.dilation2d(x, w, 2, "valid"), image(), wave([2, 3, 2], 2)),
    variant("dilated", (t, x, w) => t.dilation2d(x, w, 1, "same", [2, 1]), image(), wave([2, 3, 2], 2)),
    variant(
      "of negative numbers",
      (t, x, w) => t.dilation2d(x, w, 1, "same"),
      wave([1, 4, 3, 2], 1, -6, -3),
      wave([2, 2, 2], 2),
    ),
  ],
  "fused.conv2d": [
    ...fusedConvolutions("conv2d", [3, 2, 2, 3], 3),
    ...(["same", "valid"] as const).map((pad) =>
      against(
        (t, x, w, b) => t.relu(t.add(t.conv2d(x, w, 2, pad), b)),
        `stride 2, ${pad}`,
        (t, x, filter, bias) => t.fused.conv2d({ x, filter, strides: 2, pad, bias, activation: "relu" }),
        image(),
        wave([3, 3, 2, 2], 2),
        wave([2], 3),
      ),
    ),
    against(
      (t, x, w) => t.conv2d(x, w, 1, "same"),
      "without a bias",
      (t, x, filter) => t.fused.conv2d({ x, filter, strides: 1, pad: "same" }),
      image(),
      wave([3, 3, 2, 2], 2),
    ),
    against(
      (t, x, w, b) => t.add(t.conv2d(x, w, 1, "same", "NHWC", 2), b),
      "dilated",
      (t, x, filter, bias) => t.fused.conv2d({ x, filter, strides: 1, pad: "same", dilations: 2, bias }),
      image(),
      wave([2, 2, 2, 2], 2),
      wave([2], 3),
    ),
  ],
  "fused.depthwiseConv2d": [
    ...fusedConvolutions("depthwiseConv2d", [3, 2, 2, 2], 4),
    against(
      (t, x, w, b) => t.relu(t.add(t.depthwiseConv2d(x, w, 2, "same"), b)),
      "stride 2",
      (t, x, filter, bias) =>
        t.fused.depthwiseConv2d({ x, filter, strides: 2, pad: "same", bias, activation: "relu" }),
      image(),
      wave([3, 3, 2, 1], 2),
      wave([2], 3),
    ),
  ],
  "image.resizeBilinear": resizes("resizeBilinear"),
  "image.resizeNearestNeighbor": [
    ...resizes("resizeNearestNeighbor"),
    variant(
      "of whole numbers",
      (t, x) => t.image.resizeNearestNeighbor(x, [4, 4]),
      whole([1, 2, 3, 4], [1, 2, 2, 1]),
    ),
  ],
  "image.flipLeftRight": [
    call((t, x) => t.image.flipLeftRight(x), image()),
    variant("of whole numbers", (t, x) => t.image.flipLeftRight(x), whole([1, 2, 3, 4], [1, 2, 2, 1])),
  ],
  "image.grayscaleToRGB": [
    call((t, x) => t.image.grayscaleToRGB(x), wave([2, 2, 3, 1], 1)),
    variant("of whole numbers", (t, x) => t.image.grayscaleToRGB(x), whole([1, 2, 3, 4], [2, 2, 1])),
  ],
  "image.rgbToGrayscale": [
    call((t, x) => t.image.rgbToGrayscale(x), wave([2, 2, 3], 1)),
    variant(
      "of whole numbers",
      (t, x) => t.image.rgbToGrayscale(x),
      whole([10, 200, 30, 4, 50, 255], [1, 2, 3]),
    ),
  ],
  "image.rotateWithOffset": [
    call((t, x) => t.image.rotateWithOffset(x, 0.6, 0.5, [0.4, 0.6]), image()),
    variant(
      "filled with colours",
      (t, x) => t.image.rotateWithOffset(x, Math.PI / 2, [1, 0.5, 0.2]),
      wave([1, 3, 3, 3], 1),
    ),
  ],
  "image.cropAndResize": (["bilinear", "nearest"] as const).flatMap((method) => [
    variant(
      method,
      (t, x, b, i) => t.image.cropAndResize(x, b, i, [3, 3], method),
      wave([2, 4, 4, 2], 1),
      BOXES,
      whole([1, 0]),
    ),
    variant(
      `${method}, beyond the image`,
      (t, x, b, i) => t.image.cropAndResize(x, b, i, [2, 2], method, 0.5),
      wave([1, 4, 4, 1], 1),
      numbers([-0.4, -0.3, 1.2, 1.4], [1, 4]),
      whole([0]),
    ),
    variant(
      `${method}, to one pixel`,
      (t, x, b, i) => t.image.cropAndResize(x, b, i, [1, 1], method),
      wave([1, 4, 4, 1], 1),
      numbers([0.1, 0.2, 0.7, 0.6], [1, 4]),
      whole([0]),
    ),
  ]),
  "image.nonMaxSuppression": [
    call((t, b, s) => t.image.nonMaxSuppression(b, s, 3, 0.5), BOUNDS, numbers([0.9, 0.75, 0.6, 0.95])),
  ],
  "image.nonMaxSuppressionAsync": [
    call((t, b, s) => t.image.nonMaxSuppressionAsync(b, s, 3, 0.5), BOUNDS, numbers([0.9, 0.75, 0.6, 0.95])),
  ],
  "image.nonMaxSuppressionWithScore": [
    call(
      (t, b, s) => Object.values(t.image.nonMaxSuppressionWithScore(b, s, 3, 0.5, 0.1, 0.5)) as never,
      BOUNDS,
      numbers([0.9, 0.75, 0.6, 0.95]),
    ),
  ],
  "image.nonMaxSuppressionWithScoreAsync": [
    call(
      async (t, b, s) =>
        Object.values(await t.image.nonMaxSuppressionWithScoreAsync(b, s, 3, 0.5, 0.1, 0.5)) as never,
      BOUNDS,
      numbers([0.9, 0.75, 0.6, 0.95]),
    ),
  ],
  "image.nonMaxSuppressionPadded": [
    call(
      (t, b, s) => Object.values(t.image.nonMaxSuppressionPadded(b, s, 3, 0.5, 0.1, true)) as never,
      BOUNDS,
      numbers([0.9, 0.75, 0.6, 0.95]),
    ),
  ],
  "image.nonMaxSuppressionPaddedAsync": [
    call(
      async (t, b, s) =>
        Object.values(await t.image.nonMaxSuppressionPaddedAsync(b, s, 3, 0.5, 0.1, true)) as never,
      BOUNDS,
      numbers([0.9, 0.75, 0.6, 0.95]),
    ),
  ],
  "image.threshold": [
    call((t, x) => t.image.threshold(x, "binary", false, 0.5), whole([10, 200, 130, 4, 150, 255], [2, 3, 1])),
    variant("Otsu's", (t, x) => t.image.threshold(x, "otsu"), whole([10, 200, 130, 4, 150, 255], [2, 3, 1])),
    variant(
      "inverted",
      (t, x) => t.image.threshold(x, "binary", true, 0.5),
      whole([10, 200, 130, 4, 150, 255], [2, 3, 1]),
    ),
  ],
  "image.transform": (["nearest", "bilinear"] as const).flatMap((method) =>
    (["constant", "reflect", "wrap", "nearest"] as const).map((fill) =>
      variant(
        `${method}, ${fill}`,
        (t, x) =>
          t.image.transform(x, t.tensor2d([[0.91, 0.23, -0.31, -0.15, 1.13, 0.42, 0, 0]]), method, fill, 0.3),
        wave([1, 4, 4, 2], 1),
      ),
    ),
  ),
  "signal.frame": [
    call((t, x) => t.signal.frame(x, 3, 2), wave([7], 1)),
    variant("padded", (t, x) => t.signal.frame(x, 3, 2, true, 0.5), wave([8], 1)),
  ],
  "signal.stft": [
    call(
      (t, x) => {
        const y = t.signal.stft(x, 4, 2, 4);
        return [t.real(y), t.imag(y)];
      },
      wave([8], 1),
    ),
  ],
  fft: [
    call(
      (t, a, b) => {
        const y = t.fft(t.complex(a, b));
        return [t.real(y), t.imag(y)];
      },
      wave([2, 4], 1),
      wave([2, 4], 2),
    ),
    variant(
      "of three",
      (t, a, b) => {
        const y = t.fft(t.complex(a, b));
        return [t.real(y), t.imag(y)];
      },
      wave([3], 1),
      wave([3], 2),
    ),
  ],
  ifft: [
    call(
      (t, a, b) => {
        const y = t.ifft(t.complex(a, b));
        return [t.real(y), t.imag(y)];
      },
      wave([2, 4], 1),
      wave([2, 4], 2),
    ),
  ],
  rfft: [
    call(
      (t, x) => {
        const y = t.rfft(x);
        return [t.real(y), t.imag(y)];
      },
      wave([2, 6], 1),
    ),
  ],
  irfft: [call((t, a, b) => t.irfft(t.complex(a, b)), wave([2, 3], 1), wave([2, 3], 2))],
  complex: [
    call(
      (t, a, b) => {
        const z = t.complex(a, b);
        return [t.real(z), t.imag(z)];
      },
      wave([3], 1),
      wave([3], 2),
    ),
    variant(
      "a product",
      (t, a, b) => {
        const z = t.mul(t.complex(a, b), t.complex(b, a));
        return [t.real(z), t.imag(z)];
      },
      wave([3], 1),
      wave([3], 2),
    ),
    variant("a modulus", (t, a, b) => t.abs(t.complex(a, b)), wave([3], 1), wave([3], 2)),
  ],
  real: [call((t, a, b) => t.real(t.complex(a, b)), wave([3], 1), wave([3], 2))],
  imag: [call((t, a, b) => t.imag(t.complex(a, b)), wave([3], 1), wave([3], 2))],
};
