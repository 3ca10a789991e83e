"""The pictures that a link to a page is shown with: one for each kind of page, in the house's look.

They hold words and shapes only, and no number: nobody attacks a picture before it is published.
"""

import base64
from pathlib import Path

from fremskudt.presentation.theme import TOKENS
from fremskudt.workspace import HANDBOOK

WIDTH, HEIGHT = 1200, 630
# What is drawn for each kind of page; the extension handbook_share knows which page is of which.
KINDS = {
    "haandbog": ("Fremskudt sagsbehandling", "En evalueringshåndbog"),
    "profil": ("Kommunens profil", "Model, målgruppe og de vigtigste tal"),
    "borgerne": ("Borgerne", "Hvem indsatsen når"),
    "roller": ("Roller og redskaber", "Hvem der gør hvad, og hvor tit"),
    "udbytte": ("Udbytte", "Hvad der ændrer sig fra fase til fase"),
    "oekonomi": ("Økonomi", "Hvad det koster, og hvem der får gevinsten"),
    "sammenligning": ("Sammenligning", "Kommunerne side om side"),
    "kursus": ("Kurset", "Lær metoden i seks moduler"),
}
MARK = (
    '<rect width="40" height="40" rx="8" fill="{ground}"/>'
    '<path d="M12 31V9.5h12M12 20h17m0 0-5-5M29 20l-5 5" fill="none" stroke="{line}" '
    'stroke-width="3.4" stroke-linecap="round" stroke-linejoin="round"/>'
)
FONT = HANDBOOK / "book/_vendor/fonts/source-sans-3/source-sans-3-latin-{}-normal.woff2"


def page_of(kind: str) -> str:
    """A page that is one picture."""
    title, under = KINDS[kind]
    size = 92 if len(title) < 20 else 66
    light = {name: token.light for name, token in TOKENS.items()}
    colours = {"ground": light["brand"], "line": light["bg"]}
    return f"""<!DOCTYPE html><meta charset="utf-8"><style>
{_face(400)}{_face(600)}
body {{ margin: 0; background: {light["bg"]}; font-family: Fremskudt }}
svg {{ display: block }}
</style>
<svg width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">
<rect width="{WIDTH}" height="16" fill="{light["brand"]}"/>
<g transform="translate(80 84) scale(2)">{MARK.format(**colours)}</g>
<g transform="translate(880 176) scale(6.4)" opacity="0.1">{MARK.format(**colours)}</g>
<text x="184" y="138" font-size="34" fill="{light["muted"]}">Fremskudt sagsbehandling</text>
<text x="80" y="352" font-size="{size}" font-weight="600" fill="{light["text"]}">{title}</text>
<text x="80" y="424" font-size="38" fill="{light["muted"]}">{under}</text>
<path d="M80 540h1040" stroke="{light["rule"]}" stroke-width="3"/>
<text x="80" y="588" font-size="28" fill="{light["muted"]}">Evaluering, kommune for kommune</text>
</svg>"""


def _face(weight: int) -> str:
    letters = base64.b64encode(Path(str(FONT).format(weight)).read_bytes()).decode()
    return (
        f"@font-face {{ font-family: Fremskudt; font-weight: {weight}; "
        f"src: url(data:font/woff2;base64,{letters}) }}\n"
    )
