/** Numbers as a trace takes them; `null` breaks a line, strings are categories. */
export type Values =
  | readonly (number | string | null)[]
  | Float32Array
  | Float64Array
  | Int32Array
  | Uint8Array
  | Uint32Array;

/** Stroke of a line, as plotly.js takes it. */
export interface Line {
  readonly color?: string;
  readonly width?: number;
  readonly dash?: "solid" | "dash" | "dot" | "dashdot";
  readonly [option: string]: unknown;
}

/** Look of points and bars, as plotly.js takes it. */
export interface Marker {
  readonly color?: string | Values;
  readonly size?: number | Values;
  readonly symbol?: string | readonly string[];
  readonly opacity?: number;
  readonly line?: Line;
  readonly [option: string]: unknown;
}

/** One trace in plotly.js's JSON; attributes not named here pass through unchanged. */
export interface Trace {
  readonly type?: string;
  readonly x?: Values;
  readonly y?: Values;
  /** Rows of a heatmap or contour: z[row][column] belongs to y[row], x[column]. */
  readonly z?: readonly Values[];
  readonly name?: string;
  readonly mode?: string;
  readonly fill?: string;
  readonly fillcolor?: string;
  readonly line?: Line;
  readonly marker?: Marker;
  readonly orientation?: "v" | "h";
  readonly opacity?: number;
  readonly showlegend?: boolean;
  readonly text?: string | readonly string[];
  /** "x", "x2", …: the horizontal axis this trace is drawn on. */
  readonly xaxis?: string;
  readonly yaxis?: string;
  readonly [option: string]: unknown;
}

/** A text, or plotly's object around it. */
export type Title = string | { readonly text: string; readonly [option: string]: unknown };

/** One axis; `domain` is its share of the plot's width or height, from 0 to 1. */
export interface Axis {
  readonly title?: Title;
  readonly range?: readonly [number, number];
  /** Of an axis without a range: "tozero", it shows the zero; "nonnegative", it shows nothing below it; else "normal". */
  readonly rangemode?: string;
  readonly domain?: readonly [number, number];
  readonly anchor?: string;
  readonly type?: "linear" | "log" | "category" | "-";
  readonly visible?: boolean;
  readonly showgrid?: boolean;
  readonly showticklabels?: boolean;
  /** So many ticks at most, on a linear axis. */
  readonly nticks?: number;
  readonly tickvals?: readonly number[];
  readonly ticktext?: readonly string[];
  readonly [option: string]: unknown;
}

/** A line or rectangle in a plot's coordinates, as plotly.js takes it. */
export interface Shape {
  readonly type: string;
  readonly x0?: number;
  readonly x1?: number;
  readonly y0?: number;
  readonly y1?: number;
  readonly xref?: string;
  readonly yref?: string;
  readonly line?: Line;
  readonly fillcolor?: string;
  readonly [option: string]: unknown;
}

/** A text at a point of the plot, with an arrow or without, as plotly.js takes it. */
export interface Annotation {
  readonly text: string;
  readonly x?: number;
  readonly y?: number;
  readonly xref?: string;
  readonly yref?: string;
  readonly showarrow?: boolean;
  readonly [option: string]: unknown;
}

/** Layout in plotly.js's JSON; attributes not named here pass through unchanged. */
export interface Layout {
  readonly title?: Title;
  /** Pixels. */
  readonly height?: number;
  readonly xaxis?: Axis;
  readonly yaxis?: Axis;
  readonly shapes?: readonly Shape[];
  readonly annotations?: readonly Annotation[];
  readonly showlegend?: boolean;
  readonly [option: string]: unknown;
}

/** A state that a slider or an animation can switch to. */
export interface Frame {
  readonly name: string;
  readonly data: readonly Trace[];
  /** Which traces of the figure are replaced by `data`, by index; by default the first ones. */
  readonly traces?: readonly number[];
  readonly layout?: Layout;
}
