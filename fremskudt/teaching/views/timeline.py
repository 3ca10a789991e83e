"""Two courses built line by line, and what they cost whom, drawn again at every change.

Each course ends in an empty line: a service that is chosen there is laid, and another empty line
follows; a line whose service is taken away is no longer part of the course.
"""

from collections.abc import Callable, Sequence

import ipywidgets as widgets

from fremskudt.presentation.numbers import kroner, percent
from fremskudt.teaching.priced import PAYER_LABELS, Balance, Courses, Line, Service, balance
from fremskudt.teaching.timeline import MOST_LETTERS, MOST_UNITS, TRACKS, Timeline
from fremskudt.teaching.views.fields import LABELS, WIDE, Inputs, choice, with_slider
from fremskudt.teaching.views.texts import html

TITLES = {
    "expected": "Med indsatsen: det forventede forløb",
    "counterfactual": "Uden indsatsen: det kontrafaktiske forløb",
}
HOW_TO = (
    "Vælg en ydelse på den tomme linje for at lægge den ind. Vælg – for at tage den ud igen. "
    "Mængden bliver foreslået; ret den, hvis den skal være en anden."
)
NOTHING_YET = "Her kommer tidslinjen og beløbene, når den første ydelse ligger i et forløb."
STRENGTH = "Hvor mange procent af det undgåede tror I på?"
SUGGEST = "Indsæt det foreslåede svar"
SUGGEST_TIP = "Erstatter jeres egne linjer"
PLURAL = {
    "dag": "dage",
    "forløb": "forløb",
    "gang": "gange",
    "måned": "måneder",
    "samtale": "samtaler",
    "time": "timer",
}


class LineFields:
    """The fields of one line. A quantity that nobody has changed follows the months."""

    def __init__(
        self, exercise: Timeline, number: int, has_reason: bool, changed: Callable[[], None]
    ) -> None:
        self.services = {one.code: one for one in exercise.palette}
        offers = [
            (f"{one.label} ({kroner(one.price)} pr. {one.unit})", one.code)
            for one in exercise.palette
        ]
        months = exercise.months
        self.service = choice(f"{number}. Ydelse", offers)
        self.begins = _number(f"{number}. Fra måned", 0, months - 1)
        self.ends = _number(f"{number}. Til måned", 1, months)
        self.quantity = widgets.BoundedFloatText(
            value=1, min=0.1, max=MOST_UNITS, description=_amount(number), style=LABELS
        )
        self.reason = widgets.Text(
            description=f"{number}. Hvordan ved I det?", style=LABELS, layout=WIDE
        )
        self.rest = widgets.HBox([self.begins, self.ends, self.quantity])
        self.number, self.has_reason, self.changed = number, has_reason, changed
        self.proposed = self.quantity.value
        self.is_setting = False
        self.shown = widgets.VBox([self.service])
        self.shown.add_class("fs-line")
        self.service.observe(self._chosen, names="value")
        self.begins.observe(self._begun, names="value")
        self.ends.observe(self._ended, names="value")
        for field in (self.quantity, self.reason):
            field.observe(self._changed, names="value")

    @property
    def chosen(self) -> Service | None:
        return self.services.get(self.service.value)

    @property
    def answer(self) -> dict[str, object] | None:
        """The line as the check reads it; None where no service is chosen."""
        if self.chosen is None:
            return None
        return {
            "code": self.chosen.code,
            "from_month": self.begins.value,
            "to_month": self.ends.value,
            "quantity": self.quantity.value,
            "reason": self.reason.value.strip()[:MOST_LETTERS],
        }

    def lay(self, line: Line) -> None:
        """Put a ready line into the fields."""
        self.service.value = line.code
        self.is_setting = True
        # The end first, for a line never ends before it begins.
        self.ends.value, self.begins.value = line.to_month, line.from_month
        self.quantity.value, self.reason.value = line.quantity, line.reason
        self.is_setting = False
        self.changed()

    def _chosen(self, _: object) -> None:
        service = self.chosen
        parts = [self.rest, *([self.reason] if self.has_reason else [])]
        self.shown.children = [self.service, *(parts if service else [])]
        if service:
            self.quantity.description = f"{_amount(self.number)} ({PLURAL[service.unit]})"
            # What stood was in another unit.
            self._set(0, _usual_end(service, self.ends.max), is_new=True)
        self._changed()

    def _begun(self, _: object) -> None:
        if not self.is_setting:
            self._set(self.begins.value, max(self.ends.value, self.begins.value + 1))
            self._changed()

    def _ended(self, _: object) -> None:
        if not self.is_setting:
            self._set(min(self.begins.value, self.ends.value - 1), self.ends.value)
            self._changed()

    def _set(self, begins: int, ends: int, is_new: bool = False) -> None:
        """Set the months and, unless it was changed by hand, the quantity with them."""
        self.is_setting = True
        self.begins.value, self.ends.value = begins, ends
        service = self.chosen
        if service and (is_new or self.quantity.value == self.proposed):
            self.proposed = service.proposed(ends - begins)
            self.quantity.value = self.proposed
        self.is_setting = False

    def _changed(self, _: object = None) -> None:
        if not self.is_setting:
            self.changed()


