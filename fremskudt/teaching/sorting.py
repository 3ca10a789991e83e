"""Put each thing where it belongs: in a group, or beside what it goes with."""

from collections.abc import Sequence
from dataclasses import dataclass

from fremskudt.teaching.exercise import Exercise, text_by_name
from fremskudt.teaching.feedback import Feedback, judged

ALL_RIGHT = "Alt ligger, hvor det hører til."


@dataclass(frozen=True)
class Item:
    """A thing, the place where it belongs, and why."""

    name: str
    text: str
    place: str
    feedback: str


@dataclass(frozen=True)
class Sort(Exercise):
    """Give each item its place. The answer is a mapping from names of items to places.

    `places` are (name, label) pairs. Items that are not placed yet count as not right, and only
    the first of them is mentioned.
    """

    places: Sequence[tuple[str, str]]
    items: Sequence[Item]

    def judge(self, answer: object) -> Feedback | None:
        placed = text_by_name(answer)
        known = {name for name, _ in self.places}
        if placed is None or not placed.keys() <= {one.name for one in self.items}:
            return None
        if not set(placed.values()) <= known:
            return None
        wrong = [one for one in self.items if one.name in placed and placed[one.name] != one.place]
        left = [one for one in self.items if one.name not in placed]
        lines = [f"**{one.text}** {one.feedback}" for one in wrong]
        if left:
            lines.append(f"Mangler endnu: {len(left)}. Den næste er **{left[0].text}**.")
        right = len(self.items) - len(wrong) - len(left)
        return judged(right, len(self.items), lines or [ALL_RIGHT])
