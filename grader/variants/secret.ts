/** The instructor's secret, from which each learner's numbers are drawn. It is in no kit, no report and no database. */

import { createHmac, randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

const BYTES = 32;
const TEXT = /^[0-9a-f]{64}$/;

/** What is wrong with the file of a secret; for a person to mend. */
export class SecretError extends Error {
  override readonly name = "SecretError";
}

export interface Secret {
  /** What nobody without the secret can work out, of these texts in this order. */
  digest(...texts: readonly string[]): Buffer;
}

export const secretOf = (bytes: Uint8Array): Secret => ({
  digest: (...texts) => createHmac("sha256", bytes).update(JSON.stringify(texts)).digest(),
});

/** @throws SecretError if there is none at this path. */
export async function readSecret(path: string): Promise<Secret> {
  let text: string;
  try {
    text = (await readFile(path, "utf8")).trim();
  } catch (error) {
    throw new SecretError(
      `--variants ${path} cannot be read: ${(error as Error).message}. Name the file that npm run release made`,
    );
  }
  if (!TEXT.test(text))
    throw new SecretError(
      `--variants ${path}: expected ${BYTES} bytes as ${2 * BYTES} hexadecimal digits, as npm run release writes them; got ${text.length} characters that are not. Take the file from its backup`,
    );
  return secretOf(Buffer.from(text, "hex"));
}

/**
 * The one at this path; at the first use a new one is written there, which only its owner may read.
 *
 * @throws SecretError
 */
export async function readOrMakeSecret(path: string): Promise<{ secret: Secret; made: boolean }> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, `${randomBytes(BYTES).toString("hex")}\n`, { flag: "wx", mode: 0o600 });
    return { secret: await readSecret(path), made: true };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST")
      return { secret: await readSecret(path), made: false };
    if (error instanceof SecretError) throw error;
    throw new SecretError(`--variants ${path} cannot be written: ${(error as Error).message}`);
  }
}
