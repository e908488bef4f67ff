import { curveFigure, squareRoots, squareRootsInverse } from "./16-9-square-roots.ts";

/** The solution with other bins in its figures: the functions are given theirs. */
export function solved({ phi }: { readonly phi: readonly number[] }) {
  const heights = [...phi];
  const places = (to: number) => Array.from({ length: 501 }, (_, i) => (to * i) / 500);
  const [h, x] = [places(1), places(squareRoots(1, heights))];
  return {
    squareRoots,
    squareRootsInverse,
    forwardFigure: () =>
      curveFigure(
        h,
        h.map((value) => squareRoots(value, heights)),
        "h",
        "h′",
      ),
    inverseFigure: () =>
      curveFigure(
        x,
        x.map((value) => squareRootsInverse(value, heights)),
        "h′",
        "h",
      ),
  };
}
