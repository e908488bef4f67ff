/** The solution with another slope below 0. */
export const solved = ({ leak }: { readonly leak: number }) => ({
  leakyInverse: (x: number): number => (x < 0 ? (1 / leak) * x : x),
  inverseDeterminant: (z: number[]): number => (1 / leak) ** z.filter((value) => value < 0).length,
});
