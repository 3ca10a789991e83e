"""The chapter that the guide *Kør selv* adds, added as it says and run."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest

from fremskudt.workspace import HANDBOOK
from tests.guide import fictional

PAGE = (HANDBOOK / "book" / "koer-selv.md").read_text(encoding="utf-8")
STEPS = re.split(r"\n\*\*(?=\d\. )", PAGE.split("(koer-kapitel)=")[1].split("(koer-galt)=")[0])
SCALE, MEASURE, ANALYSIS, SHOWN, NOTEBOOK, TEMPLATE = (
    re.findall(r"```(?:python|text)\n(.*?)```", step, flags=re.DOTALL) for step in STEPS[1:7]
)
IGNORED = shutil.ignore_patterns("__pycache__", "_build", ".*")


@pytest.fixture
def handbook(tmp_path):
    """A copy of the handbook with the chapter in it."""
    copy = tmp_path / "haandbog"
    for name in ("fremskudt", "notebooks", "data"):
        shutil.copytree(HANDBOOK / name, copy / name, ignore=IGNORED)
    shutil.copy(HANDBOOK / "requirements.txt", copy)
    scales = copy / "data/reference/scales.csv"
    scales.write_text(scales.read_text(encoding="utf-8") + SCALE[0], encoding="utf-8")
    put(copy / "fremskudt/analysis/measures.py", "_ALL = (\n", "_ALL = (\n" + MEASURE[0])
    (copy / "fremskudt/analysis/duration.py").write_text(ANALYSIS[0], encoding="utf-8")
    template = '    Template("outcomes", "udbytte"),\n'
    put(copy / "fremskudt/publishing/templates.py", template, TEMPLATE[0] + template)
    notebook = json.loads((copy / "notebooks/roles.ipynb").read_text(encoding="utf-8"))
    cell = notebook["cells"][1]
    notebook["cells"] = notebook["cells"][:1] + [
        {**cell, "id": f"duration-{index}", "source": source.rstrip()}
        for index, source in enumerate(NOTEBOOK, start=1)
    ]
    text = json.dumps(notebook, ensure_ascii=False)
    (copy / "notebooks/duration.ipynb").write_text(text, encoding="utf-8")
    fictional.make(tmp_path / "data")
    return copy


def put(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (path, old)
    path.write_text(text.replace(old, new), encoding="utf-8")


def protect(copy):
    """Step 4 of the guide."""
    shown = copy / "fremskudt/analysis/shown.py"
    put(shown, "import declaration,", "import declaration, duration,")
    put(shown, "    yield roles.role(delivery)\n", SHOWN[0] + "    yield roles.role(delivery)\n")


def run(copy):
    words = ["run", "nordsoe", "--chapter", "duration", "--data", "../data", "--output", "../web"]
    return subprocess.run(
        [sys.executable, "-m", "fremskudt", *words],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy)},  # not the installed one
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_a_chapter_added_as_the_guide_says_is_run(handbook):
    protect(handbook)
    done = run(handbook)
    assert done.returncode == 0, done.stderr
    assert "[1/1] nordsoe/duration kørt" in done.stdout
    executed = handbook.parent / "web/chapters/nordsoe/duration.ipynb"
    assert "figur-varighed" in executed.read_text(encoding="utf-8")


def test_a_table_that_is_not_protected_with_the_others_is_refused(handbook):
    done = run(handbook)
    assert done.returncode == 4
    assert "er ikke blandt dem, der beskyttes sammen" in done.stderr
