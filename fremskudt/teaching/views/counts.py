"""How a room answered, as tables in HTML: numbers in words' company, and a bar beside each."""

from html import escape

from fremskudt.presentation.numbers import percent_of
from fremskudt.teaching.room import Part, Spread, enough

MOST_DIVIDED = "Her er rummet mest delt"
TOO_FEW_ANSWERED = "Færre end {enough} har svaret. Derfor bliver svarene ikke vist."
SEVERAL = "Man kan vælge flere, så andelene kan give mere end 100 % i alt."
TOO_FEW_WROTE = "I nogle felter har færre end {enough} skrevet selv. De ord bliver ikke vist."
EMPTY = "Tomt felt"


def as_html(spread: Spread, is_most: bool) -> str:
    """An exercise's answers as tables in HTML; where it divides the room most, that is said."""
    everybody = spread.answered + spread.missing
    lines = [f"<h2>{as_text(spread.exercise.title)}</h2>"]
    if is_most:
        lines.append(f"<p><strong>{MOST_DIVIDED}.</strong></p>")
    lines.append(
        f"<p>{spread.answered} af {everybody} har svaret. {spread.missing} har ikke svaret.</p>"
    )
    if spread.answered and not spread.parts:
        lines.append(f"<p>{TOO_FEW_ANSWERED.format(enough=enough())}</p>")
    for part in spread.parts:
        is_here = (
            is_most
            and len(spread.parts) > 1
            and (part.division(spread.answered) == spread.division)
        )
        lines.append(_table(part, spread, is_here))
    for label, texts in spread.words:
        said = "".join(f"<li>{as_text(one)}</li>" for one in texts)
        lines.append(f"<h3>{as_text(label)}</h3><ul>{said}</ul>")
    if spread.holds_words_back:
        lines.append(f"<p>{TOO_FEW_WROTE.format(enough=enough())}</p>")
    return f"<section>{''.join(lines)}</section>"


def _table(part: Part, spread: Spread, is_here: bool) -> str:
    """A part's counts: the bar repeats what the number beside it says."""
    name = as_text(part.name or spread.exercise.title)
    mark = f" <em>({MOST_DIVIDED.lower()})</em>" if is_here else ""
    counts = [*part.counts, *([(EMPTY, part.empty)] if part.name or part.empty else [])]
    rows = "".join(_row(answer, count, spread.answered) for answer, count in counts)
    note = f'<p class="fs-note">{SEVERAL}</p>' if part.is_several else ""
    return (
        f'<div class="fs-scroll" role="region" tabindex="0" aria-label="{name}">'
        f'<table class="fs-table"><caption>{name}{mark}</caption><thead><tr>'
        '<th scope="col">Svar</th><th scope="col" class="fs-num">Antal</th>'
        f'<th scope="col">Andel</th></tr></thead><tbody>{rows}</tbody></table></div>{note}'
    )


def _row(answer: str, count: int, answered: int) -> str:
    share = percent_of(count, answered)
    width = 100 * count / answered
    return (
        f'<tr><th scope="row">{as_text(answer)}</th><td class="fs-num">{count}</td>'
        f'<td>{share}<span class="fs-share" aria-hidden="true">'
        f'<span style="width:{width:.1f}%"></span></span></td></tr>'
    )


def as_text(text: str) -> str:
    """Any text in HTML, also one that no file could hold."""
    return escape(text.encode("utf-8", "replace").decode("utf-8"))
