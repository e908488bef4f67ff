/** The mask of one layer: rows are its units, columns those of the layer before; 1 where a weight stays. */
export function madeMask(order: number[], hidden: number[], layer: number): number[][] {
  // BEGIN SOLUTION
  const D = order.length;
  const places = order.map((_, number) => order.indexOf(number) + 1);
  const inTurns = (width: number): number[] =>
    Array.from({ length: width }, (_, unit) => 1 + (unit % (D - 1)));
  const degrees = [places, ...hidden.map(inTurns), places];
  const isLast = layer === hidden.length;
  return degrees[layer + 1].map((own) =>
    degrees[layer].map((from) => (from < own || (from === own && !isLast) ? 1 : 0)),
  );
  // END SOLUTION
}
