/** The derivative by a of what one number adds to the loss, line by line. */
export function slopeOfA(): string[] {
  // BEGIN SOLUTION
  return [
    "da(a + ((x - b)*exp(-a))^2/2)",
    "da(a) + da(((x - b)*exp(-a))^2/2)",
    "1 + (x - b)*exp(-a)*da((x - b)*exp(-a))",
    "1 + (x - b)*exp(-a)*(-(x - b)*exp(-a))",
    "1 - ((x - b)*exp(-a))^2",
  ];
  // END SOLUTION
}

/** The derivative by b of the same. */
export function slopeOfB(): string[] {
  // BEGIN SOLUTION
  return [
    "db(a + ((x - b)*exp(-a))^2/2)",
    "(x - b)*exp(-a)*db((x - b)*exp(-a))",
    "(x - b)*exp(-a)*(-exp(-a))",
    "-exp(-a)*((x - b)*exp(-a))",
  ];
  // END SOLUTION
}
