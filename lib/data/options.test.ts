import { expect, test } from "vitest";
import { tf } from "../engine/tf.ts";
import * as figures from "../figure/index.ts";
import * as notebook from "../notebook/index.ts";
import * as data from "./index.ts";

// biome-ignore lint/suspicious/noExplicitAny: what the types refuse is what is tried here
type Any = any;

const FIGURES = Object.keys(figures).filter((name) => name.endsWith("Figure"));
const images = () => tf.zeros([1, 2, 2, 1]);

test.each(FIGURES)("%s says which options it needs", (name) => {
  for (const given of [undefined, null, 3]) {
    if (name === "isFigure") continue;
    expect(() => (figures as Any)[name](given)).toThrow(
      new RegExp(`^${name}: expected options, e\\.g\\. ${name}\\(\\{`),
    );
  }
});

test.each<[string, (options: Any) => unknown]>([
  ["csvTable", (options) => data.csvTable("none.csv", options)],
  ["contactSheet", (options) => data.contactSheet(images() as tf.Tensor4D, options)],
  ["dequantize", (options) => data.dequantize(images(), options)],
  ["quantize", (options) => data.quantize(images(), options)],
  ["bitsPerDimension", (options) => data.bitsPerDimension(-1, options)],
  ["drawnImages", (options) => data.drawnImages("faces", options)],
  ["pngFolder", (options) => data.pngFolder("none", options)],
  ["trainingDisplay", (options) => notebook.trainingDisplay(options)],
])("%s takes an object of options", (name, use) => {
  for (const given of [null, 3, "3"]) {
    expect(() => use(given)).toThrow(TypeError);
    expect(() => use(given)).toThrow(new RegExp(`^${name}: expected options, e\\.g\\. ${name}\\(`));
  }
});
