"""What the exercises are about: case stories, the told case in its phases, tables, findings."""

from collections.abc import Mapping
from typing import Any

from fremskudt.contract.scales import scale

EMPTY_CELL = " "


def materials(raw: Mapping[str, Any]) -> dict[str, str]:
    """The materials of a module by name, in Markdown: "sager", "fase-1" to "fase-3", a table's
    own name, "fund"."""
    found: dict[str, str] = {}
    if cases := raw.get("cases"):
        found["sager"] = "\n\n".join(
            f"**{one['id']}: {one['name']}, {one['age']} år.** {one['story']}" for one in cases
        )
    for one in raw.get("case", {}).get("phases", ()):
        found[f"fase-{one['phase']}"] = f"**{one['title']}.** {one['text']}"
    data = raw.get("data", {})
    for one in data.get("tables", ()):
        found[one["id"]] = _table(one)
    if findings := data.get("findings"):
        found["fund"] = "\n".join(f"{n}. {one['text']}" for n, one in enumerate(findings, 1))
    return found


def _table(raw: Mapping[str, Any]) -> str:
    """A table whose first column is names and whose others are answers of a scale."""
    label = scale(raw["scale"]).label
    head = " | ".join(one["label"] for one in raw["columns"])
    rows = [
        " | ".join([name, *(label(one) if one else EMPTY_CELL for one in answers)])
        for name, *answers in raw["rows"]
    ]
    lines = [head, " | ".join(["---"] * len(raw["columns"])), *rows]
    return f"*{raw['caption']}*\n\n" + "\n".join(f"| {line} |" for line in lines)
