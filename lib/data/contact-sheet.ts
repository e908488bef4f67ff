import type { tf } from "../engine/tf.ts";
import { checkOptions, dropAbsent } from "../ground/arguments/check-options.ts";
import { aNumber, aTensor, checkKind, demand } from "../ground/arguments/kinds.ts";
import { checkAmount } from "../ground/arguments/most-numbers.ts";
import { encodePng } from "./png.ts";

/** How {@link contactSheet} lays images out. */
export interface ContactSheetOptions {
  /** Images in a row; as many as make the sheet about square if left out. */
  readonly columns?: number;
  /** Side of the square that a pixel is shown as; 4 if left out. */
  readonly zoom?: number;
}

/**
 * Images side by side in one PNG file.
 *
 * @param images Shape [count, height, width, 1 or 3], numbers from 0 to 255; others are cut off.
 * @returns The bytes of the file.
 * @throws RangeError if there is no image, they do not have 1 or 3 channels, or an option is no whole number ≥ 1.
 */
export function contactSheet(images: tf.Tensor4D, options: ContactSheetOptions = {}): Uint8Array {
  checkOptions("contactSheet", options, "contactSheet(images, { columns: 8 })", {
    columns: aNumber,
    zoom: aNumber,
  });
  checkKind("contactSheet", "images", images, demand(aTensor));
  const [count, height, width, channels] = images.shape;
  if (count === 0 || (channels !== 1 && channels !== 3)) {
    throw new RangeError(
      `contactSheet: expected images of shape [n ≥ 1, height, width, 1 or 3]; got shape [${images.shape}]`,
    );
  }
  const { columns, zoom } = { columns: Math.ceil(Math.sqrt(count)), zoom: 4, ...dropAbsent(options) };
  for (const [name, value] of Object.entries({ columns, zoom })) {
    if (Number.isInteger(value) && value >= 1) continue;
    throw new RangeError(`contactSheet: expected ${name} ≥ 1, a whole number; got ${value}`);
  }
  const rows = Math.ceil(count / columns);
  const margin = 1;
  const [cellHeight, cellWidth] = [height + margin, width + margin];
  const sheet = { height: zoom * (rows * cellHeight + margin), width: zoom * (columns * cellWidth + margin) };
  checkAmount(
    sheet.height * sheet.width * channels,
    `a sheet of ${sheet.height} × ${sheet.width} pixels`,
    "choose a smaller zoom, or fewer columns",
  );
  const bytes = new Uint8Array(sheet.height * sheet.width * channels).fill(255);
  const values = images.dataSync();
  for (let y = 0; y < sheet.height; y++) {
    for (let x = 0; x < sheet.width; x++) {
      const [row, column] = [Math.floor(y / zoom) - margin, Math.floor(x / zoom) - margin];
      const image = Math.floor(row / cellHeight) * columns + Math.floor(column / cellWidth);
      const [i, j] = [row % cellHeight, column % cellWidth];
      if (row < 0 || column < 0 || i >= height || j >= width || image >= count) continue;
      for (let c = 0; c < channels; c++) {
        const value = values[((image * height + i) * width + j) * channels + c];
        bytes[(y * sheet.width + x) * channels + c] = Math.min(255, Math.max(0, Math.round(value)));
      }
    }
  }
  return encodePng({ ...sheet, channels, bytes });
}
