"""The panel of evidence: what the data say, what a person must judge, and never a grade."""

import dataclasses
import re

import pandas as pd
import pytest

from fremskudt.analysis import declaration
from fremskudt.contract.delivery import load_delivery
from fremskudt.disclosure import publish
from fremskudt.presentation.evidence import ALL_HIDDEN, JUDGE, read_entries
from fremskudt.presentation.prose.declaration import dimensions
from fremskudt.presentation.prose.threats import threats

NBSP = "\N{NO-BREAK SPACE}"
DIMENSIONS = ("Målgruppe", "Metode", "Implementering", "Effekt", "Økonomi")
THREATS = 7


def evidence_of(delivery):
    return {name: publish(result) for name, result in declaration.results(delivery).items()}


def panels(delivery):
    evidence = evidence_of(delivery)
    return dimensions(evidence, delivery.municipality), threats(evidence)


def entry(block, name):
    """The plain lines of one entry."""
    lines = block.plain.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(f"{name}."))
    rest = next((i for i, line in enumerate(lines[start + 1 :]) if line[0] != " "), len(lines))
    return "\n".join(lines[start : start + 1 + rest])


def rewrite(folder, table, keep=None, **columns):
    """Keep some rows of a CSV file and set whole columns."""
    path = folder / f"{table}.csv"
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    if keep is not None:
        frame = frame[keep(frame)]
    frame.assign(**columns).to_csv(path, index=False, lineterminator="\n")


@pytest.mark.parametrize("slug", ["aarhus", "gladsaxe", "rudersdal", "vejle"])
def test_every_dimension_and_threat_is_there_and_marked_for_judgement(deliveries, slug):
    first, second = panels(deliveries[slug])
    assert re.findall(r"<h4>(.*?)</h4>", first.html) == list(DIMENSIONS)
    assert first.html.count(JUDGE) == len(DIMENSIONS)
    assert second.html.count("<h4>") == second.html.count(JUDGE) == THREATS
    assert (
        second.html.count("<dt>Her:</dt>") == second.html.count("<dt>Næste gang:</dt>") == THREATS
    )


@pytest.mark.parametrize("slug", ["aarhus", "rudersdal"])
def test_no_grade_is_ever_given_and_no_effect_claimed(deliveries, slug):
    text = " ".join(block.plain for block in panels(deliveries[slug]))
    assert not re.search(r"\b[A-D]\b(?!\.\w)", text.replace(deliveries[slug].municipality.name, ""))
    assert not re.search(r"karakter|score|effekten er|virker|skyldes indsatsen\.", text)
    assert "en ændring, ikke en effekt" in text


def test_the_fixed_texts_hold_no_number_of_any_municipality():
    for one in (*read_entries()["dimensions"], *read_entries()["threats"]):
        texts = " ".join(dataclasses.asdict(one).values()).replace("WHO-5", "")
        assert not re.search(r"\d", texts), one.code


def test_a_sentence_gives_count_n_and_interval(deliveries):
    effect = entry(panels(deliveries["rudersdal"])[0], "Effekt")
    assert f"4 af 8 borgere (50{NBSP}%), 95{NBSP}%-interval 22–78{NBSP}%" in effect
    assert "Kun 2 borgere har selv svaret; det er for få til at vise." in effect


def test_attrition_is_counted_and_bounded_by_the_worst_and_the_best_case(deliveries):
    """4 of 8 better, 3 of 11 lost, 1 unknown: from 4/11 to (4 + 4)/11."""
    text = entry(panels(deliveries["rudersdal"])[1], "Frafald")
    assert f"3 af 11 (27{NBSP}%) er ikke fulgt til fase 3" in text
    assert f"fra 36{NBSP}% til 73{NBSP}%" in text


