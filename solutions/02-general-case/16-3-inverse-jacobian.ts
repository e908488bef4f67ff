/** From inv(J3*J2*J1) to a product of inverses of one layer each, line by line. */
export function inverseJacobian(): string[] {
  // BEGIN SOLUTION
  return ["inv(J3*J2*J1)", "inv(J2*J1)*inv(J3)", "inv(J1)*inv(J2)*inv(J3)"];
  // END SOLUTION
}

/** From abs(det(inv(J3*J2*J1))) to absolute determinants of one layer each, line by line. */
export function inverseDeterminant(): string[] {
  // BEGIN SOLUTION
  return [
    "abs(det(inv(J3*J2*J1)))",
    "abs(1/det(J3*J2*J1))",
    "1/abs(det(J3)*det(J2)*det(J1))",
    "1/abs(det(J3)) * 1/abs(det(J2)) * 1/abs(det(J1))",
  ];
  // END SOLUTION
}
