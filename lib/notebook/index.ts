/** What `flowlab/notebook` exports: showing values, texts, tables and progress under a cell or on a terminal. */

export {
  type BusyDisplay,
  hostKey,
  type NotebookHost,
  notebookHost,
  OUT_OF_TIME,
  type PrintLimit,
} from "../ground/notebook/notebook-host.ts";
export {
  escapeHtml,
  jupyterDisplay,
  type MimeBundle,
  mimeBundle,
  type Rich,
} from "../ground/notebook/rich.ts";
export { display, type LiveDisplay, liveDisplay } from "./display.ts";
export { html, markdown, type RichText } from "./html.ts";
export type { SliderRange } from "./live/ranges.ts";
export { type Slider, type SliderOptions, slider } from "./live/slider.ts";
export { type ProgressBar, progressBar } from "./progress-bar.ts";
export { type Cell, type TableOptions, table } from "./table.ts";
export {
  type TrainingDisplay,
  type TrainingDisplayOptions,
  type TrainingProgress,
  trainingDisplay,
} from "./training-display.ts";
