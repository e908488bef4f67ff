/** The file that says who is behind each pseudonym: the only one, and not part of any report. */

import { createHmac, randomBytes } from "node:crypto";
import { chmod, mkdir, readFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { Refused } from "../cli/refused.ts";
import { withLock } from "../files/lock.ts";
import { writeWhole } from "../files/write-whole.ts";

export const PSEUDONYMS = "pseudonyms.json";

interface Stored {
  readonly about: string;
  /** By which pseudonyms are made: who has it can try names. */
  readonly secret: string;
  readonly people: { readonly [pseudonym: string]: { readonly [field: string]: string } };
}

const ABOUT =
  "Who is behind each pseudonym. Keep it from whoever reviews; without it no mark finds its learner.";

export interface Pseudonyms {
  readonly path: string;
  /** The same for the same key, as long as there is this file. */
  of(key: string): string;
  /** Keeps who they are. */
  keep(people: ReadonlyMap<string, { readonly [field: string]: string }>): Promise<void>;
}

interface Asked {
  readonly pseudonyms?: string;
  readonly html?: string;
  readonly json?: string;
}

/** Beside the report, so that all reports there share it. */
export const placeOfPseudonyms = ({ pseudonyms, html, json }: Asked): string =>
  pseudonyms ?? join(dirname(resolve(html ?? json ?? "x")), PSEUDONYMS);

/**
 * Reads the file, or begins one.
 *
 * @throws Refused if it lies in the report, which others are given, or is no such file.
 */
export async function openPseudonyms(asked: Asked): Promise<Pseudonyms> {
  const path = placeOfPseudonyms(asked);
  const inside = asked.html === undefined ? ".." : relative(resolve(asked.html), resolve(path));
  if (!inside.startsWith(".."))
    throw new Refused(
      `--pseudonyms ${path} would lie in the report, which says who nobody is; name another place`,
    );
  const { secret } = (await readStored(path)) ?? { secret: randomBytes(32).toString("hex") };
  return {
    path,
    of: (key) => pseudonym(secret, key),
    async keep(people) {
      await mkdir(dirname(path), { recursive: true });
      await withLock(`${path}.lock`, async () => {
        const before = (await readStored(path)) ?? { about: ABOUT, secret, people: {} };
        if (before.secret !== secret)
          throw new Refused(`${path} was begun by another run meanwhile; run it again`);
        const all = { ...before.people, ...Object.fromEntries(people) };
        const sorted = Object.fromEntries(Object.entries(all).toSorted(([a], [b]) => (a < b ? -1 : 1)));
        await writeWhole(
          path,
          `${JSON.stringify({ ...before, people: sorted } satisfies Stored, undefined, 1)}\n`,
        );
        await chmod(path, 0o600);
      });
    },
  };
}

async function readStored(path: string): Promise<Stored | undefined> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw new Refused(`${path} cannot be read: ${error.message}`);
  });
  if (text === undefined) return undefined;
  try {
    const value = JSON.parse(text) as Stored;
    if (/^[0-9a-f]{64}$/.test(value.secret) && typeof value.people === "object") return value;
  } catch {}
  throw new Refused(
    `${path} is not a file of pseudonyms, or is damaged. Take its backup, or name another place with --pseudonyms: everybody then gets another pseudonym`,
  );
}

/** Letters and digits that nobody takes for others. */
const ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

/** `Person 7KQ4-M2XD`: 39 bits. */
function pseudonym(secret: string, key: string): string {
  const bytes = createHmac("sha256", secret).update(key.normalize("NFC")).digest();
  let rest = bytes.readBigUInt64BE();
  let text = "";
  for (let i = 0; i < 8; i++) {
    text += ALPHABET[Number(rest % BigInt(ALPHABET.length))];
    rest /= BigInt(ALPHABET.length);
  }
  return `Person ${text.slice(0, 4)}-${text.slice(4)}`;
}
