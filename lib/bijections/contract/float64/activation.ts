import type { Activation } from "../../../conditioners/activation.ts";

/** The nonlinearities that references need. */
export const activations = {
  relu: (x: number) => Math.max(x, 0),
  elu: (x: number) => (x > 0 ? x : Math.expm1(x)),
  tanh: Math.tanh,
} satisfies Partial<Record<Activation, (x: number) => number>>;

export function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

export function softplus(x: number): number {
  return Math.log1p(Math.exp(x));
}

/** x·σ(βx)/1.1 with β = log(1 + eᵇ). */
export function lipSwish(x: number, b: number): number {
  return (x * logistic(softplus(b) * x)) / 1.1;
}
