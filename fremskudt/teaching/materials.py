"""What the exercises are about: case stories, the told case in its phases, tables, findings."""

from collections.abc import Mapping
from typing import Any

from fremskudt.analysis.economics.shares import PAYERS
from fremskudt.contract.scales import scale
from fremskudt.presentation.numbers import kroner, percent
from fremskudt.teaching.priced import Service

EMPTY_CELL = " "
NAMES = {"municipality": "kommunen", "region": "regionen", "state": "staten", "other": "øvrige"}


def materials(raw: Mapping[str, Any]) -> dict[str, str]:
    """The materials of a module by name, in Markdown: "sager", "fase-1" to "fase-3", a table's
    own name, "priser", "fund"."""
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
    if "palette" in data:
        found["priser"] = _prices(palette(data))
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


def palette(data: Mapping[str, Any]) -> tuple[Service, ...]:
    """The services that courses can be built from."""
    return tuple(
        Service(
            code=one["code"],
            label=one["label"],
            unit=one["unit"],
            price=one["unit_price_dkk"],
            shares=tuple(one["shares"]),
            kind=one["kind"],
            per_month=one["fill"].get("per_month", 0),
            once=one["fill"].get("total", 0),
            source=one["source"],
        )
        for one in data["palette"]
    )


def _prices(services: tuple[Service, ...]) -> str:
    """The price list: what a service costs, who pays, where the price comes from."""
    rows = [
        f"| {one.label} | {kroner(one.price)} pr. {one.unit} | {_payers(one)} | {one.source} |"
        for one in services
    ]
    head = ["*Prislisten. Ingen af priserne er en bestemt kommunes.*", ""]
    head += ["| Ydelse | Pris | Betaler | Prisen er fra |", "| --- | --- | --- | --- |"]
    return "\n".join(head + rows)


def _payers(service: Service) -> str:
    """Who pays in words: "kommunen 80 %, staten 20 %"."""
    shares = {code: share for code, share in zip(PAYERS, service.shares, strict=True) if share}
    if len(shares) == 1:
        return NAMES[next(iter(shares))]
    return ", ".join(f"{NAMES[code]} {percent(share)}" for code, share in shares.items())
