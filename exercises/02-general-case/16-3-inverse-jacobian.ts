// Exercise 16.3: The Jacobian of the inverse, and its determinant
// What it asks for: notebooks/02-general-case.ipynb, exercise 16.3
// Check it with: npm run grade -- exercises/02-general-case/16-3-inverse-jacobian.ts
// stub 046b4d47f0cd

/** From inv(J3*J2*J1) to a product of inverses of one layer each, line by line. */
export function inverseJacobian(): string[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** From abs(det(inv(J3*J2*J1))) to absolute determinants of one layer each, line by line. */
export function inverseDeterminant(): string[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
