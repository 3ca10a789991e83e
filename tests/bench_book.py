"""How long the book takes as municipalities come: chapters are copied under other names, not run.

`python -m tests.bench_book` prints for each number of municipalities the pages, the seconds of
compiling everything, one changed chapter and nothing, and the size of the mean page. The chapters
must have been run (`fremskudt run`).
"""

import shutil
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from fremskudt import register
from fremskudt.publishing.book import compile_book
from fremskudt.workspace import HANDBOOK, Workspace

SIZES = (4, 25, 98)


def many(workspace: Workspace, count: int, target: Path) -> tuple[Workspace, list[str]]:
    """The executed chapters of a workspace, with copies until there are `count` municipalities."""
    space = Workspace(workspace.handbook, workspace.data, target)
    shutil.copytree(workspace.chapters, space.chapters)
    slugs = register.slugs(workspace)
    names = {one.slug: one.municipality.short_name for one in register.load_all(workspace, slugs)}
    copies = [f"by-{number:02}" for number in range(count - len(slugs))]
    for number, copy in enumerate(copies):
        source = slugs[number % len(slugs)]
        (space.chapters / copy).mkdir()
        for path in (space.chapters / source).glob("*.ipynb"):
            text = path.read_text(encoding="utf-8").replace(names[source], f"By{number:02}")
            (space.chapters / copy / path.name).write_text(text, encoding="utf-8")
    return space, [*slugs, *copies]


def seconds(space: Workspace, slugs: Sequence[str]) -> float:
    began = time.perf_counter()
    compile_book(space, slugs)
    return time.perf_counter() - began


def main() -> None:
    workspace = Workspace.find(HANDBOOK / "data")
    for count in SIZES:
        with tempfile.TemporaryDirectory() as scratch:
            space, slugs = many(workspace, count, Path(scratch))
            clean = seconds(space, slugs)
            chapter = space.chapters / slugs[-1] / "population.ipynb"
            text = chapter.read_text(encoding="utf-8")
            chapter.write_text(text.replace("borgere", "borgerne", 1), encoding="utf-8")
            changed, unchanged = seconds(space, slugs), seconds(space, slugs)
            pages = [path.stat().st_size for path in space.site.rglob("*.html")]
            mean = sum(pages) / len(pages) / 1024
            print(
                f"{count:3} municipalities {len(pages):4} pages  all {clean:6.1f} s  "
                f"one chapter {changed:5.1f} s  nothing {unchanged:5.2f} s  {mean:4.0f} KiB a page"
            )


if __name__ == "__main__":
    main()
