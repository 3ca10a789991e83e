"""An empty gains plan that is filled in on the page and kept nowhere.

Without a script the lines can be filled in and printed; `gainsplan.js` works out the differences
and the sums.
"""

LINES = 5
COLUMNS = (
    ("gain", "Gevinst, og hvad den måles med"),
    ("payer", "Hvem sparer"),
    ("planned", "Planlagt, kr."),
    ("realised", "Realiseret, kr."),
)
AMOUNTS = ("planned", "realised")


def form() -> str:
    """The form in HTML."""
    head = "".join(f'<th scope="col">{label}</th>' for _, label in COLUMNS)
    rows = "\n".join(_line(place) for place in range(1, LINES + 1))
    sums = "".join(
        f'<td class="fs-num"><output data-sum="{name}"></output></td>'
        for name in (*AMOUNTS, "difference")
    )
    return f"""\
<div class="fs-gainsplan">
<div class="fs-scroll" role="region" tabindex="0" aria-label="Gevinstplan, der kan udfyldes">
<table class="fs-table"><caption>Gevinstplan: planlagt og realiseret</caption>
<thead><tr>{head}<th scope="col" class="fs-num">Forskel</th></tr></thead>
<tbody>
{rows}
</tbody>
<tfoot><tr><th scope="row" colspan="2">I alt</th>{sums}</tr></tfoot>
</table>
</div>
<p class="fs-gainsplan-message" role="status"></p>
<p class="fs-part-tools" hidden><button type="button" data-do="print">Udskriv planen</button>
<button type="button" data-do="clear">Ryd planen</button></p>
</div>
"""


def _line(place: int) -> str:
    cells = "".join(
        f'<td><input name="{name}" autocomplete="off"'
        + (' inputmode="decimal" class="fs-num"' if name in AMOUNTS else "")
        + f' aria-label="{label}, linje {place}"></td>'
        for name, label in COLUMNS
    )
    return f'<tr>{cells}<td class="fs-num"><output data-difference></output></td></tr>'
