"""Case-level rows that hold a plan's margins exactly.

Method. Every case gets latent scores drawn from a seeded generator: one for its need of
support and one for how the course goes. A column's answers are dealt out in the order of the
latent score plus noise, so that the counts are the plan's to the one, while a citizen's
answers over phases and columns hang together as real answers do. Answers without an order
(employment) move as few cases as the next phase's counts demand. No real person is behind any
row.
"""

import datetime as dt
from collections.abc import Sequence

import numpy as np

from fremskudt.analysis.deadlines import add_working_days
from fremskudt.contract.scales import scale
from fremskudt.demonstration.plans import Counts, Plan, Steps

Row = dict[str, str]
FIRST_START = dt.date(2012, 9, 3)
SEED = 20_141_103
DAYS = {"days_0_2": (0, 2), "days_3_7": (3, 7), "days_8_14": (8, 14), "days_15_plus": (15, 29)}
NEED_NOISE, COURSE_NOISE = 0.7, 0.35


class CaseFactory:
    """Makes the cases of one municipality; the same plan gives the same rows."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.random = np.random.default_rng([SEED, *plan.slug.encode()])
        self.size = plan.phases[0]
        self.ids = [f"{plan.prefix}-{number:03d}" for number in range(1, self.size + 1)]
        self.need = self.random.normal(size=self.size)
        self.course = self.random.normal(size=self.size)
        self.ages = self._deal_nominal(plan.age_group, range(self.size))
        self.reached = self._reached()
        self.starts = [self._start() for _ in range(self.size)]

    def tables(self) -> dict[str, list[Row]]:
        """cases, registrations, roles and tools as rows of text."""
        cases = self._cases()
        return {
            "cases": cases,
            "registrations": self._registrations(cases),
            "roles": self._roles(),
            "tools": self._tools(cases),
        }

    def _reached(self) -> list[int]:
        """The last phase each case is registered in; the young drop out a little more often."""
        stays = self.random.normal(size=self.size) + 0.3 * np.array(
            [age != "age_18_25" for age in self.ages]
        )
        order = np.argsort(-stays, kind="stable")
        reached = [1] * self.size
        for phase, count in enumerate(self.plan.phases, start=1):
            for index in order[:count]:
                reached[index] = phase
        return reached

    def _deal_nominal(self, counts: Counts, indexes: Sequence[int]) -> list[str]:
        """One answer a case, in random order; the last cases stay blank."""
        answers = [code for code, count in counts.items() for _ in range(count)]
        answers += [""] * (len(indexes) - len(answers))
        return [answers[i] for i in self.random.permutation(len(indexes))]

    def _deal_ordered(self, name: str, steps: Steps, score: np.ndarray) -> list[str]:
        """One answer a case: the lowest score gets the first step of the scale."""
        codes = [*scale(name).known[: len(steps) - 1], "unknown"]
        answers = [code for code, n in zip(codes[:-1], steps[:-1], strict=True) for _ in range(n)]
        loose = ["unknown"] * steps[-1] + [""] * (len(score) - sum(steps))
        drawn = self.random.permutation(len(score))
        dealt = dict(zip(drawn[: len(loose)], loose, strict=True))
        rest = sorted(drawn[len(loose) :], key=lambda i: score[i])
        dealt |= dict(zip(rest, answers, strict=True))
        return [dealt[i] for i in range(len(score))]

    def _workday(self, day: dt.date) -> dt.date:
        return day + dt.timedelta(days=(7 - day.weekday()) if day.weekday() > 4 else 0)

    def _start(self) -> dt.date:
        span = (self.plan.last_start - FIRST_START).days
        return self._workday(FIRST_START + dt.timedelta(days=int(self.random.integers(span))))

    def _cases(self) -> list[Row]:
        genders = self._deal_nominal(self.plan.gender, range(self.size))
        referrers = self._deal_nominal(self.plan.referrer, range(self.size))
        psychiatry = self._deal_nominal(self.plan.psychiatry, range(self.size))
        bins = self._deal_nominal(self.plan.contact_days, range(self.size))
        by_age = sorted(range(self.size), key=lambda i: (self.ages[i], self.random.random()))
        young = set(by_age[: self.plan.young])
        rows = []
        for i, case_id in enumerate(self.ids):
            contact = self.starts[i] - dt.timedelta(days=int(self.random.integers(0, 8)))
            low, high = DAYS.get(bins[i], (0, 0))
            known = contact - dt.timedelta(days=int(self.random.integers(low, high + 1)))
            end = self._workday(
                self.starts[i] + dt.timedelta(days=int(self.random.integers(76, 106)))
            )
            rows.append(
                {
                    "case_id": case_id,
                    "target_group": "young" if i in young else "vulnerable",
                    "gender": genders[i],
                    "age_group": self.ages[i],
                    "referrer": referrers[i],
                    "known_date": known.isoformat() if bins[i] else "",
                    "first_contact_date": contact.isoformat(),
                    "start_date": self.starts[i].isoformat(),
                    "end_date": end.isoformat() if self.reached[i] > 1 else "",
                    "psychiatry": psychiatry[i],
                }
            )
        return rows

    def _registrations(self, cases: list[Row]) -> list[Row]:
        rows: dict[tuple[int, int], Row] = {}
        employment = [""] * self.size
        for phase in (1, 2, 3):
            there = [i for i in range(self.size) if self.reached[i] >= phase]
            employment = self._move(employment, there, self.plan.employment[phase - 1])
            answers = self._answers(phase, there)
            for place, i in enumerate(there):
                rows[i, phase] = {
                    "case_id": self.ids[i],
                    "phase": str(phase),
                    "registration_date": self._registered(cases[i], phase).isoformat(),
                    "respondent": "both" if answers["citizen_rating"][place] else "caseworker",
                    "employment": employment[i],
                    **{name: column[place] for name, column in answers.items()},
                }
        return [rows[key] for key in sorted(rows)]

    def _answers(self, phase: int, there: list[int]) -> dict[str, list[str]]:
        def noisy(score: np.ndarray, noise: float) -> np.ndarray:
            return score[there] + noise * self.random.normal(size=len(there))

        course = self.course
        need = self.need + 0.4 * (phase - 1) * course
        plan = self.plan
        answers = {
            "support_home": self._deal_ordered(
                "support_need", plan.support_home[phase - 1], noisy(need, NEED_NOISE)
            ),
            "support_economy": self._deal_ordered(
                "support_need", plan.support_economy[phase - 1], noisy(need, NEED_NOISE)
            ),
        }
        for name, steps in (
            ("wellbeing_change", plan.wellbeing_change),
            ("goal_change", plan.goal_change),
            ("citizen_rating", plan.citizen_rating),
        ):
            answers[name] = (
                self._deal_ordered(name, steps[phase - 2], noisy(course, COURSE_NOISE))
                if phase > 1
                else [""] * len(there)
            )
        return answers

    def _move(self, before: list[str], there: list[int], counts: Counts) -> list[str]:
        """Keep everyone where they were as far as the counts allow; move the rest."""
        after, left = [""] * self.size, dict(counts)
        movers = []
        for i in self.random.permutation(there):
            if left.get(before[i], 0) > 0:
                after[i] = before[i]
                left[before[i]] -= 1
            else:
                movers.append(i)
        free = [code for code, count in left.items() for _ in range(count)]
        free += [""] * (len(movers) - len(free))
        for i, code in zip(movers, self.random.permutation(free), strict=True):
            after[i] = str(code)
        return after

    def _registered(self, case: Row, phase: int) -> dt.date:
        start = dt.date.fromisoformat(case["start_date"])
        if phase == 1:
            return self._workday(start + dt.timedelta(days=int(self.random.integers(0, 5))))
        end = dt.date.fromisoformat(case["end_date"])
        later = self.random.integers(0, 6) if phase == 2 else self.random.integers(86, 100)
        return self._workday(end + dt.timedelta(days=int(later)))

    def _roles(self) -> list[Row]:
        answered = sorted(self.random.permutation(self.size)[: self.plan.roles_answered])
        chosen: dict[int, set[str]] = {i: set() for i in answered}
        for role, count in self.plan.roles.items():
            without = [i for i in answered if not chosen[i]]
            first = self.random.permutation(without)[: count // 2]
            rest = [i for i in answered if i not in set(first)]
            picked = [*first, *self.random.permutation(rest)[: count - len(first)]]
            for i in picked:
                chosen[i].add(role)
        self._cover(chosen)
        order = scale("role").codes
        return [
            {"case_id": self.ids[i], "role": role}
            for i in answered
            for role in sorted(chosen[i], key=order.index)
        ]

    def _cover(self, chosen: dict[int, set[str]]) -> None:
        """Give every answered case a role by taking one from a case that has several."""
        for i in chosen:
            if not chosen[i]:
                giver = max(chosen, key=lambda j: (len(chosen[j]), -j))
                role = min(chosen[giver], key=scale("role").codes.index)
                chosen[giver].remove(role)
                chosen[i].add(role)

    def _tools(self, cases: list[Row]) -> list[Row]:
        rows = []
        for tool, count in self.plan.tools.items():
            users = sorted(self.random.permutation(self.size)[:count])
            in_time = set(self.random.permutation(users)[: self.plan.meetings_in_time])
            for i in users:
                used = ""
                if tool == "coordinating_meeting":
                    contact = dt.date.fromisoformat(cases[i]["first_contact_date"])
                    low, high = (1, 6) if i in in_time else (6, 26)
                    used = add_working_days(
                        contact, int(self.random.integers(low, high))
                    ).isoformat()
                rows.append({"case_id": self.ids[i], "tool": tool, "used_date": used})
        return sorted(
            rows, key=lambda row: (row["case_id"], scale("tool").codes.index(row["tool"]))
        )
