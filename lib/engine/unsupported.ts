/** An operation has no gradient, or a backend does not have the operation. The message ends with what to do instead. */
export class UnsupportedError extends Error {
  override readonly name = "UnsupportedError";
}

/** @param remedy What to do instead, as an order. */
export function refusal(fault: string, remedy: string): UnsupportedError {
  return new UnsupportedError(`${fault}: ${remedy}`);
}
