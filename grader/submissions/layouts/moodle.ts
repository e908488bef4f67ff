/**
 * Moodle's assignment, "Download all submissions": a folder for each person and kind of submission, or everything flat, as the
 * teacher chose. Names are those of mod/assign's downloader: name or "Participant", then a number that is a person's own; a group
 * has its own number, the default group none.
 */

import type { Known } from "../../grading/sender.ts";
import { cut, type Layout, person } from "./layout.ts";

const NAME = /^(.+?)_assign(submission|feedback)_([a-z0-9]+)(?:_(.*))?$/s;

export const moodle: Layout = {
  name: "moodle",
  description: "a class from Moodle: Name_123_assignsubmission_file…",
  see: () => (path) => {
    const [first, rest] = cut(path);
    const found = NAME.exec(first);
    if (!found) return undefined;
    const [, who = "", side, plugin, flat = ""] = found;
    const inside = path.includes("/") ? rest : flat || first;
    const place = { person: person(who, who, knownAs(who)), path: inside };
    if (side === "feedback") return { ...place, aside: "the teacher's feedback" };
    if (plugin === "file") return place;
    return {
      ...place,
      aside: plugin === "onlinetext" ? "text typed into Moodle, not a file" : `Moodle's ${plugin}`,
    };
  },
};

/** `Ada Lovelace_4711`: the number is that of the assignment's list, not the person's in the site. */
function knownAs(who: string): Known {
  const [, name = who, id] = /^(.+)_(\d+)$/s.exec(who) ?? [];
  const anonymous = id !== undefined && /^(?:participant|teilnehmer\/in|participante?)$/i.test(name);
  return { ...(!anonymous && { name }), ...(id !== undefined && { id }) };
}
