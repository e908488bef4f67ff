/**
 * What a function has computed by others: where one of these refuses something, the message says first which one was
 * called.
 *
 *     inNameOf("maf", () => made({ … }))   // maf, made: expected hidden ≥ 1, whole numbers; got 0
 *
 * @throws What the function throws, with that name in its message.
 */
export function inNameOf<T>(who: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw introduce(who, error);
  }
}

/** An error whose message begins with this name; one that does already stays as it is. */
function introduce(who: string, error: unknown): unknown {
  if (!(error instanceof Error) || new RegExp(`^${who}\\b`).test(error.message)) return error;
  const { message, stack } = error;
  error.message = `${who}, ${message}`;
  // The stack has been written with the message that there was.
  if (stack !== undefined) error.stack = stack.replace(message, () => error.message);
  return error;
}
