/** What `flowlab/data` exports: densities to try flows on, images, tables, and how pixels become continuous. */

export { type ContactSheetOptions, contactSheet } from "./contact-sheet.ts";
export { csvTable, type Table } from "./csv/csv-table.ts";
export type { DecimalSign } from "./csv/field.ts";
export type { TableLabels } from "./csv/labels.ts";
export type { CsvTableOptions } from "./csv/options.ts";
export {
  type BitsPerDimensionOptions,
  bitsPerDimension,
  type DequantizeOptions,
  dequantize,
  quantize,
} from "./dequantization.ts";
export { type DrawnImagesOptions, type DrawnSet, drawnImages } from "./drawn-images.ts";
export { type IdxArray, idxImages, readIdx } from "./idx.ts";
export type { ImageSet } from "./image-set.ts";
export { decodePng, encodePng, type Picture } from "./png.ts";
export { type PngFolderOptions, pngFolder } from "./png-folder.ts";
export { toyDensities } from "./toy/toy-densities.ts";
export type { Potential, ToyDensity } from "./toy/toy-density.ts";
