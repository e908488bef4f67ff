/** Where a learner's page has to lie in the archive, for the platform to know whose it is. */

import type { Sender } from "../grading/sender.ts";

/** How one platform takes feedback back, and what to do there. */
interface Way {
  readonly how: string;
  /** @returns The path in the archive; undefined if the names of what was handed in tell none. */
  place(entries: readonly string[]): string | undefined;
}

/**
 * Moodle looks for `…_<participant>_assignsubmission_file` in the path (mod/assign/feedback/file/importziplib.php). What follows is the
 * file's name, in the same folder or, where the download was flat, in the name itself. Folders of Moodle before 4.1 end with `file_`.
 */
const moodle: Way = {
  how: "Moodle: Submissions, Actions, Upload multiple feedback files in a zip (the assignment needs the feedback type Feedback files)",
  place(entries) {
    for (const entry of entries) {
      const [, folder, flat] = /^([^/]+_\d+_assignsubmission_file)(_.*)?$/s.exec(entry) ?? [];
      if (folder !== undefined)
        return flat === undefined || flat === "_" ? `${entry}/feedback.html` : `${folder}_feedback.html`;
    }
    return undefined;
  },
};

/**
 * Canvas takes the first two numbers between underscores as the user's and the upload's (AbstractAssignment#infer_comment_context_from_filename),
 * and a last part that begins with `link` as none. The page becomes a comment with a file under the name of what was handed in.
 */
const canvas: Way = {
  how: "Canvas: the assignment, Upload Submissions",
  place(entries) {
    const entry = entries.find(
      (one) => /_\d+_\d{3,}_/.test(one) && !/^link/.test(`${one}.html`.split("_").at(-1) as string),
    );
    return entry === undefined ? undefined : `${entry}.html`;
  },
};

const WAYS: { readonly [layout: string]: Way } = { moodle, canvas };

/** What to do with the archive; undefined for a platform that takes none. */
export const howToUpload = (layout: string): string | undefined => WAYS[layout]?.how;

/**
 * @param page What the report calls the page; with it lies what no platform takes back, a file for each.
 * @returns undefined if the platform could not tell whose the page is.
 */
export function feedbackPlace(sender: Sender | undefined, page: string): string | undefined {
  const way = sender && WAYS[sender.layout];
  return way ? way.place(sender.entries) : page;
}
