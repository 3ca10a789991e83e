"""Fill in a form: fields with answers to choose from, and fields of one's own words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fremskudt.teaching.exercise import Exercise, text_by_name
from fremskudt.teaching.feedback import Feedback, judged
from fremskudt.teaching.free_text import fits

MOST_LETTERS = 2_000
ALL_RIGHT = "Alle felter passer."
TOO_LONG = f"Teksten er for lang. Skriv højst {MOST_LETTERS} tegn."


@dataclass(frozen=True)
class TextRule:
    """A rule for a text of one's own, by its name in `free_text`, and what is said where the text
    does not keep it. A note does not make the field wrong."""

    name: str
    says: str
    is_note: bool = False


@dataclass(frozen=True)
class Field:
    """A field: a choice among `options` of which some are `accepted`, or, without options, a text
    that keeps `rules`. `mistakes` explain options that are typically chosen by mistake."""

    name: str
    label: str
    feedback: str
    options: Sequence[str] = ()
    accepted: Sequence[str] = ()
    mistakes: Mapping[str, str] = field(default_factory=dict)
    rules: Sequence[TextRule] = ()

    def says(self, text: str) -> tuple[bool, list[str]]:
        """Whether the field is right, and what is to be said of it."""
        if self.options:
            is_right = text in self.accepted
            return is_right, [] if is_right else [self.mistakes.get(text, self.feedback)]
        broken = [one for one in self.rules if not fits(one.name, text)]
        is_right = all(one.is_note for one in broken)
        return is_right, [one.says for one in broken] or []


@dataclass(frozen=True)
class FillIn(Exercise):
    """Fill in all fields. The answer is a mapping from names of fields to texts."""

    fields: Sequence[Field]

    def judge(self, answer: object) -> Feedback | None:
        filled = text_by_name(answer)
        if filled is None or not filled.keys() <= {one.name for one in self.fields}:
            return None
        if any(
            one.options and filled.get(one.name, "") not in ("", *one.options)
            for one in self.fields
        ):
            return None
        if any(len(text) > MOST_LETTERS for text in filled.values()):
            return Feedback("wrong", (TOO_LONG,))
        lines: list[str] = []
        right = 0
        for one in self.fields:
            text = filled.get(one.name, "").strip()
            if not text:
                lines.append(f"**{one.label}** mangler endnu.")
                continue
            is_right, told = one.says(text)
            right += is_right
            lines += [f"**{one.label}** {line}" for line in told]
        return judged(right, len(self.fields), lines or [ALL_RIGHT])
