/** Passes through a network: a row each for coupling, MAF and IAF; columns: density of a given point, a sample, a sample with its density. */
export function networkPasses(D: number, layers: number, sweeps: number): number[][] {
  // BEGIN SOLUTION
  const fast = layers;
  const slow = layers * Math.min(sweeps, D);
  return [
    [fast, fast, fast],
    [fast, slow, slow],
    [slow, fast, fast],
  ];
  // END SOLUTION
}

interface Choice {
  flow: string;
  because: string;
}

/** Which flow for which task, and the letter of the reason. */
export function choices(): {
  likelihood: Choice;
  variational: Choice;
  teacher: Choice;
  student: Choice;
  product: Choice;
} {
  // BEGIN SOLUTION
  return {
    likelihood: { flow: "MAF", because: "a" },
    variational: { flow: "IAF", because: "b" },
    teacher: { flow: "MAF", because: "a" },
    student: { flow: "IAF", because: "b" },
    product: { flow: "coupling", because: "c" },
  };
  // END SOLUTION
}
