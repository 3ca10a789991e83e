"""The course as it is written: modules and their exercises, read from notebooks/training."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from fremskudt.contract.yaml_files import read_yaml
from fremskudt.teaching.choosing import Choose, ChooseSeveral, Option
from fremskudt.teaching.counting import Near, Number
from fremskudt.teaching.deadlines import Ask, Case, Deadlines
from fremskudt.teaching.exercise import Exercise
from fremskudt.teaching.filling import Field, FillIn, TextRule
from fremskudt.teaching.materials import materials, palette
from fremskudt.teaching.ordering import Order, OrderRule, Step
from fremskudt.teaching.priced import Line
from fremskudt.teaching.sorting import Item, Sort
from fremskudt.teaching.thresholds import Person, Reading, Remark, Slider, Thresholds
from fremskudt.teaching.timeline import TRACKS, LookAt, Timeline
from fremskudt.workspace import HANDBOOK

FOLDER = HANDBOOK / "notebooks" / "training"
Raw = Mapping[str, Any]


@dataclass(frozen=True)
class Misunderstanding:
    """What participants often say, and what a trainer can answer."""

    says: str
    reply: str


@dataclass(frozen=True)
class Module:
    """A module of the course. Texts are Markdown; `trainer` and the misunderstandings are for the
    trainer, `sheet` is what is printed for those without a laptop, `materials` what exercises are
    about. `template` is a page to fill in and `template_file` its name, where a module has one."""

    number: int
    title: str
    minutes: int
    goal: str
    story: str
    worked_example: str
    exercises: tuple[Exercise, ...]
    misunderstandings: tuple[Misunderstanding, ...]
    trainer: str
    sheet: str
    materials: Mapping[str, str]
    template: str = ""
    template_file: str = ""

    def __getitem__(self, name: str) -> Exercise:
        return next(one for one in self.exercises if one.name == name)


@cache
def module(number: int) -> Module:
    """A module by its number. FileNotFoundError for one that the course does not have."""
    raw = read_yaml((FOLDER / f"modul-{number}.yml").read_text(encoding="utf-8"))
    texts = ("number", "title", "minutes", "goal", "story", "worked_example", "trainer", "sheet")
    return Module(
        **{key: raw[key] for key in texts},
        exercises=tuple(exercise({"data": raw.get("data"), **one}) for one in raw["exercises"]),
        misunderstandings=tuple(Misunderstanding(**one) for one in raw["misunderstandings"]),
        materials=materials(raw),
        template=raw.get("template", ""),
        template_file=raw.get("template_file", ""),
    )


def modules() -> tuple[Module, ...]:
    """All modules of the course, in their order."""
    numbers = sorted(int(path.stem.split("-")[1]) for path in FOLDER.glob("modul-*.yml"))
    return tuple(module(number) for number in numbers)


def exercise(raw: Raw) -> Exercise:
    """An exercise from what is written of it in a module. KeyError for a kind that is not known."""
    common = {
        "name": raw["id"],
        **{key: raw[key] for key in ("title", "minutes", "prompt", "empty", "solution")},
        "discussion": raw["discussion"],
    }
    return KINDS[raw["kind"]](raw, common)


def _options(raw: Raw) -> tuple[Option, ...]:
    return tuple(
        Option(one["id"], one["text"], one["is_right"], one["feedback"]) for one in raw["options"]
    )


def _number(raw: Raw, common: Raw) -> Exercise:
    answer = raw["answer"]
    return Number(
        **common,
        answer=Near(answer["value"], answer["tolerance"], answer.get("feedback", "")),
        unit=answer["unit"],
        mistakes=tuple(Near(**one) for one in raw["mistakes"]),
        otherwise=raw["otherwise"],
    )


def _order(raw: Raw, common: Raw) -> Exercise:
    return Order(
        **common,
        steps=tuple(Step(one["id"], one["text"]) for one in raw["steps"]),
        rules=tuple(OrderRule(**one) for one in raw["rules"]),
    )


def _classify(raw: Raw, common: Raw) -> Exercise:
    return Sort(
        **common,
        places=tuple((one["id"], one["label"]) for one in raw["groups"]),
        items=tuple(
            Item(one["id"], one["text"], one["group"], one["feedback"]) for one in raw["items"]
        ),
    )


def _match(raw: Raw, common: Raw) -> Exercise:
    """Pairs: each left one is placed at a right one; right ones may repeat."""
    rights = dict.fromkeys(one["right"] for one in raw["pairs"])
    return Sort(
        **common,
        places=tuple((right, right) for right in rights),
        items=tuple(
            Item(one["left"], one["left"], one["right"], one["feedback"]) for one in raw["pairs"]
        ),
    )


def _fill_in(raw: Raw, common: Raw) -> Exercise:
    rules = {
        one["id"]: TextRule(one["id"], one["text"], one.get("level") == "note")
        for one in raw.get("checks_of_fields", ())
    }
    return FillIn(
        **common,
        fields=tuple(
            Field(
                one["id"],
                one["label"],
                one["feedback"],
                tuple(one["options"]),
                tuple(one["accepted"]),
                {wrong["value"]: wrong["feedback"] for wrong in one.get("mistakes", ())},
                tuple(rules[name] for name in one.get("checks", ())),
                one.get("several", False),
            )
            for one in raw["fields"]
        ),
    )


def _thresholds(raw: Raw, common: Raw) -> Exercise:
    data = raw["data"]
    keys = ("label", "minimum", "maximum", "step", "start")
    # The reading that the form begins with comes last.
    readings = sorted(data["readings"], key=lambda one: one.get("is_start", False))
    return Thresholds(
        **common,
        sliders=tuple(
            Slider(name, *(one[key] for key in keys)) for name, one in data["sliders"].items()
        ),
        readings=tuple(Reading(one["id"], one["label"], one["rule"]) for one in readings),
        people=tuple(
            Person(one["id"], one["entrances"], one["services"], one["annual_cost_dkk"])
            for one in data["citizens"]
        ),
        fewest=data["target"]["minimum"],
        most=data["target"]["maximum"],
        screened=tuple(data["screened"]),
        remarks=tuple(Remark(one["when"], one["text"]) for one in raw["feedback"]),
    )


def _deadlines(raw: Raw, common: Raw) -> Exercise:
    cases = []
    for case in raw["data"]["timelines"]:
        asks = tuple(
            Ask(
                f"{case['id']}.{one['id']}",
                one["id"].removesuffix("_deadline"),
                one["label"],
                one["answer"],
                one["feedback"],
                {wrong["date"]: wrong["feedback"] for wrong in one["mistakes"]},
            )
            for one in case["ask"]
        )
        events = tuple(one["label"] for one in case["events"])
        first, last = case["calendar"]["from"], case["calendar"]["to"]
        cases.append(Case(case["id"], case["title"], events, first, last, asks))
    return Deadlines(
        **common,
        cases=tuple(cases),
        otherwise=raw["otherwise"],
        remarks=tuple(Remark(one["when"], one["text"]) for one in raw["feedback"]),
    )


def _timeline(raw: Raw, common: Raw) -> Exercise:
    data = raw["data"]
    return Timeline(
        **common,
        months=data["months"],
        palette=palette(data),
        suggested={
            track: tuple(
                Line(*(one[key] for key in ("code", "from_month", "to_month", "quantity", "why")))
                for one in data["suggested"][track]
            )
            for track in TRACKS
        },
        remarks=tuple(
            LookAt(one["id"], one["level"], one["when"], one["text"]) for one in raw["feedback"]
        ),
    )


KINDS: dict[str, Callable[[Raw, Raw], Exercise]] = {
    "choose": lambda raw, common: Choose(**common, options=_options(raw)),
    "choose_several": lambda raw, common: ChooseSeveral(**common, options=_options(raw)),
    "classify": _classify,
    "deadlines": _deadlines,
    "fill_in": _fill_in,
    "match": _match,
    "number": _number,
    "order": _order,
    "thresholds": _thresholds,
    "timeline": _timeline,
}
