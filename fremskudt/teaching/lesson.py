"""A module of the course as a notebook meets it: texts to show, exercises to answer, answers to
keep.

`lesson = open_lesson(1)` and then `lesson.story`, `lesson.exercise("…")`, `lesson.keeper()`.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from fremskudt.presentation.paragraph import Prose
from fremskudt.teaching.answers import Paper, new_code, paper
from fremskudt.teaching.collecting import newest
from fremskudt.teaching.course import Module, module
from fremskudt.teaching.exercise import Attempt
from fremskudt.teaching.filling import FillIn
from fremskudt.teaching.one_page import EXERCISE as ONE_PAGE
from fremskudt.teaching.views.exercise import ExerciseView
from fremskudt.teaching.views.faulty import FaultyView
from fremskudt.teaching.views.keeping import KeepView
from fremskudt.teaching.views.page import PageView
from fremskudt.teaching.views.refill import refill

if TYPE_CHECKING:
    from fremskudt.teaching.views.figures import FiguresView

ANSWERS = "svar"


@dataclass
class Lesson:
    """A module in use: what a participant has answered so far, under a code drawn by chance. Who
    opens a module again, or the next, goes on under the code of the newest file that was kept."""

    of: Module
    folder: Path
    code: str
    views: dict[str, ExerciseView] = field(default_factory=dict)

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
        """An exercise to answer; shown twice it is the same. StopIteration for a name that the
        module does not have."""
        if name not in self.views:
            self.views[name] = ExerciseView(Attempt(self.of[name]))
        return self.views[name]

    def page(self) -> PageView:
        """The page to take home, which follows the fields of its exercise. StopIteration for a
        module without one."""
        form = self.of[ONE_PAGE]
        if not isinstance(form, FillIn):
            raise TypeError(ONE_PAGE)
        return PageView(self.of, form, self.exercise(ONE_PAGE).inputs, self.folder)

    def figures(self) -> "FiguresView":
        """Module 3's figures, with the case as the participant's forms have it at the time."""
        # What draws charts takes seconds to load, and no other module needs it.
        from fremskudt.teaching.views.figures import FiguresView

        return FiguresView(lambda: {name: one.standing() for name, one in self.views.items()})

    def faulty_delivery(self) -> FaultyView:
        """Module 3's faulty delivery, to look through and to run the check on."""
        return FaultyView()

    def keeper(self) -> KeepView:
        """The buttons that keep the answers in a file and fetch them again."""
        return KeepView(self.of, self.folder / ANSWERS, self.paper, self.take)

    def paper(self, with_own_words: bool) -> Paper:
        """The answers that stand in the fields. HasNationalId where words of one's own must not
        be kept."""
        standing = {name: view.standing() for name, view in self.views.items()}
        return paper(self.of, standing, self.code, with_own_words)

    def take(self, kept: Paper) -> int:
        """Put kept answers back in the fields; returns how many. Where there are any, the
        participant goes on under the code of that paper, so that it is not counted twice."""
        known = {one.name for one in self.of.exercises} & kept.answers.keys()
        count = sum(refill(self.exercise(name), kept.answers[name]) for name in known)
        if count:
            self.code = kept.code
        return count

    def __repr__(self) -> str:
        return f"<Lesson {self.of.number}>"


def open_lesson(number: int, folder: str = "") -> Lesson:
    """A module of the course; answers are kept below `folder`, else beside the notebook."""
    place = Path(folder or ".")
    kept = newest(place / ANSWERS)
    return Lesson(module(number), place, kept[1].code if kept else new_code())
