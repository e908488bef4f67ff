import { gzipSync } from "node:zlib";
import { escapeHtml } from "../../ground/notebook/rich.ts";
import { fitColumn, inWords, type Picture } from "./picture.ts";
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

/** So long a cell may take longer for them, ms: what is slow to draw has fewer. */
const mostTime = 3000;

/**
 * Pictures at some positions of each slider, moved alone: the ends first, then what lies in between, ever closer, until
 * there are enough or it has taken too long.
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
  time = mostTime,
): Promise<StillFrames[]> {
  const affordable = Math.max(1, Math.floor(mostText / first.length / ranges.length));
  const end = performance.now() + time;
  const kept = ranges.map(({ value }) => new Map([[value, first]]));
  const wanted = ranges.flatMap((range, index) =>
    endsFirst(positions(range, Math.min(count, affordable))).map((value, turn) => ({ index, value, turn })),
  );
  // Sliders in turn, so that none is left without.
  for (const { index, value } of wanted.sort((a, b) => a.turn - b.turn)) {
    if (kept[index]?.has(value)) continue;
    if (performance.now() > end) break;
    kept[index]?.set(value, await draw({ [ranges[index]?.name as string]: value }));
  }
  return ranges.map((range, index) => {
    const pairs = [...(kept[index] ?? [])].sort(([a], [b]) => a - b);
    return { range, values: pairs.map(([value]) => value), pictures: pairs.map(([, picture]) => picture) };
  });
}

/** The ends, the middle, the quarters …: whatever is left out at the end, the rest covers the whole way. */
function endsFirst(values: readonly number[]): number[] {
  const order = new Set([values.at(0), values.at(-1)]);
  for (let parts = 2; order.size < values.length; parts *= 2) {
    for (let i = 1; i < parts; i += 2) order.add(values[Math.round((i * (values.length - 1)) / parts)]);
  }
  return [...order].filter((value) => value !== undefined);
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
      : fitColumn(
          first.svg,
          `<img style="SIZE;margin:0" src="data:image/svg+xml;base64,${Buffer.from(first.svg).toString("base64")}" alt="${escapeHtml(first.plain)}">`,
        ) + inWords(first.svg);
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
  const box = "max-width:680px;font:13px/1.5 system-ui,sans-serif";
  const moves = frames.some(({ pictures }) => pictures.length > 1);
  const packed = gzipSync(JSON.stringify(frames.map(({ pictures }) => pictures))).toString("base64");
  return (
    `<div data-flowlab-live="${id}" style="${box}">` +
    `<div data-flowlab-inputs="" hidden>${moves ? inputs.join("") : ""}` +
    `<div style="opacity:.7">Computed ahead, in a few positions${ranges.length > 1 ? ", one slider at a time" : ""}. Run the cell to move ${ranges.length > 1 ? "the sliders" : "the slider"} freely.</div></div>` +
    `<div data-flowlab-picture="">${image}${first.aside.html}</div>` +
    `<script type="text/plain" data-flowlab-frames="">${packed}</script>` +
    `<script>${stillScript(id)}</script></div>`
  );
}