def test_without_attrition_the_sentence_turns(data_copy):
    folder = data_copy / "rudersdal"
    path = folder / "registrations.csv"
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    followed = set(frame.loc[frame["phase"] == "3", "case_id"])
    third = frame[frame["phase"] == "3"].iloc[0]
    lost = sorted(set(frame["case_id"]) - followed)
    more = [third.to_dict() | {"case_id": case, "registration_date": "2013-09-01"} for case in lost]
    pd.concat([frame, pd.DataFrame(more)]).to_csv(path, index=False, lineterminator="\n")
    text = entry(panels(load_delivery(folder))[1], "Frafald")
    assert "alle er fulgt til fase 3" in text
    assert "ikke fulgt" not in text


def test_questionnaires_that_citizens_took_part_in_turn_the_sentence(data_copy):
    rewrite(data_copy / "rudersdal", "registrations", respondent="both")
    text = entry(panels(load_delivery(data_copy / "rudersdal"))[1], "Egne sager")
    assert "Borgeren har været med til at udfylde alle skemaer" in text


def test_a_question_that_few_answered_counts_as_missing(deliveries):
    text = entry(panels(deliveries["rudersdal"])[1], "Manglende svar")
    assert "borgerens egen vurdering for mindst 6" in text


def test_a_loss_is_called_a_loss(deliveries):
    evidence = evidence_of(deliveries["rudersdal"])
    evidence["net_gain"].frame["value"] *= -1
    text = entry(dimensions(evidence, deliveries["rudersdal"].municipality), "Økonomi")
    assert f"en merudgift på 268.153{NBSP}kr." in text
    assert f"en merudgift på 197.674{NBSP}kr." in text


def test_constructed_numbers_carry_their_mark_and_registered_ones_none(deliveries, registered):
    for block in panels(deliveries["vejle"]):
        assert block.html.count("fs-origin-constructed") >= len(DIMENSIONS)
    for block in panels(load_delivery(registered)):
        assert "onstrueret" not in block.html


def test_hidden_tables_make_no_numbers_and_give_the_reason(registered):
    first, second = panels(load_delivery(registered))
    effect = entry(first, "Effekt").splitlines()[1]
    assert not re.search(r"\d", effect)
    assert "skjult" in effect
    for name in ("Egne sager", "Manglende svar"):
        assert entry(second, name).splitlines()[1].endswith(ALL_HIDDEN)


def test_a_small_loss_of_registered_cases_is_not_put_in_words(registered):
    text = entry(panels(load_delivery(registered))[1], "Frafald")
    assert "8 er fulgt til fase 3" in text
    assert "ikke fulgt" not in text
    assert "kan ligge fra" not in text


def test_under_a_high_threshold_nothing_but_process_and_organisation_is_told(registered):
    path = registered / "municipality.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("disclosure_threshold: 5", "disclosure_threshold: 50"), encoding="utf-8"
    )
    first, second = panels(load_delivery(registered))
    for name in ("Metode", "Effekt"):
        assert not re.search(r"\d\s?%|\d af \d", entry(first, name)), name
    for name in ("Egne sager", "Små tal", "Udvalgte borgere", "Skønnet alternativ"):
        assert entry(second, name).splitlines()[1].endswith(ALL_HIDDEN), name


def test_without_selected_citizens_the_panel_says_that_nothing_was_calculated(data_copy):
    folder = data_copy / "rudersdal"
    for table in ("selected", "trajectories"):
        rewrite(folder, table, keep=lambda frame: frame["case_id"] == "")
    first, second = panels(load_delivery(folder))
    assert "udvalgte borgere giver" not in entry(first, "Økonomi")
    assert "Ingen borgeres forløb er gjort op i kroner." in entry(second, "Udvalgte borgere")


def test_hostile_text_is_shown_as_text(deliveries):
    delivery = deliveries["rudersdal"]
    hostile = dataclasses.replace(delivery.municipality, detection_focus="<script>x('&')</script>")
    html = dimensions(evidence_of(delivery), hostile).html
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_the_panel_takes_publishable_tables_only(deliveries):
    raw = declaration.results(deliveries["rudersdal"])
    with pytest.raises((TypeError, AttributeError)):
        threats(raw)
