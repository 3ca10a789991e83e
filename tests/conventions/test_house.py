"""The house rules that a machine can check."""

import ast
import json
import re
import subprocess
import sys

import pytest

from fremskudt import register
from fremskudt.analysis.economics import simulation
from fremskudt.contract.constants import constant
from fremskudt.demonstration.__main__ import write_all
from fremskudt.presentation import theme
from fremskudt.publishing import contents, dictionary
from fremskudt.publishing.templates import TEMPLATES, parameter_names, read_template
from fremskudt.workspace import HANDBOOK, Workspace

NOTEBOOKS = sorted((HANDBOOK / "notebooks").rglob("*.ipynb"))
MODULES = sorted((HANDBOOK / "fremskudt").rglob("*.py"))
LIVE_ONLY = {"saml-svar"}  # the trainer's view of the room: no page, for it shows nothing of itself
DATA_MODULES = {"plans.py", "trajectories_data.py"}  # authored data, no logic


def cells(path):
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def code_cells(path):
    return ["".join(cell["source"]) for cell in cells(path) if cell["cell_type"] == "code"]


def test_every_template_is_a_notebook_and_every_notebook_a_template():
    workspace = Workspace.find(HANDBOOK / "data")
    chapters = {path for path in NOTEBOOKS if path.stem not in LIVE_ONLY}
    assert chapters == {template.path(workspace) for template in TEMPLATES}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_code_cell_is_short_and_narrates(path):
    for source in code_cells(path):
        assert len(source.splitlines()) <= 15
        kinds = {type(node) for node in ast.walk(ast.parse(source))}
        assert not kinds & {ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.Lambda}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_template_is_kept_without_outputs(path):
    assert all(not cell.get("outputs") for cell in cells(path))
    assert all(not cell.get("execution_count") for cell in cells(path))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_a_template_has_one_parameters_cell_of_typed_and_explained_constants(template):
    workspace = Workspace.find(HANDBOOK / "data")
    notebook = read_template(workspace, template)
    assert parameter_names(notebook)
    source = next(
        "".join(cell["source"])
        for cell in notebook["cells"]
        if "parameters" in cell["metadata"].get("tags", [])
    )
    assert all(re.match(r'\w+: \w+ = ".*"  # .+', line) for line in source.splitlines())


NUMBER_IN_PROSE = re.compile(r"(?<![\w§–-])\d[\d.,]*\s?(?:%|kr\.|borgere|sager|af \d)")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_result_is_typed_into_a_template(path):
    text = "\n".join("".join(cell["source"]) for cell in cells(path))
    assert NUMBER_IN_PROSE.findall(text) == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(HANDBOOK)))
def test_a_module_holds_one_concept(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 400 or path.name in DATA_MODULES
    assert path.stem not in {"utils", "helpers", "misc"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(HANDBOOK)))
def test_input_is_never_validated_with_assert(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not any(isinstance(node, ast.Assert) for node in ast.walk(tree))


def test_presentation_reads_no_delivery_and_no_analysis_of_cases():
    forbidden = ("contract.delivery", "analysis.counting", "analysis.population", "register")
    for path in (HANDBOOK / "fremskudt" / "presentation").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not [name for name in forbidden if f"fremskudt.{name}" in text], path.name


def test_what_the_notebooks_import_brings_no_library_of_charts_along():
    """To start Altair and Vega takes longer than to draw all figures of a municipality."""
    trees = [ast.parse(source) for path in NOTEBOOKS for source in code_cells(path)]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    lines = {ast.unparse(one) for one in nodes if isinstance(one, ast.Import | ast.ImportFrom)}
    assert "from fremskudt.presentation import charts" in lines
    libraries = {"altair", "jsonschema", "vl_convert"}
    code = "\n".join([*sorted(lines), "import sys", f"print({libraries} & set(sys.modules))"])
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"


def test_the_demonstration_data_are_written_again_to_the_same_bytes(tmp_path):
    write_all(tmp_path)
    for path in sorted(tmp_path.rglob("*.*")):
        committed = HANDBOOK / "data" / path.relative_to(tmp_path)
        assert path.read_bytes() == committed.read_bytes(), f"{committed}: run `make generated`"


def test_the_contents_follow_the_register():
    slugs = register.slugs(Workspace.find(HANDBOOK / "data"))
    assert contents.TARGET.read_text(encoding="utf-8") == contents.as_yaml(slugs)


def test_the_contract_page_follows_the_contract():
    assert dictionary.TARGET.read_text(encoding="utf-8") == dictionary.page()


def test_the_page_on_the_economics_names_the_numbers_that_the_code_uses():
    """The page is written by hand; these are the numbers that it repeats."""
    page = (HANDBOOK / "book" / "saadan-regnes-oekonomien.md").read_text(encoding="utf-8")
    lowest = [constant(f"strength_low_{grade}") for grade in ("high", "medium", "low")]
    # The mean of a triangle from L to its mode 1 is (L + 2)/3.
    cuts = [f"{(1 - (low + 2) / 3) * 100:.0f}" for low in lowest]
    assert f"{cuts[0]}, {cuts[1]} og {cuts[2]} %" in page
    assert f"{constant('discount_rate') * 100:.1f} % om året".replace(".", ",") in page
    assert f"{simulation.DRAWS:,}".replace(",", ".") + " gennemregninger" in page
    assert f"{simulation.RESAMPLES:,}".replace(",", ".") + " gange" in page
    assert f"{constant('weeks_per_year'):.0f} uger" in page


def test_the_stylesheet_follows_the_theme():
    written = (HANDBOOK / theme.TARGET).read_text(encoding="utf-8")
    assert written == theme.stylesheet()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_colour_has_enough_contrast(mode):
    value = {name: getattr(token, mode) for name, token in theme.TOKENS.items()}
    for name in ("text", "muted", "link", "brand"):
        for ground in ("bg", "surface"):
            assert theme.contrast(value[name], value[ground]) >= 4.5, (name, ground)
    for name in (*theme.MARKS, "rule", "focus"):
        assert theme.contrast(value[name], value["bg"]) >= 3, name
    for name in theme.MARKS:
        assert theme.contrast(value[name], value["on-mark"]) >= 4.5, name


def test_a_colour_has_one_meaning():
    lights = [token.light for token in theme.TOKENS.values()]
    assert len(set(lights)) == len(lights)


def test_the_contrast_of_black_and_white_is_21():
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert theme.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_no_tracked_file_holds_a_path_of_a_machine_or_a_large_blob():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=HANDBOOK, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    for name in listed.stdout.splitlines():
        path = HANDBOOK / name
        if not path.is_file():
            continue
        assert path.stat().st_size < 1_000_000, name
        if path.suffix in {".py", ".md", ".yml", ".csv", ".ipynb", ".toml", ".txt", ""}:
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"(?<![\w.])/(?:home|Users|root)/\w+", text), name


def test_the_pins_name_no_registry_and_cover_what_the_package_needs():
    text = (HANDBOOK / "requirements.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[a-z0-9._-]+==[\w.!+]+", line) for line in lines)
    pinned = {line.split("==")[0] for line in lines}
    project = (HANDBOOK / "pyproject.toml").read_text(encoding="utf-8")
    block = project.split("dependencies = [")[1].split("]")[0]
    wanted = set(re.findall(r'"([a-z0-9-]+)', block))
    assert wanted <= pinned
