/**
 * Brightspace (D2L), "Download" of an assignment's submissions: `<number>-<number> - <name> - <date>/…` or the same before a flat
 * file's name, and `index.html`. Somebody who submits twice has two folders, and each holds what was added: files of different names
 * all count, and of one name the newest takes the older ones' place whole. Written from programs of others that rename these folders, not tried on a real download.
 */

import { cut, type Layout, person } from "./layout.ts";

const NAME = /^(\d+-\d+) - (.+?) - ([^/]*?\b(?:19|20)\d\d\b[^/]*?)(?: - (.+))?$/s;

export const brightspace: Layout = {
  name: "brightspace",
  description: "a class from Brightspace (D2L): 123-456 - Name - Date/…",
  see: () => (path) => {
    if (path === "index.html") return { path, aside: "Brightspace's own" };
    const [first, rest] = cut(path);
    const found = NAME.exec(first);
    if (!found) return undefined;
    const [, number, name, date = "", flat] = found;
    const own = path.includes("/") ? rest : (flat ?? first);
    const time = sortable(date);
    return {
      person: person(`${number} - ${name}`, `${name} (${number})`, { name: name as string }),
      path: own,
      order: time,
      attempt: time,
      task: own,
      ...(/^\d{4}-/.test(time) && { at: `${time.replace(" ", "T")}:00` }),
    };
  },
};

/** `Sep 24, 2024 926 PM` as `2024-09-24 21:26`, which sorts; a date in another language sorts by its numbers. */
function sortable(text: string): string {
  const date = new Date(`${text.replace(/\b(\d{1,2})(\d\d)( ?[AP]M)?$/i, "$1:$2$3")} UTC`);
  return Number.isNaN(date.getTime()) ? text : date.toISOString().slice(0, 16).replace("T", " ");
}
