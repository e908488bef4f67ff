import { type Figure, jacobianFigure } from "flowlab/figure";
import type { Matrix } from "../../oracle/matrices.ts";

/** As the function that is given at the top of the answer draws it. */
export const drawMatrix = (matrix: Matrix): Figure => jacobianFigure({ matrix, names: ["h′", "h"] });
