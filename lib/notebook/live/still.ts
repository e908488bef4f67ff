import { gzipSync } from "node:zlib";
import { escapeHtml } from "../../ground/rich.ts";
import type { Picture } from "./picture.ts";
import { type FullRange, positions, writeNumber } from "./ranges.ts";
import { stillScript } from "./still-script.ts";

/** The pictures of one slider while the others stand where they stand at first. */
export interface StillFrames {
  readonly range: FullRange;
  readonly values: readonly number[];
  readonly pictures: readonly string[];
}

/** So many characters of pictures are kept ahead; more would make a notebook slow to open. */
const mostText = 8e6;

/**
 * Pictures at some positions of each slider, moved alone.
 *
 * @param count For each slider; fewer if the pictures are large.
 * @param first The picture at first.
 * @param draw The picture after a change.
 */
export async function stillFrames(
  ranges: readonly FullRange[],
  count: number,
  first: string,
  draw: (changed: Record<string, number>) => Promise<string>,
): Promise<StillFrames[]> {
  const affordable = Math.max(1, Math.floor(mostText / first.length / ranges.length));
  const all: StillFrames[] = [];
  for (const range of ranges) {
    const values = positions(range, Math.min(count, affordable));
    const pictures: string[] = [];
    for (const value of values)
      pictures.push(value === range.value ? first : await draw({ [range.name]: value }));
    all.push({ range, values, pictures });
  }
  return all;
}

/**
 * What is seen where no kernel answers: the first picture, as an image that needs no scripts; where they run, sliders
 * that move among the pictures. Next to a panel that is alive it hides itself.
 */
export function stillHtml(
  id: string,
  ranges: readonly FullRange[],
  frames: readonly StillFrames[],
  first: Picture & { readonly aside: { readonly html: string } },
): string {
  const image =
    first.svg === undefined
      ? first.html
      : `<img src="data:image/svg+xml;base64,${Buffer.from(first.svg).toString("base64")}" alt="${escapeHtml(first.plain)}" style="max-width:100%;height:auto;margin:0;display:block">`;
  const inputs = frames.map(({ range, values }) => {
    const at = values.indexOf(range.value);
    const texts = values.map((value) => writeNumber(value, range));
    const label = escapeHtml(range.label);
    return (
      `<label style="display:flex;align-items:center;gap:12px;margin:4px 0">${label}` +
      `<input type="range" min="0" max="${values.length - 1}" step="1" value="${at}" style="flex:0 1 380px;min-width:120px" ` +
      `aria-valuetext="${texts[at]}" data-flowlab-first="${at}" data-flowlab-texts="${escapeHtml(JSON.stringify(texts))}">` +
      `<output style="font-variant-numeric:tabular-nums">${texts[at]}</output></label>`
    );
  });
  const box = "max-width:780px;font:13px/1.5 system-ui,sans-serif";
  const moves = frames.some(({ pictures }) => pictures.length > 1);
  const packed = gzipSync(JSON.stringify(frames.map(({ pictures }) => pictures))).toString("base64");
  return (
    `<div data-flowlab-still="${id}" style="${box}">` +
    `<div data-flowlab-inputs="" hidden>${moves ? inputs.join("") : ""}` +
    `<div style="opacity:.7">Computed ahead, in a few positions. Run the cell to move ${ranges.length > 1 ? "the sliders" : "the slider"} freely.</div></div>` +
    `<div data-flowlab-picture="">${image}${first.aside.html}</div>` +
    `<script type="text/plain" data-flowlab-frames="">${packed}</script>` +
    `<script>${stillScript(id)}</script></div>`
  );
}
