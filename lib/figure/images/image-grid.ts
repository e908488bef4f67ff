import { checkOptions } from "../../ground/arguments/check-options.ts";
import { inNameOf } from "../../ground/arguments/in-name-of.ts";
import { aFinite, aText, demand, listOf, numbers } from "../../ground/arguments/kinds.ts";
import { type Figure, figure } from "../figure.ts";
import { palette } from "../palette.ts";
import { pngAddress } from "../png.ts";
import type { Annotation, Shape } from "../types.ts";
import { GAP, type Images, imageCount, mosaic } from "./mosaic.ts";

/** Images to be shown side by side. */
export interface ImageGridOptions {
  /** [n, height, width, channels], grey or colour. */
  readonly images: Images;
  /** Images in a row; about as many as rows if left out. */
  readonly columns?: number;
  /** Which values are black and full; if left out, [0, 255] for whole numbers up to 255, else [0, 1]. */
  readonly values?: readonly [number, number];
  /** What stands above each column. */
  readonly headings?: readonly string[];
  readonly title?: string;
}

/**
 * Images in rows and columns, enlarged without blurring.
 *
 * @throws RangeError if the images do not have the shape [n, height, width, 1 or 3], there is none, or `values` is left
 *   out and they are in neither range.
 */
export function imageGridFigure(options: ImageGridOptions): Figure {
  return inNameOf("imageGridFigure", () => drawImageGrid(options));
}

function drawImageGrid(options: ImageGridOptions): Figure {
  checkOptions("imageGridFigure", options, "imageGridFigure({ images })", {
    images: demand(numbers),
    columns: aFinite,
    values: listOf(aFinite),
    headings: listOf(aText),
    title: aText,
  });
  const wanted = options.columns ?? 1;
  if (!Number.isInteger(wanted) || wanted < 1) {
    throw new RangeError(`imageGridFigure: expected columns ≥ 1, a whole number; got ${wanted}`);
  }
  const count = imageCount(options.images);
  const columns = Math.min(count, options.columns ?? Math.ceil(Math.sqrt(1.6 * count)));
  const { values, headings = [] } = options;
  const picture = mosaic(options.images, { columns, ...(values && { values }) });
  const { width, height } = picture;
  const hidden = { visible: false, showgrid: false, constrain: "domain" };
  const titled = options.title !== undefined;
  const margin = { l: 24, r: 24, t: (titled ? 44 : 12) + (headings.length > 0 ? 22 : 0), b: 12 };
  const labels = headings.map(
    (text, i): Annotation => ({
      text,
      ...{
        x: ((i + 0.5) * width) / columns,
        y: -0.5,
        yshift: 3,
        yanchor: "bottom",
        xanchor: "center",
        showarrow: false,
      },
      font: { size: 12 },
    }),
  );
  // Where an image is white, only a line says where it ends.
  const [stepX, stepY] = [(width + GAP) / columns, (height + GAP) / Math.ceil(count / columns)];
  const outlines = Array.from({ length: count }, (_, n): Shape => {
    const [left, top] = [(n % columns) * stepX, Math.floor(n / columns) * stepY];
    const [right, bottom] = [left + stepX - GAP, top + stepY - GAP];
    const box = { x0: left - 1, x1: right, y0: top - 1, y1: bottom };
    return { type: "rect", ...box, line: { color: palette.guide, width: 1 } };
  });
  const layout = {
    xaxis: { ...hidden, range: [-1.5, width + 0.5] as const },
    yaxis: { ...hidden, range: [height + 0.5, -1.5] as const, scaleanchor: "x" },
    shapes: outlines,
    margin,
    height: Math.round(margin.t + margin.b + height * Math.min(1, 730 / width)),
    annotations: labels,
    ...(options.title === undefined ? {} : { title: options.title }),
  };
  const description = `${options.title ?? "Images"}: ${count} in rows of ${columns}`;
  const trace = { type: "image", source: pngAddress(picture), imageSize: [width, height], hoverinfo: "skip" };
  return figure([trace], layout, { description });
}
