/**
 * What one person's files may cost while they are read, however they are nested. Everybody has the same share, so that nobody's
 * files are left out because of somebody else's.
 */

import { EVERYBODY, PERSON, sizeText } from "./limits.ts";
import { Unreadable } from "./submission.ts";

export interface Budget {
  /** @param amount Bytes to be unpacked or read. @throws Unreadable beyond the share. */
  bytes(amount: number, origin: string): void;
  /** @param amount Bytes of an answer's text, kept until grading. @throws Unreadable beyond the share; then no more files are read. */
  text(amount: number, origin: string): void;
  /** @param amount Bytes of the text of a file that no exercise is known for. @returns False beyond the share: it is not kept. */
  beside(amount: number): boolean;
  /** @param amount Bytes of a saved flow, kept until grading. @throws Unreadable beyond the share. */
  flow(amount: number, origin: string): void;
  /** One more archive. @throws Unreadable beyond the share. */
  archive(origin: string): void;
  /** A file took more time or memory to read than one may. After a few of them no more are read. */
  overrun(): void;
  /** One more file that may hold answers. @throws Unreadable beyond the share. */
  file(origin: string): void;
}

/** @param people Who share what all may use together. */
export function shareOf(people: number): Budget {
  const most = (kind: Kind) => Math.min(PERSON[kind], Math.floor(EVERYBODY[kind] / Math.max(1, people)));
  const used = { bytes: 0, text: 0, beside: 0, archives: 0, files: 0, flows: 0 };
  /** Why no more files are read. */
  let spent: string | undefined;
  let overruns = 0;
  const fits = (kind: Kind, amount: number): boolean => {
    if (used[kind] + amount > most(kind)) return false;
    used[kind] += amount;
    return true;
  };
  const refuse = (text: string): never => {
    throw new Unreadable(text);
  };
  return {
    bytes(amount, origin) {
      if (!fits("bytes", amount))
        refuse(
          `${origin} was not read: with it this person's files would unpack to more than ${sizeText(most("bytes"))}`,
        );
    },
    text(amount, origin) {
      if (fits("text", amount)) return;
      spent = `this person's code was longer than ${sizeText(most("text"))} before it`;
      refuse(
        `${origin} was not kept: with it this person's code would be longer than ${sizeText(most("text"))}`,
      );
    },
    flow(amount, origin) {
      if (!fits("flows", amount))
        refuse(
          `${origin} was not kept: with it this person's saved flows would be more than ${sizeText(most("flows"))}; hand in only the one that counts`,
        );
    },
    beside: (amount) => fits("beside", amount),
    overrun() {
      overruns += 1;
      if (overruns >= MOST_OVERRUNS) spent = "this person's files took too long before it";
    },
    archive(origin) {
      if (!fits("archives", 1))
        refuse(`${origin} was not opened: one person's archives are opened up to ${most("archives")}`);
    },
    file(origin) {
      if (spent !== undefined) refuse(`${origin} was not read: ${spent}`);
      if (!fits("files", 1))
        refuse(`${origin} was not read: one person's files are read up to ${most("files")}`);
    },
  };
}

/** No honest file takes so long; a second may be a mistake. */
const MOST_OVERRUNS = 2;

type Kind = keyof typeof PERSON;
