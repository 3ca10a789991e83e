"""The guide *Kør selv* says what the software says, and its pictures are there."""

import ast
import re
from functools import cache
from itertools import chain

import pytest

from fremskudt import register
from fremskudt.publishing.contents import COURSE
from fremskudt.workspace import HANDBOOK, Workspace
from tests.guide import fictional
from tests.guide.__main__ import LARGEST, TARGET

PAGE = (HANDBOOK / "book" / "koer-selv.md").read_text(encoding="utf-8")
QUOTED = re.findall(r"«((?:[^«»]|«[^»]*»)+)»", PAGE.split("(koer-galt)=")[1])


@cache
def messages() -> tuple[str, ...]:
    """Every text in the package, with an ellipsis where a value is put in."""
    found = []
    for path in (HANDBOOK / "fremskudt").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                parts = (getattr(one, "value", "…") for one in node.values)
                found.append("".join(one if isinstance(one, str) else "…" for one in parts))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.append(node.value)
    return tuple(found)


def test_the_guide_quotes_messages():
    assert len(QUOTED) >= 15


@pytest.mark.parametrize("quoted", QUOTED)
def test_a_message_in_the_guide_is_one_that_the_software_says(quoted):
    for part in re.split(r"…|«[^»]*»|et cpr-nummer", quoted):
        words = part.strip()
        assert not words or any(words in message for message in messages()), words


def test_no_page_holds_what_may_be_the_pseudonym_of_a_case():
    """A municipality that numbers its cases alike could not publish its site. The course's own
    pages hold the invented ones, which the release check knows."""
    course = {*COURSE, *chain(*COURSE.values())}
    for path in (one for one in (HANDBOOK / "book").glob("*.md") if one.stem not in course):
        text = path.read_text(encoding="utf-8")
        assert re.findall(r"\b[A-ZÆØÅ]{1,2}-?\d{2,}\b", text) == [], path


def test_the_pictures_are_small_and_described():
    shown = re.findall(r":{3}\{figure\} billeder/(\S+)\n:alt: (.+)\n:target: _images/(\S+)", PAGE)
    assert {name for name, _, _ in shown} == {path.name for path in TARGET.glob("*.png")}
    for name, alternative, target in shown:
        assert name == target
        assert len(alternative) > 80
        assert (TARGET / name).stat().st_size <= LARGEST


def test_the_made_up_municipality_is_in_order(tmp_path):
    fictional.make(tmp_path)
    (found,) = register.inspect_all(Workspace.find(tmp_path), ())
    assert found.errors == []


def test_the_mistakes_are_told_as_the_guide_shows_them(tmp_path):
    fictional.make_mistakes(fictional.make(tmp_path))
    (found,) = register.inspect_all(Workspace.find(tmp_path), ())
    block = PAGE.split(" fejl i data:\n")[1].split("\n…")[0]
    shown = " ".join(block.split()).split(" nordsoe/data.xlsx")
    assert len(shown) == 4
    told = [str(one).removeprefix("nordsoe/data.xlsx") for one in found.errors]
    assert [one.removeprefix("nordsoe/data.xlsx") for one in shown] == told[:4]
    assert f"{len(told)} fejl i data" in PAGE
