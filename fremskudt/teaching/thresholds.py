"""Move the thresholds of the segmentation rule and see whom it finds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fremskudt.teaching.conditions import holds
from fremskudt.teaching.exercise import Exercise
from fremskudt.teaching.feedback import Feedback

READING = "reading"
LIMITS = ("entrances", "services", "annual_cost_dkk")


@dataclass(frozen=True)
class Slider:
    """A threshold that can be moved."""

    name: str
    label: str
    minimum: int
    maximum: int
    step: int
    start: int


@dataclass(frozen=True)
class Reading:
    """A way in which the three demands go together: a condition on entrances, services, cost."""

    name: str
    label: str
    rule: str


@dataclass(frozen=True)
class Person:
    """A fictional citizen's year, as the municipality sees it."""

    name: str
    entrances: int
    services: int
    annual_cost_dkk: float


@dataclass(frozen=True)
class Remark:
    """What is said where a condition holds; {names} in it are filled in."""

    when: str
    text: str


@dataclass(frozen=True)
class Thresholds(Exercise):
    """Choose limits and a reading so that the rule finds as many as there is room for.

    The answer is a mapping: whole numbers by the names of the sliders, and the name of a reading.
    """

    sliders: Sequence[Slider]
    readings: Sequence[Reading]
    people: Sequence[Person]
    fewest: int
    most: int
    screened: Sequence[str]
    remarks: Sequence[Remark]

    @property
    def start(self) -> dict[str, int | str]:
        """Where the sliders stand at first, under the last reading."""
        return {one.name: one.start for one in self.sliders} | {READING: self.readings[-1].name}

    def found(self, answer: Mapping[str, int | str]) -> list[Person]:
        """Those whom the rule finds under an answer of the right form."""
        rule = next(one.rule for one in self.readings if one.name == answer[READING])
        entrances, services, cost = (int(answer[name]) for name in LIMITS)
        return [
            one
            for one in self.people
            if holds(
                rule,
                {
                    "entrances": one.entrances >= entrances,
                    "services": one.services >= services,
                    "cost": one.annual_cost_dkk > cost,
                },
            )
        ]

    def judge(self, answer: object) -> Feedback | None:
        if not isinstance(answer, dict) or not self._has_form(answer):
            return None
        found = self.found(answer)
        values = {
            **answer,
            "found": len(found),
            "screened_found": sum(one.name in self.screened for one in found),
        }
        lines = [
            one.text.format_map({name: str(value) for name, value in values.items()})
            for one in self.remarks
            if holds(one.when, values)
        ]
        fits = self.fewest <= len(found) <= self.most
        return Feedback("right" if fits else "wrong", tuple(lines))

    def _has_form(self, answer: Mapping[object, object]) -> bool:
        limits = {one.name: one for one in self.sliders}
        is_whole = set(answer) == {*limits, READING}
        return is_whole and all(
            answer[READING] in [one.name for one in self.readings]
            if name == READING
            else _is_between(value, limits[str(name)])
            for name, value in answer.items()
        )


def _is_between(value: object, slider: Slider) -> bool:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return is_number and slider.minimum <= value <= slider.maximum  # type: ignore[operator]
