/**
 * Repositories side by side, as GitHub Classroom's `gh classroom clone` or a script leaves them: `<assignment>-<user>/…` with `.git`,
 * or with the `-main` of a download. Written from GitHub's documentation.
 */

import { cut, type Layout, person } from "./layout.ts";

export const github: Layout = {
  name: "github",
  description: "repositories side by side: assignment-user/…",
  see: ({ noise, folders }) => {
    const repositories = new Set(
      noise.flatMap((path) => {
        const [first, rest] = cut(path);
        return rest === ".git" || rest === ".github" || rest === ".gitignore" || rest === ".gitattributes"
          ? [first]
          : [];
      }),
    );
    for (const folder of folders) if (/^[^/]+-(?:main|master)$/.test(folder)) repositories.add(folder);
    return (path) => {
      const [first, rest] = cut(path);
      if (!repositories.has(first) || !path.includes("/")) return undefined;
      return { person: person(first, first.replace(/-(?:main|master)$/, "")), path: rest };
    };
  },
};
