import { stripHeight } from "./page/page.ts";
import { colorway, palette } from "./palette.ts";

/** Font of every figure: the reader's own system font, so that nothing has to be loaded. */
export const fontFamily = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

const axis = {
  automargin: true,
  gridcolor: palette.grid,
  linecolor: palette.guide,
  showline: true,
  zeroline: false,
  ticks: "outside",
  ticklen: 4,
  tickcolor: palette.guide,
  tickfont: { size: 12 },
  title: { font: { size: 14 }, standoff: 8 },
};

/**
 * The look of all figures, as a plotly template, on white. On a dark page its colours are exchanged: see `theme.ts`. The
 * paper is opaque, so a figure reads the same when it is copied out of the page.
 */
export const template = {
  layout: {
    autosize: true,
    colorway,
    font: { family: fontFamily, size: 13, color: palette.text },
    title: {
      font: { size: 16 },
      x: 0.02,
      xanchor: "left",
      y: 1,
      yanchor: "top",
      yref: "container",
      pad: { t: 14 },
    },
    paper_bgcolor: palette.paper,
    plot_bgcolor: palette.paper,
    margin: { l: 64, r: 24, t: 40, b: 56 },
    hovermode: "closest",
    hoverlabel: {
      bgcolor: palette.paper,
      bordercolor: palette.guide,
      font: { color: palette.text, size: 13 },
    },
    modebar: { bgcolor: "rgba(0,0,0,0)", color: palette.guide, activecolor: palette.text },
    legend: { orientation: "h", x: 0, xanchor: "left", y: 1.02, yanchor: "bottom", bgcolor: "rgba(0,0,0,0)" },
    sliderdefaults: { bgcolor: palette.grid, bordercolor: palette.guide, tickcolor: palette.guide },
    updatemenudefaults: { bgcolor: palette.paper, bordercolor: palette.guide },
    xaxis: axis,
    yaxis: axis,
    bargap: 0.05,
  },
  // plotly drops points that it thinks make no difference; on smooth densities they do.
  data: { scatter: [{ type: "scatter", line: { simplify: false } }] },
} as const;

/** Room above the plot, in pixels: for the title and the row of the legend, or for the legend alone. */
export const topMargin = { titled: 40 + stripHeight, untitled: 40 } as const;

/** plotly.js's `config` unless a figure says otherwise. */
export const defaultConfig = {
  displaylogo: false,
  responsive: true,
} as const;

/** Height of a figure that names none, in pixels. */
export const defaultHeight = 420;

/** Figures grow with the page up to this width, in pixels. */
export const maxWidth = 860;
