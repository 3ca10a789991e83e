"""What the pages about all municipalities say of their data before any number is read."""

from collections.abc import Sequence

from fremskudt.contract.municipality import Municipality
from fremskudt.presentation.blocks import Block
from fremskudt.presentation.sentences import Prose, counted_or_named
from fremskudt.presentation.text import safe_html

QUESTION = (
    "Hvad sker der, når sagsbehandlingen rykker ud til mennesker med psykiske vanskeligheder i stedet "
    "for at vente på dem?"
)
NO_CONTROL = (
    "Der var ingen kontrolgruppe. Tallene viser, hvordan det gik, ikke hvad der ville være sket uden "
    "indsatsen."
)
READ_MORE = 'Læs mere i <a href="data-og-oprindelse.html">Data og oprindelse</a>.'


def registered(known: Sequence[Municipality]) -> list[Municipality]:
    """The municipalities whose own data the pages rest on."""
    return [one for one in known if one.is_registered]


def named(known: Sequence[Municipality]) -> str:
    """ "Odense, Rødovre og Vejle", or how many there are when they are too many to name."""
    return counted_or_named([one.short_name for one in known])


def lead_text(known: Sequence[Municipality]) -> str:
    """What the handbook is about and whose numbers it holds."""
    own = registered(known)
    if own:
        rest = "." if len(own) == len(known) else " ved siden af afprøvningen i 2011–2013."
        return f"{QUESTION} Håndbogen viser tallene fra {named(own)}{rest}"
    return (
        f"{QUESTION} Håndbogen samler erfaringerne fra de kommuner, der prøvede det i 2011–2013, og "
        "viser, hvordan en kommune kan evaluere det igen på egne tal."
    )


def front_heading(known: Sequence[Municipality]) -> Prose:
    """The heading over the findings: the trial's, or whatever data there are."""
    return Prose("## Det viser tallene" if registered(known) else "## Det viste afprøvningen")


def front_caution(known: Sequence[Municipality]) -> Block:
    """How the front page's numbers are to be read: no control group, and whose data they are."""
    constructed = (
        "De enkelte sager er ikke offentlige: hvor rapporterne kun har en figur eller ord, er tallene "
        "bag konstrueret og mærket sådan."
    )
    own = (
        "Tallene bygger på kommunernes egne registreringer, og tal om få borgere er skjult."
        if len(known) > 1
        else "Tallene bygger på kommunens egne registreringer, og tal om få borgere er skjult."
    )
    return _caution(" ".join([NO_CONTROL, *_whose(known, own, constructed), READ_MORE]))


def comparison_lead(known: Sequence[Municipality]) -> Prose:
    """What the comparison compares, and how far its numbers are made up."""
    constructed = (
        "Figurerne i rapporterne er gået tabt, så hvor der kun var en figur, er tallene bag "
        "konstrueret, så de passer til rapporternes ord."
    )
    own = f"Tallene fra {named(registered(known))} er kommunens egne registreringer."
    if len(registered(known)) > 1:
        own = f"Tallene fra {named(registered(known))} er kommunernes egne registreringer."
    what = "Rapporternes figurer 1–11 og tabel 12, regnet igen af data fra alle kommuner."
    text = " ".join([what, *_whose(known, own, constructed)])
    return Prose(f'# Sammenligning af kommunerne\n\n<p class="fs-lead">{safe_html(text)}</p>')


def _whose(known: Sequence[Municipality], own: str, constructed: str) -> list[str]:
    """The sentence about own data, that about constructed data, or both."""
    count = len(registered(known))
    return [own] * (count > 0) + [constructed] * (count < len(known))


def _caution(html: str) -> Block:
    return Block(
        f'<aside class="fs-callout fs-caution" aria-label="Læs med forbehold"><p>{html}</p></aside>',
        html,
    )
