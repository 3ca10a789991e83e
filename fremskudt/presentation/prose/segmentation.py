"""Whom the segmentation rule finds among the selected citizens: the paragraphs of its page."""

from collections.abc import Sequence

from fremskudt.analysis.segmentation import Rule
from fremskudt.disclosure import Publishable
from fremskudt.presentation.blocks import Block, Marked, table
from fremskudt.presentation.cells import origin_labels
from fremskudt.presentation.numbers import in_words, kroner
from fremskudt.presentation.sentences import Prose, fraction, prose, sum_of, unsaid

TOTAL = "all"
WITHOUT, WITH = "counterfactual", "expected"


def rule(chosen: Rule) -> Prose:
    """The rule in words."""
    return prose(
        f"Reglen ser på hvert år for sig: mindst {in_words(chosen.entrances)} indgange, mindst "
        f"{in_words(chosen.services)} ydelser eller over {kroner(chosen.annual_cost_dkk)} om året."
    )


def found(result: Publishable) -> Prose:
    """How many the rule finds over all municipalities, without and with outreach casework."""
    without, withal = (
        {code: sum_of(result, [code], group, TOTAL) for code in ("any", "all")}
        for group in (WITHOUT, WITH)
    )
    if not without["any"] or not without["all"]:
        return prose(unsaid(result), of=result)
    said = (
        "I det forløb, man forestiller sig uden fremskudt sagsbehandling, opfylder "
        f"{fraction(without['any'], 'udvalgte borgere')} mindst ét af de tre kriterier i mindst "
        f"ét år, og {fraction(without['all'])} opfylder dem alle i samme år."
    )
    after = (
        f"I det forventede forløb er det {fraction(withal['any'])} og {fraction(withal['all'])}."
        if withal["any"] and withal["all"]
        else ""
    )
    return prose(said, after, of=result)


def moved(tried: Sequence[tuple[Rule, Publishable]]) -> Block:
    """How many the rule finds when its thresholds are moved, in the course without."""
    rows = []
    for chosen, result in tried:
        counts = [sum_of(result, [code], WITHOUT, TOTAL) for code in ("any", "all")]
        rows.append(
            [
                f"Over {kroner(chosen.annual_cost_dkk)}, mindst {in_words(chosen.services)} ydelser",
                *(fraction(one) if one else "Skjult" for one in counts),
                Marked(" ".join(label for _, label in origin_labels(result))),
            ]
        )
    header = ["Regel", "Mindst ét kriterium", "Alle tre", "Oprindelse"]
    return table("regel-flyttet", header, rows, "Det finder reglen, når grænserne flyttes")
