import { randomUUID } from "node:crypto";
import { inScope } from "../../engine/scope.ts";
import { checkOptions } from "../../ground/arguments/check-options.ts";
import { aNumber } from "../../ground/arguments/kinds.ts";
import { describe } from "../../ground/arguments/plain-numbers.ts";
import { type Failure, type NotebookHost, notebookHost } from "../../ground/notebook/notebook-host.ts";
import { jupyterDisplay, type MimeBundle, nodeInspect, type Rich } from "../../ground/notebook/rich.ts";
import { type Aside, collectAside, failureCard, type Picture, pictureOf } from "./picture.ts";
import { type FullRange, fullRange, type SliderRange, withoutRounding, writeNumber } from "./ranges.ts";
import { stillFrames, stillHtml } from "./still.ts";
import { openPanel } from "./widgets.ts";

/** How a slider's picture is kept for readers without a kernel. */
export interface SliderOptions {
  /** How many positions of each slider are computed ahead, when the cell runs; 11 if left out, 1 for the first alone. */
  readonly frames?: number;
}

/** Sliders with a picture that follows them, which show themselves in a notebook. */
export interface Slider extends Rich {
  [jupyterDisplay](): Promise<MimeBundle>;
}

type Values = Record<string, number>;

/**
 * A slider under a cell; while it is moved, the function is called again and what it returns is drawn.
 *
 * ```ts
 * const z = linspace(-3, 3, 200);
 * slider({ name: "bend", from: 0, to: 2, step: 0.01, value: 0.5 }, (bend) =>
 *   lineFigure({ series: [{ x: z, y: z.map((z) => z + bend * Math.tanh(z)) }], xTitle: "z", yTitle: "x" }),
 * );
 * ```
 *
 * Several sliders have names, under which the function gets their values:
 *
 * ```ts
 * slider({ scale: { from: 0.5, to: 2, value: 1 }, shift: { from: -2, to: 2, value: 0 } }, ({ scale, shift }) =>
 *   lineFigure({ series: [{ x: z, y: z.map((z) => scale * z + shift) }], xTitle: "z", yTitle: "x" }),
 * );
 * ```
 *
 * The function runs in the kernel as a cell does: it sees the notebook's variables as they are now, can be interrupted, and
 * what it prints or displays stands under the picture; if it throws, so does the error, and the slider goes on. It may
 * return a figure, anything else that a cell could end with, a promise of these, or nothing. Tensors that it makes are
 * freed. While it computes, values that come in are merged: the newest is drawn next, and the last always. While a cell
 * runs, it waits for its end.
 *
 * Where there is no kernel (an exported page, a code host, a notebook that has not been run) the slider moves among
 * positions that were computed when the cell ran: `frames` of them for each slider, or as many as three seconds allow, with
 * the other sliders where they stand at first. Where no scripts run there is the first picture.
 *
 * @param ranges The slider's ends, step, first value and label; or several of these by name.
 * @param draw Gets the value, or an object of the values.
 * @throws TypeError if a range is no range, or `draw` no function.
 * @throws RangeError if ends, step, value or `frames` do not fit together.
 */
export function slider(
  range: SliderRange & { readonly name?: string },
  draw: (value: number) => unknown,
  options?: SliderOptions,
): Slider;
export function slider<Name extends string>(
  ranges: Readonly<Record<Name, SliderRange>>,
  draw: (values: Record<Name, number>) => unknown,
  options?: SliderOptions,
): Slider;
export function slider(
  given: (SliderRange & { readonly name?: string }) | Readonly<Record<string, SliderRange>>,
  draw: (given: never) => unknown,
  options: SliderOptions = {},
): Slider {
  checkOptions("slider", options, "slider({ from: 0, to: 1 }, draw, { frames: 11 })", { frames: aNumber });
  const { frames = 11 } = options;
  if (typeof given !== "object" || given === null)
    throw new TypeError(`slider: expected a range, e.g. { from: 0, to: 1 }; got ${describe(given)}`);
  if (typeof draw !== "function")
    throw new TypeError(
      `slider: expected a function of the value that returns a figure; got ${describe(draw)}`,
    );
  if (!Number.isInteger(frames) || frames < 1 || frames > 201)
    throw new RangeError(`slider: frames must be a whole number from 1 to 201; got ${frames}`);
  const isSingle = "from" in given && typeof given.from !== "object";
  const single = given as SliderRange & { name?: string };
  const ranges = isSingle
    ? [fullRange(single.name ?? "value", single)]
    : Object.entries(given as Record<string, SliderRange>).map(([name, range]) => fullRange(name, range));
  if (ranges.length === 0) throw new RangeError("slider: expected at least one range; got {}");
  const [first] = ranges as [FullRange];
  const call = (values: Values) => draw((isSingle ? values[first.name] : values) as never);
  const plain = `[slider] ${ranges.map(inWords).join(", ")}`;
  return {
    [jupyterDisplay]: () => show(ranges, call, frames, plain),
    [nodeInspect]: () => plain,
  } as Slider;
}

