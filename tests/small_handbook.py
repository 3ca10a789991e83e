"""A copy of the handbook with light chapters and bare pages, for tests that run the command.

The copy is a package of its own: its version, templates, data and pages can be changed, and the
command is run as a user runs it. Its chapters are read in a second and depend on the data.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import psutil

from fremskudt.publishing.contents import WRITTEN
from fremskudt.publishing.templates import TEMPLATES, Chapter
from fremskudt.workspace import HANDBOOK, Workspace

COUNT = """\
import os, pathlib
folder = pathlib.Path(os.environ["FREMSKUDT_DATA"])
names = globals().get("municipality") or globals().get("municipalities", "")
{name: sum(len(path.read_bytes()) for path in (folder / name).iterdir()) for name in names.split()}
"""
IGNORED = shutil.ignore_patterns("__pycache__", "_build", "kommuner", "*.md")


def kept(chapters: Iterable[Chapter]) -> list[Chapter]:
    """The chapters that a small handbook has: of the course's modules one, for each costs a
    kernel in every whole run."""
    return [one for one in chapters if one.template.module <= 1]


class SmallHandbook:
    """The folders of a small handbook, and how its command is run."""

    def __init__(self, base: Path, *slugs: str) -> None:
        self.root = base / "handbook"
        self.data = base / "data"
        self.output = base / "out"
        shutil.copytree(HANDBOOK / "fremskudt", self.root / "fremskudt", ignore=IGNORED)
        shutil.copytree(HANDBOOK / "data" / "reference", self.root / "data" / "reference")
        shutil.copytree(HANDBOOK / "book", self.root / "book", ignore=IGNORED)
        for name in ("_config.yml", "requirements.txt"):
            shutil.copy(HANDBOOK / name, self.root / name)
        self._keep_one_module()
        chapters = {template.page for template in TEMPLATES}
        pages = {page for branch in WRITTEN.items() for page in (branch[0], *branch[1])}
        for page in sorted(pages - chapters):
            (self.root / "book" / f"{page}.md").write_text(f"# Siden {page}\n", encoding="utf-8")
        (self.root / "notebooks" / "training").mkdir(parents=True)
        for template in TEMPLATES:
            if template.module <= 1:
                self.write_template(template.name, COUNT)
        for slug in slugs:
            shutil.copytree(HANDBOOK / "data" / slug, self.data / slug)

    def _keep_one_module(self) -> None:
        """Take the templates of the other modules out of the copied package."""
        path = self.root / "fremskudt" / "publishing" / "templates.py"
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        others = [f'"{one.page}"' for one in TEMPLATES if one.module > 1]
        kept = [line for line in lines if not any(page in line for page in others)]
        assert len(lines) - len(kept) == len(others)
        path.write_text("".join(kept), encoding="utf-8")

    def copy_to(self, base: Path) -> "SmallHandbook":
        """The same handbook with its data and all that is built, in another place."""
        other = object.__new__(SmallHandbook)
        other.root, other.data, other.output = base / "handbook", base / "data", base / "out"
        for one, copied in ((self.root, other.root), (self.data, other.data)):
            shutil.copytree(one, copied)
        shutil.copytree(self.output, other.output)
        return other

    def write_template(self, name: str, source: str) -> None:
        """A template of three cells: heading, the real one's parameters, and one that computes."""
        template = next(one for one in TEMPLATES if one.name == name)
        path = template.path(Workspace(self.root, self.data, self.output))
        original = HANDBOOK / path.relative_to(self.root)
        real = json.loads(original.read_text(encoding="utf-8"))
        parameters = next(
            cell for cell in real["cells"] if "parameters" in cell["metadata"].get("tags", [])
        )
        heading = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": f"# {name}"}
        code = {"cell_type": "code", "id": "c", "metadata": {}, "source": source}
        cells = [heading, parameters, {**code, "outputs": [], "execution_count": None}]
        path.write_text(json.dumps({**real, "cells": cells}), encoding="utf-8")

    def start(self, *arguments: object, **options: object) -> subprocess.Popen:
        """The command in a process group of its own."""
        environment = {"PYTHONPATH": str(self.root), "PYTHONUTF8": "1", "PYTHONHASHSEED": "0"}
        command = [sys.executable, "-m", "fremskudt", *map(str, arguments)]
        return subprocess.Popen(
            [*command, "--data", str(self.data), "--output", str(self.output)],
            cwd=self.root,  # the first place that Python looks in
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
            **options,
        )

    def left(self) -> list[psutil.Process]:
        """The processes of this handbook's runs, found by their environment."""
        found = []
        for process in psutil.process_iter():
            try:
                if process.environ().get("PYTHONPATH") == str(self.root):
                    found.append(process)
            except psutil.Error:
                continue  # another user's, or gone
        return found

    def run(self, *arguments: object, **options: object) -> subprocess.CompletedProcess:
        """The command, run to its end."""
        process = self.start(*arguments, **options)
        out, err = process.communicate()
        assert "Traceback" not in out + err, out + err
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)
