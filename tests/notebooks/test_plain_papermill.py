"""A template runs under plain papermill, with nothing else than the package installed."""

import json
import subprocess
import sys

from fremskudt.workspace import HANDBOOK


def test_economics_of_vejle_runs_under_plain_papermill(tmp_path):
    target = tmp_path / "out.ipynb"
    done = subprocess.run(
        [
            *(sys.executable, "-m", "papermill", "notebooks/economics.ipynb", str(target)),
            *("-p", "municipality", "vejle"),
        ],
        cwd=HANDBOOK,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    text = json.dumps(json.loads(target.read_text(encoding="utf-8")), ensure_ascii=False)
    assert "# Økonomi i Vejle" in text
    assert "89.413" in text
    assert "5.882" in text
