"""The course folder as the file browser shows it: what a learner opens, not what the course is made of.

Jupyter's own `hide_globs` knows names only, so a learner's folder called `run` would vanish with the course's. Here
it is the path that counts. Nothing is locked away: what is not listed still opens by its path, as links do.
"""

from pathlib import PurePosixPath

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager

BEHIND_THE_SCENES = frozenset(
    [
        *["bench", "findings", "grader", "lib", "setup", "node_modules", "reports", "test-results"],
        *["LICENSE", "kit.json", "package.json", "package-lock.json", "tsconfig.json", "vitest.config.ts"],
        *[f"notebooks/{name}" for name in ("build", "kernel", "run", "print", "browser", "images", "release")],
        "notebooks/coverage.md",
    ]
)


def is_shown(path: str, neighbours: frozenset[str]) -> bool:
    """Whether the file browser lists what stands at a path, beside neighbours of these names."""
    if path in BEHIND_THE_SCENES:
        return False
    place = PurePosixPath(path)
    # notebooks/01-….ts is what the notebook of that name is built from.
    is_source = place.suffix == ".ts" and str(place.parent) == "notebooks"
    return not (is_source and f"{place.stem}.ipynb" in neighbours)


class CourseContents(AsyncLargeFileManager):
    """Files as Jupyter serves them, with shorter lists of folders."""

    async def get(self, path, content=True, **options):
        model = await super().get(path, content=content, **options)
        if model["type"] == "directory" and model["content"] is not None:
            neighbours = frozenset(entry["name"] for entry in model["content"])
            model["content"] = [
                entry for entry in model["content"] if is_shown(entry["path"].strip("/"), neighbours)
            ]
        return model
