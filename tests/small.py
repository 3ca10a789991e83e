"""Small registered municipalities, drawn from the demonstration's cases, and their tables."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from fremskudt.analysis.shown import shown_counts
from fremskudt.contract.delivery import Delivery
from fremskudt.disclosure import publish
from fremskudt.presentation.cells import visible_categories
from fremskudt.presentation.datasheet import datasheet

PAGE = "kommuner/{slug}/tabeller.html"


def small(delivery: Delivery, cases: int, threshold: int, seed: int) -> Delivery:
    """Some of a delivery's cases, drawn at random, as a municipality's own registrations."""
    ids = delivery["cases"]["case_id"].to_numpy()
    drawn = set(np.random.default_rng(seed).choice(ids, size=min(cases, len(ids)), replace=False))
    tables = {
        name: table[table["case_id"].isin(drawn)] if "case_id" in table else table
        for name, table in delivery.tables.items()
    }
    municipality = replace(
        delivery.municipality, origin="registered", disclosure_threshold=threshold
    )
    return replace(delivery, municipality=municipality, tables=tables)


def write_pages(site: Path, delivery: Delivery, words: str = "") -> Path:
    """The municipality's tables of counts as a page shows them, without the drawings."""
    figures = []
    for result in shown_counts(delivery):
        table = publish(result)
        sheet = datasheet(table, visible_categories(table), table.name, table.name)
        figures.append(f'<figure data-table="{table.name}">{sheet}</figure>')
    page = site / PAGE.format(slug=delivery.slug)
    page.parent.mkdir(parents=True, exist_ok=True)
    body = "\n".join(figures)
    page.write_text(f"<html><body><p>{words}</p>{body}</body></html>", encoding="utf-8")
    return site
