"""Fill in a form: fields with answers to choose from, and fields of one's own words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fremskudt.teaching.exercise import Exercise, texts
from fremskudt.teaching.feedback import Feedback, judged
from fremskudt.teaching.free_text import fits

MOST_LETTERS = 2_000
ALL_RIGHT = "Alle felter passer."
Given = str | list[str]
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
    that keeps `rules`. `mistakes` explain options that are typically chosen by mistake. Where
    `is_several`, all that are accepted and no others are to be chosen."""

    name: str
    label: str
    feedback: str
    options: Sequence[str] = ()
    accepted: Sequence[str] = ()
    mistakes: Mapping[str, str] = field(default_factory=dict)
    rules: Sequence[TextRule] = ()
    is_several: bool = False

    def can_hold(self, given: object) -> bool:
        """Whether this is something the field can be given: options, or a text where it has
        none."""
        if self.is_several:
            chosen = texts(given)
            return chosen is not None and {*chosen} <= {*self.options}
        return isinstance(given, str) and (not self.options or given in ("", *self.options))

    def says(self, given: Given) -> tuple[bool, list[str]]:
        """Whether what the field can hold is right, and what is to be said of it."""
        chosen = chosen_in(given)
        if self.is_several:
            is_right = {*chosen} == {*self.accepted}
            return is_right, [] if is_right else [self.feedback]
        text = "".join(chosen)
        if self.options:
            is_right = text in self.accepted
            return is_right, [] if is_right else [self.mistakes.get(text, self.feedback)]
        broken = [one for one in self.rules if not fits(one.name, text)]
        is_right = all(one.is_note for one in broken)
        return is_right, [one.says for one in broken]


@dataclass(frozen=True)
class FillIn(Exercise):
    """Fill in all fields. The answer is a mapping from names of fields to texts, and to lists of
    options where several can be chosen."""

    fields: Sequence[Field]

    def form(self, answer: object) -> dict[str, Given] | None:
        """The answer, if it is a form with what its fields can hold; else None."""
        fields = {one.name: one for one in self.fields}
        if not isinstance(answer, dict) or not answer.keys() <= fields.keys():
            return None
        if not all(fields[name].can_hold(given) for name, given in answer.items()):
            return None
        return answer

    def judge(self, answer: object) -> Feedback | None:
        filled = self.form(answer)
        if filled is None:
            return None
        if any(len(text) > MOST_LETTERS for given in filled.values() for text in chosen_in(given)):
            return Feedback("wrong", (TOO_LONG,))
        lines: list[str] = []
        right = 0
        for one in self.fields:
            given = filled.get(one.name, "")
            if not "".join(chosen_in(given)):
                lines.append(f"**{one.label}** mangler endnu.")
                continue
            is_right, told = one.says(given)
            right += is_right
            lines += [f"**{one.label}** {line}" for line in told]
        return judged(right, len(self.fields), lines or [ALL_RIGHT])


def chosen_in(given: Given) -> list[str]:
    """What was given, as a list: the options, or the one text without blanks around it."""
    if isinstance(given, str):
        return [given.strip()] if given.strip() else []
    return given
