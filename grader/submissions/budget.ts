/**
 * What one person's files may cost while they are read, however they are nested. Everybody has the same share, so that nobody's
 * files are left out because of somebody else's.
 */

import { EVERYBODY, PERSON, sizeText } from "./limits.ts";
import { Unreadable } from "./submission.ts";

export interface Budget {
  /** @param amount Bytes to be unpacked or read. @throws Unreadable beyond the share. */
  bytes(amount: number, origin: string): void;
  /** @param amount Characters that are kept until grading. @throws Unreadable beyond the share. */
  text(amount: number, origin: string): void;
  /** One more archive. @throws Unreadable beyond the share. */
  archive(origin: string): void;
  /** One more file that may hold answers. @throws Unreadable beyond the share. */
  file(origin: string): void;
}

/** @param people Who share what all may use together. */
export function shareOf(people: number): Budget {
  const most = (kind: keyof typeof PERSON) =>
    Math.min(PERSON[kind], Math.floor(EVERYBODY[kind] / Math.max(1, people)));
  const used = { bytes: 0, text: 0, archives: 0, files: 0 };
  const take = (kind: keyof typeof PERSON, amount: number, refusal: (limit: number) => string) => {
    if (used[kind] + amount > most(kind)) throw new Unreadable(refusal(most(kind)));
    used[kind] += amount;
  };
  return {
    bytes: (amount, origin) =>
      take(
        "bytes",
        amount,
        (limit) =>
          `${origin} was not read: with it this person's files would unpack to more than ${sizeText(limit)}`,
      ),
    text: (amount, origin) =>
      take(
        "text",
        amount,
        (limit) =>
          `${origin} was not kept: with it this person's code would be longer than ${sizeText(limit)}`,
      ),
    archive: (origin) =>
      take(
        "archives",
        1,
        (limit) => `${origin} was not opened: one person's archives are opened up to ${limit}`,
      ),
    file: (origin) =>
      take("files", 1, (limit) => `${origin} was not read: one person's files are read up to ${limit}`),
  };
}
