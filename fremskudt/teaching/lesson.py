"""A module of the course as a notebook meets it: texts to show, exercises to answer, answers to
keep.

`lesson = open_lesson(1)` and then `lesson.story`, `lesson.exercise("…")`, `lesson.keeper()`.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fremskudt.presentation.paragraph import Prose
from fremskudt.teaching.answers import collect, new_code, save, spread
from fremskudt.teaching.course import Module, module
from fremskudt.teaching.exercise import Attempt
from fremskudt.teaching.views.exercise import ExerciseView
from fremskudt.teaching.views.faulty import FaultyView
from fremskudt.teaching.views.keeping import KeepView

if TYPE_CHECKING:
    from fremskudt.teaching.views.figures import FiguresView

ANSWERS = "svar"


@dataclass
class Lesson:
    """A module in use: what a participant has answered so far, under a code drawn by chance."""

    of: Module
    folder: Path
    code: str = field(default_factory=new_code)
    attempts: dict[str, Attempt] = field(default_factory=dict)

    @property
    def title(self) -> Prose:
        """The module's title, how long it takes and its goal."""
        return Prose(f"# {self.of.title}\n\n*{self.of.minutes} minutter.* {self.of.goal}")

    @property
    def story(self) -> Prose:
        return Prose(self.of.story)

    @property
    def worked_example(self) -> Prose:
        return Prose(self.of.worked_example)

    def material(self, name: str) -> Prose:
        """What exercises are about. KeyError for a name that the module does not have."""
        return Prose(self.of.materials[name])

    def exercise(self, name: str) -> ExerciseView:
        """An exercise to answer; shown twice it is the same attempt. StopIteration for a name
        that the module does not have."""
        if name not in self.attempts:
            self.attempts[name] = Attempt(self.of[name])
        return ExerciseView(self.attempts[name])

    def figures(self) -> "FiguresView":
        """Module 3's figures, with the case as the participant's forms have it at the time."""
        # What draws charts takes seconds to load, and no other module needs it.
        from fremskudt.teaching.views.figures import FiguresView

        return FiguresView(lambda: {name: one.answer for name, one in self.attempts.items()})

    def faulty_delivery(self) -> FaultyView:
        """Module 3's faulty delivery, to look through and to run the check on."""
        return FaultyView()

    def keeper(self) -> KeepView:
        """The button that keeps the answers in a file."""
        return KeepView(self.keep)

    def keep(self) -> str:
        """Write the answers to a file beside the notebook, and say where it lies."""
        path = save(self.folder / ANSWERS, self.of, self.attempts.values(), self.code)
        return (
            f"Dine svar ligger i filen `{ANSWERS}/{path.name}` på denne maskine. Ingen får dem, "
            "medmindre du selv giver dem filen."
        )

    def room(self, folder: str) -> Prose:
        """How those answered who handed their files over, exercise by exercise."""
        found = collect(Path(folder), self.of)
        parts = [f"**{len(found.papers)}** har afleveret svar til modulet."]
        parts += [f"Kan ikke bruges: {fault}." for fault in found.faults]
        for one in self.of.exercises:
            rows = spread(found.papers, one)
            lines = [f"- {' · '.join(filter(None, row[:2]))}: {row[2]}" for row in rows]
            if lines:
                parts.append(f"### {one.title}\n\n" + "\n".join(lines))
        return Prose("\n\n".join(parts))

    def __repr__(self) -> str:
        return f"<Lesson {self.of.number}>"


def open_lesson(number: int, folder: str = "", **options: Any) -> Lesson:
    """A module of the course; answers are kept below `folder`, else beside the notebook."""
    return Lesson(module(number), Path(folder or "."), **options)
