/** An LU decomposition with row exchanges, A = P L U, packed as usual: U on and above the diagonal, L below. */
export interface LuDecomposition {
  /** n×n, row by row. */
  readonly packed: Float64Array;
  /** Row `order[i]` of A has become row i. */
  readonly order: Int32Array;
  /** Determinant of P: 1 or −1. */
  readonly parity: 1 | -1;
}

/**
 * Decomposes a square matrix by Gaussian elimination in double precision, exchanging rows so that every pivot is the
 * largest of its column. A singular matrix gives a 0 on the diagonal of U.
 *
 * @param matrix n×n numbers, row by row.
 */
export function luDecomposition(matrix: ArrayLike<number>, n: number): LuDecomposition {
  const packed = Float64Array.from(matrix);
  const order = Int32Array.from({ length: n }, (_, i) => i);
  let parity: 1 | -1 = 1;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) {
      if (Math.abs(packed[i * n + k]) > Math.abs(packed[pivot * n + k])) pivot = i;
    }
    if (pivot !== k) {
      exchange(packed, order, n, k, pivot);
      parity = parity === 1 ? -1 : 1;
    }
    if (packed[k * n + k] === 0) continue;
    for (let i = k + 1; i < n; i++) {
      packed[i * n + k] /= packed[k * n + k];
      for (let j = k + 1; j < n; j++) packed[i * n + j] -= packed[i * n + k] * packed[k * n + j];
    }
  }
  return { packed, order, parity };
}

function exchange(packed: Float64Array, order: Int32Array, n: number, a: number, b: number): void {
  for (let j = 0; j < n; j++) {
    [packed[a * n + j], packed[b * n + j]] = [packed[b * n + j], packed[a * n + j]];
  }
  [order[a], order[b]] = [order[b], order[a]];
}

/** log |det A| = Σ_i log |U_ii| in nats; −∞ of a singular matrix. */
export function luLogAbsDet({ packed }: LuDecomposition, n: number): number {
  let total = 0;
  for (let i = 0; i < n; i++) total += Math.log(Math.abs(packed[i * (n + 1)]));
  return total;
}

/** A⁻¹, n×n numbers row by row, by substitution; infinite or not a number if A is singular. */
export function luInverse({ packed, order }: LuDecomposition, n: number): Float64Array {
  const inverse = new Float64Array(n * n);
  for (let column = 0; column < n; column++) {
    const x = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      x[i] = order[i] === column ? 1 : 0;
      for (let j = 0; j < i; j++) x[i] -= packed[i * n + j] * x[j];
    }
    for (let i = n - 1; i >= 0; i--) {
      for (let j = i + 1; j < n; j++) x[i] -= packed[i * n + j] * x[j];
      x[i] /= packed[i * (n + 1)];
    }
    for (let i = 0; i < n; i++) inverse[i * n + column] = x[i];
  }
  return inverse;
}
