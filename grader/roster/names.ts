/** Names of people, compared: order, accents, case and marks do not count. */

/** Letters that have no accent to be taken off, as passports and logins write them. */
const LETTERS: { readonly [letter: string]: string } = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};
/** As they are written where there are none: `Müller`, `Mueller`. */
const UMLAUTS: { readonly [letter: string]: string } = { ä: "ae", ö: "oe", ü: "ue", ø: "oe", å: "aa" };

/** A name as it may be written where there are no accents: `Müller`, `Muller`, `Mueller`. */
export function spellings(name: string): string[] {
  const whole = name.normalize("NFC");
  const spelt = (by: typeof LETTERS) =>
    whole.replace(/\p{L}/gu, (letter) => {
      const other = by[letter.toLowerCase()];
      if (other === undefined) return letter;
      return letter === letter.toLowerCase() ? other : other.replace(/^./, (first) => first.toUpperCase());
    });
  const without = (text: string) => text.normalize("NFKD").replace(/\p{M}/gu, "");
  return [...new Set([whole, without(spelt(LETTERS)), without(spelt({ ...LETTERS, ...UMLAUTS }))])];
}

const plain = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[ßæœøłđðþı]/g, (letter) => LETTERS[letter] as string)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "");

const words = (name: string): string[] =>
  plain(name)
    .replace(/['’`´]/g, "")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");

/**
 * By which two names are the same: one of the keys of each agrees. `Lovelace, Ada`, `Ada Lovelace` and Canvas's `lovelaceada` do;
 * `Müller` does with `Muller` and with `Mueller`.
 */
export function nameKeys(name: string): string[] {
  const whole = name.normalize("NFC").toLowerCase();
  const spellings = new Set([whole, whole.replace(/[äöüøå]/g, (letter) => UMLAUTS[letter] as string)]);
  const keys = new Set<string>();
  for (const spelling of spellings) {
    const parts = words(spelling);
    if (parts.length === 0) continue;
    keys.add(parts.toSorted().join(" "));
    // Without blanks the order is all that is left: any word may be where the last name begins.
    for (let i = 0; i < parts.length; i++) keys.add([...parts.slice(i), ...parts.slice(0, i)].join(""));
  }
  return [...keys];
}