class Course:
    """The lines of one course, the last of them empty."""

    def __init__(self, exercise: Timeline, track: str, changed: Callable[[], None]) -> None:
        self.exercise, self.track, self.changed = exercise, track, changed
        self.lines: list[LineFields] = []
        self.box = widgets.VBox([])
        self.shown = widgets.VBox([html(f"#### {TITLES[track]}"), self.box])
        self._add()

    @property
    def answer(self) -> list[dict[str, object]]:
        found = (one.answer for one in self.lines)
        return [one for one in found if one is not None]

    def lay(self, lines: Sequence[Line]) -> None:
        """Put ready lines in the place of those that are there."""
        self.clear()
        for line in lines:
            self.lines[-1].lay(line)

    def clear(self) -> None:
        self.lines = []
        self._add()

    def _add(self) -> None:
        has_reason = self.track == "counterfactual"
        number = len(self.lines) + 1
        self.lines.append(LineFields(self.exercise, number, has_reason, self._follow))
        self.box.children = [one.shown for one in self.lines]

    def _follow(self) -> None:
        """Keep an empty line at the end, and tell that something has changed."""
        if self.lines[-1].chosen is not None:
            self._add()
        self.changed()


class TimelineInputs(Inputs):
    """The fields of both courses, and the figure and amounts that follow them."""

    def __init__(self, exercise: Timeline) -> None:
        self.exercise = exercise
        self.is_laying = True
        self.sum, self.result = widgets.HTML(), widgets.HTML()
        self.sum.add_class("fs-sum")
        self.strength = widgets.BoundedIntText(
            value=100, min=0, max=100, step=5, description=STRENGTH, style=LABELS, layout=WIDE
        )
        self.courses = {track: Course(exercise, track, self._draw) for track in TRACKS}
        suggest = widgets.Button(description=SUGGEST, tooltip=SUGGEST_TIP)
        suggest.layout.width = "auto"
        suggest.on_click(lambda _: self.lay(exercise.without_reasons(exercise.suggested)))
        self.strength.observe(lambda _: self._draw(), names="value")
        shown = widgets.VBox(
            [
                html(HOW_TO),
                *(one.shown for one in self.courses.values()),
                suggest,
                self.sum,
                with_slider(self.strength),
                self.result,
            ]
        )
        super().__init__(shown, self._read, (self.strength,))
        self.is_laying = False
        self._draw()

    def clear(self) -> None:
        """Empty both courses."""
        self.lay(dict.fromkeys(TRACKS, ()))
        super().clear()

    def lay(self, courses: Courses) -> None:
        """Put ready courses in the place of those that are there."""
        self.is_laying = True
        for track, lines in courses.items():
            self.courses[track].lay(lines)
        self.is_laying = False
        self._draw()

    def _read(self) -> dict[str, list[dict[str, object]]]:
        found = {track: one.answer for track, one in self.courses.items()}
        return found if any(found.values()) else {}

    def _draw(self) -> None:
        if self.is_laying:
            return
        courses = self.exercise.read(self._read()) or {}
        if not any(courses.values()):
            self.sum.value, self.result.value = f"<p>{NOTHING_YET}</p>", ""
            return
        # What protects and draws takes as long to load as all the rest, and only this needs it.
        from fremskudt.teaching.views.drawn_courses import drawn, payers

        found, strength = balance(courses, self.exercise.palette), self.strength.value / 100
        self.sum.value = summed(found)
        self.result.value = drawn(self.exercise, courses) + payers(found, strength)


def summed(found: Balance) -> str:
    """Net gain by payer at full strength, and when the sum goes up, as HTML."""
    gains = "".join(
        f"<li>{PAYER_LABELS[payer]}: <strong>{kroner(value)}</strong></li>"
        for payer, value in found.gain.items()
    )
    avoided, added = found.avoided["total"], found.added["total"]
    even = found.break_even["total"]
    if even is None:
        says = "Der er ikke undgået noget, så ingen styrke giver en gevinst."
    elif even == 0:
        says = "Der er ikke tilført noget. Selve indsatsen mangler endnu."
    elif even > 1:
        says = "Det går ikke op, heller ikke når alt det undgåede er rigtigt."
    else:
        says = f"Det går op, når {percent(even)} af det undgåede er rigtigt."
    return (
        f'<div role="status"><p>Nettogevinst over tre år</p><ul>{gains}</ul>'
        f"<p>Undgået: {kroner(avoided)} Tilført: {kroner(added)} {says}</p></div>"
    )


def _usual_end(service: Service, months: int) -> int:
    """The month up to which a service is proposed to last."""
    if service.kind == "benefit":
        return months
    return 1 if service.once else 12


def _amount(number: int) -> str:
    return f"{number}. Mængde"


def _number(label: str, least: int, most: int) -> widgets.BoundedIntText:
    return widgets.BoundedIntText(value=least, min=least, max=most, description=label, style=LABELS)
