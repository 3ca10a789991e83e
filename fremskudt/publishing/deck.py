"""A module's slides from its executed notebook: what it says, cut into pieces that fit a screen.

Headings begin a slide; what does not fit goes on below it. A worked example comes step by step,
and below an exercise lie its solution and the question for the room. Each piece is a Markdown cell
whose metadata say how it follows the one before, as nbconvert's slides want it.
"""

import re
from collections.abc import Iterator
from typing import Any

from markdown_it import MarkdownIt

from fremskudt.publishing.pages import LIVE, prose_of
from fremskudt.teaching.paper import DISCUSSION, FOLD_END, PAPER, PAPER_END, SOLUTION

Cell = dict[str, Any]
STEPWISE = "## Et gennemgået eksempel"
# What fits a slide of 1280 × 720, in the letters and lines of the slides' own style sheet.
LETTERS, LINES = 78, 13.0
CAPTION = 2  # lines kept free for what is said of a table just before it
FULL = 0.8  # how much of a narrow cell's line words fill
GAP = 0.5  # lines between paragraphs, and in a table's rows; half of it between a list's items
HEADING = re.compile(r"^#{1,3} .+\n?")
FOLDED = re.compile(rf"{re.escape(SOLUTION)}\n(.*?){FOLD_END}", re.DOTALL)
ON_PAPER = re.compile(rf"{re.escape(PAPER)}\n(.*?){PAPER_END}", re.DOTALL)
SENTENCE_END = re.compile(r"(?<=[.!?:”]) +(?=[A-ZÆØÅ*”])")
ITEM = re.compile(r"(?:[-*]|\d+\.) ")
PARSER = MarkdownIt("commonmark").enable("table")


def deck(notebook: dict[str, Any]) -> dict[str, Any]:
    """A notebook of Markdown cells that are slides, subslides and fragments."""
    cells = [
        {
            "cell_type": "markdown",
            "id": f"slide-{number}",
            "metadata": {"slideshow": {"slide_type": kind}},
            "source": text,
        }
        for number, (kind, text) in enumerate(_slides("\n\n".join(_told(notebook))))
    ]
    metadata = {"language_info": {"name": "python"}}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def title_of(notebook: dict[str, Any]) -> str:
    """The first heading of an executed notebook."""
    return next(iter(_told(notebook))).splitlines()[0].lstrip("# ")


def _told(notebook: dict[str, Any]) -> Iterator[str]:
    """All that a notebook says in words, whether it was written or computed."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            yield "".join(cell["source"]).strip()
        elif LIVE not in cell["metadata"].get("tags", ()):
            yield from (text.strip() for text in prose_of(cell))


def _slides(text: str) -> Iterator[tuple[str, str]]:
    """The kind of each piece and its Markdown, in order."""
    for heading, body in _headed(text):
        is_stepwise = heading == STEPWISE
        kind = "slide"
        for title, piece in _below(heading, body):
            for blocks in _filled(piece):
                steps = blocks if is_stepwise else [_joined(blocks)]
                first, *later = steps or [""]
                yield kind, f"{title}\n\n{first}".strip()
                yield from (("fragment", step) for step in later)
                kind, title = "subslide", _continued(title)


def _headed(text: str) -> Iterator[tuple[str, str]]:
    """Each heading and what stands under it. What follows a solution is about the next exercise;
    after the last one it goes on under the same heading."""
    ahead = heading = ""
    for part in re.split(r"(?m)^(?=#{1,3} )", text):
        found = HEADING.match(part)
        if found:
            heading = found[0].strip()
            told, fold, later = part.removeprefix(heading).partition(FOLD_END)
            yield heading, f"{ahead}\n\n{told.strip()}{fold}"
            ahead = later
    if ahead.strip():
        yield _continued(heading), ahead


def _below(heading: str, body: str) -> Iterator[tuple[str, str]]:
    """The parts of what stands under a heading: what is asked, the solution, the discussion."""
    folded = FOLDED.search(body)
    asked = FOLDED.sub("", body)
    yield heading, asked if len(_filled(asked)) == 1 else ON_PAPER.sub("", asked)
    if folded:
        name = heading.lstrip("# ")
        solution, _, question = folded[1].partition(DISCUSSION)
        yield f"### Løsning: {name}", solution
        if question:
            question = f'<div class="fs-question">\n\n{question.strip()}\n\n</div>'
            yield f"### Tal om det: {name}", question


def _continued(title: str) -> str:
    return title if title.endswith("(fortsat)") else f"{title} (fortsat)"


def _filled(text: str) -> list[list[str]]:
    """The blocks of a text, slide by slide; one empty slide for an empty text."""
    slides: list[list[str]] = [[]]
    room = LINES
    for block in _blocks(text):
        if slides[-1] and _height(block) > room:
            slides.append([])
            room = LINES
        slides[-1].append(block)
        room -= _height(block)
    return slides


def _blocks(text: str) -> Iterator[str]:
    """Paragraphs, items of lists and tables; what is too long for a slide comes in parts."""
    lines = text.splitlines()
    for token in PARSER.parse(text):
        if token.map is None:
            continue
        is_item = token.type == "list_item_open" and token.level == 1
        if not is_item and (token.level or token.type.endswith("list_open")):
            continue
        block = "\n".join(lines[slice(*token.map)]).strip("\n")
        yield from _parts(block, token.type)


def _parts(block: str, kind: str) -> Iterator[str]:
    room = LINES - CAPTION if kind == "table_open" else LINES
    if _height(block) <= room:
        yield block
    elif kind == "table_open":
        head, rule, *rows = block.splitlines()
        some: list[str] = []
        for row in rows:
            if some and _height("\n".join((head, rule, *some, row))) > room:
                yield "\n".join((head, rule, *some))
                some = []
            some.append(row)
        yield "\n".join((head, rule, *some))
    else:
        middle = len(block) // 2
        cuts = [found.start() for found in SENTENCE_END.finditer(block)]
        cut = min(cuts, key=lambda place: abs(place - middle), default=0)
        if not cut:
            yield block
            return
        for half in (block[:cut], block[cut:].strip()):
            yield from _parts(half, kind)


def _height(block: str) -> float:
    """How many lines a block takes; the beginning and end of a frame take none."""
    if block.startswith("<"):
        return 0
    if block.startswith("|"):
        return _table_height([row.strip("| ").split(" | ") for row in block.splitlines()])
    lines = re.split(r"\n|<br>", block)
    whole: float = sum(-(-len(line) // LETTERS) for line in lines if line)
    return whole + (GAP / 2 if ITEM.match(block) else GAP)


def _table_height(rows: list[list[str]]) -> float:
    """How many lines a table takes, its columns as wide as their longest cell, or narrower in
    proportion where that is too wide. The second row is a rule and takes none."""
    cells = [row for number, row in enumerate(rows) if number != 1]
    widths = [max(map(len, column)) + 2 for column in zip(*cells, strict=False)]
    share = min(1, LETTERS / sum(widths))
    lines = [
        max(
            -(-len(cell) // (width * share * FULL))
            for cell, width in zip(row, widths, strict=False)
        )
        if share < 1
        else 1
        for row in cells
    ]
    return sum(lines) + GAP / 2 * len(cells) + GAP


def _joined(blocks: list[str]) -> str:
    """Blocks as one text; the items of a list stay one list."""
    text = ""
    for block in blocks:
        is_next_item = bool(ITEM.match(block)) and bool(ITEM.match(text.rsplit("\n\n", 1)[-1]))
        text += ("\n" if is_next_item else "\n\n") + block
    return text.strip()
