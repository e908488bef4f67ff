/** What a run says of the download that it was read from: its path, and files in it that are nobody's work. */

import type { SeenLayout } from "../grading/result.ts";

/** True where a text has one of these names in it, whatever their case. */
export function isNamed(text: string, names: readonly string[]): boolean {
  const lower = text.toLowerCase();
  return names.some((name) => lower.includes(name.toLowerCase()));
}

/** The same value where nobody of these names is in it. */
export function withoutNames<Of extends { readonly layouts: readonly SeenLayout[] }>(
  of: Of,
  names: readonly string[],
): Of {
  if (!isNamed(JSON.stringify(of.layouts), names)) return of;
  const layouts = of.layouts.map((layout) => ({
    ...layout,
    path: isNamed(layout.path, names) ? "removed" : layout.path,
    beside: layout.beside.filter(({ path, reason = "" }) => !isNamed(`${path} ${reason}`, names)),
  }));
  return { ...of, layouts };
}
