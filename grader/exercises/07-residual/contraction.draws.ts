/** What the regions of this chapter's exercises about a Jacobian are made of. */

import { apply, type Matrix, multiply, transpose } from "../../oracle/matrices.ts";
import { normals, type Random } from "../../random.ts";

export const signs = (random: Random, n: number): number[] =>
  Array.from({ length: n }, () => (random.integer(2) === 0 ? -1 : 1));

export const normalMatrix = (random: Random, rows: number, columns = rows): number[][] =>
  Array.from({ length: rows }, () => normals(random, columns));

export const scale = (a: Matrix, factor: number): number[][] => a.map((row) => row.map((v) => factor * v));

export const symmetric = (a: Matrix): number[][] => a.map((row, i) => row.map((v, j) => (v + a[j][i]) / 2));

export const antisymmetric = (a: Matrix): number[][] =>
  a.map((row, i) => row.map((v, j) => (v - a[j][i]) / 2));

export const diagonalMatrix = (diagonal: readonly number[]): number[][] =>
  diagonal.map((v, i) => diagonal.map((_, j) => (i === j ? v : 0)));

/**
 * The singular values, the largest first: roots of the eigenvalues of AᵀA by Jacobi's rotations. Those far below the largest keep half of
 * the digits.
 */
export function singularValues(a: Matrix): number[] {
  const gram = a.length < a[0].length ? multiply(a, transpose(a)) : multiply(transpose(a), a);
  const n = gram.length;
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        const entry = gram[p][q];
        off = Math.max(off, Math.abs(entry) / (Math.sqrt(gram[p][p] * gram[q][q]) || 1));
        if (entry === 0) continue;
        const angle = Math.atan2(2 * entry, gram[q][q] - gram[p][p]) / 2;
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        for (let k = 0; k < n; k++) {
          const [kp, kq] = [gram[k][p], gram[k][q]];
          [gram[k][p], gram[k][q]] = [c * kp - s * kq, s * kp + c * kq];
        }
        for (let k = 0; k < n; k++) {
          const [pk, qk] = [gram[p][k], gram[q][k]];
          [gram[p][k], gram[q][k]] = [c * pk - s * qk, s * pk + c * qk];
        }
      }
    if (off < 1e-15) break;
  }
  return gram.map((row, i) => Math.sqrt(Math.max(0, row[i]))).toSorted((x, y) => y - x);
}

/** The largest factor by which A lengthens a vector. */
export const spectralNorm = (a: Matrix): number => singularValues(a)[0];

/** A matrix of this spectral norm, not symmetric. */
export function contraction(random: Random, n: number, norm: number): number[][] {
  const a = normalMatrix(random, n);
  return scale(a, norm / spectralNorm(a));
}

/** Σ |u_i| |A_ij| |v_j|: what rounding in u · A v is measured by. */
export const productSize = (u: readonly number[], a: Matrix, v: readonly number[]): number =>
  apply(
    a.map((row) => row.map(Math.abs)),
    v.map(Math.abs),
  ).reduce((sum, w, i) => sum + w * Math.abs(u[i]), 0);
