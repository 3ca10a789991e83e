"""Two courses as the economics chapter shows them: on a timeline, and what they cost whom."""

from fremskudt.analysis.economics.trajectories import courses as drawn_courses
from fremskudt.disclosure import publish
from fremskudt.presentation.blocks import table
from fremskudt.presentation.numbers import kroner, percent
from fremskudt.presentation.timelines import timelines
from fremskudt.teaching.priced import PAYER_LABELS, Balance, Courses, delivery_of
from fremskudt.teaching.timeline import TRACKS, Timeline

PERNILLE = "Pernille (opdigtet)"


def drawn(exercise: Timeline, courses: Courses) -> str:
    """The courses on a timeline of 36 months, as the economics chapter draws them."""
    table_of = publish(drawn_courses(delivery_of(courses, exercise.palette)))
    return timelines(table_of, "pernille", PERNILLE, TRACKS).html


def payers(found: Balance, strength: float) -> str:
    """What the courses cost whom, and the net gain where a share of what is avoided is right."""
    gain = found.gain_at(strength)
    rows = [
        [
            PAYER_LABELS[payer],
            kroner(found.cost["expected"][payer]),
            kroner(found.cost["counterfactual"][payer]),
            kroner(gain[payer]),
        ]
        for payer in gain
    ]
    header = ["Betaler", "Med indsatsen", "Uden indsatsen", "Nettogevinst"]
    believed = "alt" if strength == 1 else percent(strength) + " af"
    caption = (
        f"Hvem betaler over tre år? Nettogevinsten regner med {believed} det undgåede. "
        "Opdigtet forløb; priserne er på 2013-niveau og for det meste skønnede."
    )
    return table("betalere", header, rows, caption).html
