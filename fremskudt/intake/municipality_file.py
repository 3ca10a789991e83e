"""The municipality.yml to fill in: every field with its explanation."""

import json

from fremskudt.contract.constants import constant
from fremskudt.contract.municipality import FIELDS, OPTIONAL, PLACEHOLDER, expected
from fremskudt.contract.names import needs_short_name

HEAD = f"""\
# Oplysninger om kommunen og indsatsen.
#
# Ret linjerne, hvor der står {PLACEHOLDER}. Linjer, der begynder med #, er forklaringer og bliver
# ikke læst. Behold feltets navn, kolon og mellemrum. Sæt "anførselstegn" om tekst med kolon i.
# En linje med «# » foran et felt er frivillig: fjern de to tegn for at bruge den.
#
# Skriv ingen navne på personer, adresser, telefonnumre eller mailadresser.
"""
WORDS = {
    "name": "Kommunens navn, som det skal stå på siderne.",
    "short_name": "Det korte navn, hvis det ikke er navnet uden «Kommune».",
    "code": "Kommunens nummer på tre cifre i anførselstegn.",
    "region": "Regionen.",
    "period_start": "Den første dag i perioden, som data dækker.",
    "period_end": "Den sidste dag i perioden.",
    "target_groups": "Målgrupperne i ord, en på hver linje efter en bindestreg.",
    "detection_focus": "Hvor borgerne blev opsporet.",
    "management_anchoring": "Hvor i forvaltningen ledelsen af indsatsen er forankret.",
    "physical_placement": "Hvor sagsbehandlerne sidder.",
    "caseworkers": "Antal fremskudte sagsbehandlere.",
    "expected_cases": "Antal sager, som kommunen ventede.",
    "carried_out_cases": "Antal sager, som blev gennemført.",
    "origin": "registered for kommunens egne data; constructed kun for opdigtede.",
    "disclosure_threshold": "Mindste antal borgere bag et tal, der vises.",
    "price_year": "Det år, som beløb skal regnes om til.",
    "rules_known_until": "Dagen, efter hvilken refusionsregler ikke var kendt.",
    "source": "Hvor oplysningerne kommer fra.",
}
EXAMPLES = {"price_year": "2026", "rules_known_until": "2026-12-31", "expected_cases": "100"}


def municipality_file(name: str, code: str) -> str:
    """The text of the file. What the municipality must write itself is a placeholder, which
    the check reports until it has been replaced."""
    filled = {
        "name": _quoted(name),
        "code": _quoted(code),
        "origin": "registered",
        "disclosure_threshold": f"{constant('default_threshold'):.0f}",
    }
    optional = OPTIONAL - ({"short_name"} if needs_short_name(name) else set())
    parts = [HEAD]
    for field in FIELDS:
        lines = [f"# {WORDS[field]}", f"# Forventet: {expected(field)}."]
        if field in filled:
            lines.append(f"{field}: {filled[field]}")
        elif field in optional:
            lines.append(f"# {field}: {EXAMPLES.get(field, 'tekst')}")
        elif field == "target_groups":
            lines += [f"{field}:", f"  - {PLACEHOLDER}"]
        else:
            lines.append(f"{field}: {PLACEHOLDER}")
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _quoted(text: str) -> str:
    """A text as YAML reads it again, whatever signs it holds."""
    return json.dumps(text, ensure_ascii=False)