const inWords = (range: FullRange) =>
  `${range.label} from ${writeNumber(range.from, range)} to ${writeNumber(range.to, range)}`;

/** One call, with its tensors freed and its output kept. */
async function drawOnce(
  host: NotebookHost | undefined,
  ranges: readonly FullRange[],
  values: Values,
  call: (values: Values) => unknown,
  aside: Aside = collectAside(),
): Promise<Drawn> {
  const words = ranges.map(
    (range) => `${range.label} = ${writeNumber(values[range.name] ?? range.value, range)}`,
  );
  const run = () => inScope(async () => pictureOf(await call({ ...values }), words.join(", ")), host?.signal);
  const picture = await (host?.redirect?.(aside.sink, run) ?? run());
  return { ...picture, aside };
}

interface Drawn extends Picture {
  readonly aside: Aside;
}

const errorCard = (error: unknown) =>
  failureCard({
    ...(error instanceof Error
      ? { ename: error.name, evalue: error.message }
      : { ename: "Thrown", evalue: `${error}` }),
    traceback: [],
  });

const whole = ({ html, aside }: Drawn) => html + aside.html;

async function show(
  ranges: readonly FullRange[],
  call: (values: Values) => unknown,
  frames: number,
  plain: string,
): Promise<MimeBundle> {
  const host = notebookHost();
  const values = Object.fromEntries(ranges.map(({ name, value }) => [name, value]));
  const id = randomUUID().slice(0, 8);
  const first = await drawOnce(host, ranges, values, call);
  const others = await stillFrames(ranges, frames, whole(first), (changed) =>
    drawOnce(host, ranges, { ...values, ...changed }, call).then(whole, errorCard),
  );
  // Last, so that a cell that is stopped before has shown nothing that nobody answers for.
  if (host?.openComm !== undefined) openLive(host as LiveHost, ranges, call, values, whole(first), id);
  return {
    "text/html": stillHtml(id, ranges, others, first),
    ...(first.svg === undefined ? {} : { "image/svg+xml": first.svg }),
    "text/plain": `${plain}; ${first.plain}`,
  };
}

type LiveHost = NotebookHost & Required<Pick<NotebookHost, "openComm">>;

/** Puts sliders and a picture that follows them below the cell, as widgets. */
function openLive(
  host: LiveHost,
  ranges: readonly FullRange[],
  call: (values: Values) => unknown,
  initial: Values,
  html: string,
  id: string,
): void {
  const values = { ...initial };
  let last = html;
  let aside = collectAside();
  async function redraw(name: string, value: number): Promise<void> {
    values[name] = withoutRounding(value);
    let drawn: Drawn | undefined;
    const mine = collectAside(() => {
      // What a timer prints later on, as long as its picture is to be seen.
      if (drawn !== undefined && aside === mine) panel.show(whole(drawn));
    });
    aside = mine;
    drawn = await drawOnce(host, ranges, values, call, mine);
    // One that was interrupted comes to its end late.
    if (aside !== mine) return;
    last = drawn.html;
    panel.show(whole(drawn));
  }
  const onFailure = (failure: Failure) => {
    panel.show(last + aside.html + failureCard(failure));
    aside = collectAside();
  };
  const panel = openPanel(host, ranges, html, `flowlab-live-${id}`, redraw, onFailure);
  host.display({
    "application/vnd.jupyter.widget-view+json": { version_major: 2, version_minor: 0, model_id: panel.id },
    "text/html": "",
    "text/plain": "",
  });
}
