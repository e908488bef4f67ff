/** What a person sees of a figure, measured in the page: for tests in bare pages and in JupyterLab. */

/** In the page, of a `[data-flowlab-figure]`: every text that is to be read, and what is to be pressed or moved, with box and colour. */
export const readTexts = `(figure) => {
  const frame = figure.getBoundingClientRect();
  const shown = (node) => node.textContent.trim() !== "" && getComputedStyle(node).display !== "none" &&
    node.getBoundingClientRect().width > 0 && !node.closest(".hoverlayer, .updatemenu-button");
  const lines = [...figure.querySelectorAll("[data-flowlab-title], [data-flowlab-caption]")].map((node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [node, range.getBoundingClientRect()];
  });
  const texts = [...figure.querySelectorAll(".js-plotly-plot svg text")].map((node) => [node, node.getBoundingClientRect()]);
  const described = [...lines, ...texts].filter(([node]) => shown(node)).map(([node, box]) => {
    const style = getComputedStyle(node);
    return { text: node.textContent.trim(), color: node.namespaceURI.endsWith("svg") ? style.fill : style.color, box };
  });
  const boxes = (selector) => [...figure.querySelectorAll(selector)].map((node) => node.getBoundingClientRect());
  // All places that a slider's grip can take.
  const rails = boxes(".slider-rail-rect").map(({ left, right }, i) => {
    const { top, bottom } = boxes(".slider-grip-rect")[i];
    return { left, right, top, bottom };
  });
  const controls = [["[buttons]", boxes(".modebar-group")], ["[button]", boxes(".updatemenu-item-rect")], ["[slider]", rails]]
    .flatMap(([text, all]) => all.map((box) => ({ text, color: "", box })));
  return [...described, ...controls].map(({ text, color, box }) => ({ text, color,
    left: box.left - frame.left, right: box.right - frame.left, top: box.top - frame.top, bottom: box.bottom - frame.top,
    beyond: box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1 }));
}`;

/** In the page, of every figure by its name: where the plot and the items of its legend stand, to a pixel. */
export const readLegends = `() => [...document.querySelectorAll("[data-flowlab-figure]")].map((figure) => {
  const frame = figure.getBoundingClientRect();
  const boxes = [...figure.querySelectorAll(".nsewdrag, .legend .traces")].map((node) => node.getBoundingClientRect());
  return [figure.parentElement.id, boxes.map(({ left, top }) => [left - frame.left, top - frame.top].map(Math.round))];
})`;

/** One text with its box, relative to the figure, and its colour. */
export interface Text {
  readonly text: string;
  readonly color: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly beyond: boolean;
}

/** Pairs of texts whose boxes share more than a hair: line boxes are taller than their letters. */
export function overlaps(texts: readonly Text[]): string[] {
  const [sideways, upright] = [1, 4];
  return texts.flatMap((a, i) =>
    texts.slice(i + 1).flatMap((b) => {
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const up = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      return across > sideways && up > upright ? [`"${a.text}" on "${b.text}"`] : [];
    }),
  );
}

/** Contrast of two colours as WCAG 2 defines it, from 1 to 21. */
export function contrast(a: string, b: string): number {
  const luminance = (color: string) => {
    const channels = (color.match(/[\d.]+/g) ?? []).slice(0, 3).map((value) => {
      const share = Number(value) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    const [red = 0, green = 0, blue = 0] = channels;
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}
