/** The matrix of 02.lazy as its statement and hints write it. */

import { texFactor, texFraction } from "../../variants/tex.ts";
import type { Fooling } from "./exact-and-lazy.domain.ts";

export const texFooling = ({ first, cross }: Fooling): string =>
  `\\begin{bmatrix}${first}&b\\\\-${texFactor(cross)}b&${texFraction(1, first)}\\end{bmatrix}`;

/** Of its diagonal. */
export const texProduct = ({ first }: Fooling): string => `${first} \\cdot ${texFraction(1, first)}`;

export const texDeterminant = ({ cross }: Fooling): string => `1 + ${texFactor(cross)}b^2`;
