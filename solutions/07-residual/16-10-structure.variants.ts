import { denseJacobian, elementwiseJacobian, patternFigure } from "./16-10-structure.ts";

/** The solution with other numbers in each half of its figures. */
export function solved({ dense, elementwise }: { readonly dense: number; readonly elementwise: number }) {
  const full = Array.from({ length: dense }, () => new Array<number>(dense).fill(1));
  const slopes = new Array<number>(elementwise).fill(1);
  return {
    denseJacobian,
    elementwiseJacobian,
    denseFigure: () => patternFigure(denseJacobian(full, full)),
    elementwiseFigure: () => patternFigure(elementwiseJacobian(slopes, slopes)),
  };
}
