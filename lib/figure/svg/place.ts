import type { PlacedAxis } from "./axes.ts";

/** The two axes on which a trace is drawn, and the colour it has if it names none. */
export interface Place {
  readonly x: PlacedAxis;
  readonly y: PlacedAxis;
  readonly color: string;
}
