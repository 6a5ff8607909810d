"""The goals that a lesson file can choose from: each is data, and becomes one of the course's own pure functions."""

import re
from collections.abc import Callable, Mapping
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError

from mnist_lab.course.goals import Goal, all_of, any_of, told, told_number, trained
from mnist_lab.course.lesson_errors import LessonError, explained
from mnist_lab.course.state import DrawingFacts, RunSeen, Value
from mnist_lab.optimizers import OPTIMIZERS
from mnist_lab.words import QT_TRANSLATE_NOOP, Listing

PAGES = ("data", "train", "weights", "evaluate", "draw", "descent", "tensors", "experiments", "runs")
"""As a lesson file names them: their objectNames without “Page”."""

MOST_GOALS, MOST_DEPTH = 8, 3
"""In an “all” or “any”, and of such lists within each other."""
_FACT = re.compile(r"([a-z]+)Page\.[A-Za-z0-9_. ]{1,100}")

_Share = Annotated[float, Field(ge=0, le=1, strict=True)]
_Count = Annotated[int, Field(ge=1, le=10**9, strict=True)]
_Number = Annotated[float, Field(allow_inf_nan=False, strict=True)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


_Asked = TypeVar("_Asked", bound=_Strict)


class _Train(_Strict):
    test_accuracy: _Share | None = None
    most_units: _Count | None = None
    least_units: _Count | None = None
    most_updates: _Count | None = None
    most_epochs: _Count | None = None
    most_gap: _Share | None = None
    optimizer: str | None = None

    def holds(self, run: RunSeen) -> bool:
        experiment, units = run.experiment, sum(run.experiment.hidden_units)
        accuracy, trained_accuracy = run.test_accuracy, run.train_accuracy
        gap = None if accuracy is None or trained_accuracy is None else trained_accuracy - accuracy
        return (
            (self.test_accuracy is None or (accuracy is not None and accuracy >= self.test_accuracy))
            and (self.most_units is None or units <= self.most_units)
            and (self.least_units is None or units >= self.least_units)
            and (self.most_updates is None or run.updates <= self.most_updates)
            and (self.most_epochs is None or len(run.epochs) <= self.most_epochs)
            and (self.most_gap is None or (gap is not None and gap <= self.most_gap))
            and (self.optimizer is None or experiment.optimizer == self.optimizer)
        )


class _Draw(_Strict):
    answer: Annotated[int, Field(ge=0, le=9, strict=True)] | None = None
    certainty: _Share | None = None
    fooled: Literal[True] | None = None

    def holds(self, drawing: DrawingFacts) -> bool:
        return (
            drawing.answer is not None
            and (self.answer is None or drawing.answer == self.answer)
            and (self.certainty is None or (drawing.certainty or 0.0) >= self.certainty)
            and (self.fooled is None or (drawing.label is not None and drawing.label != drawing.answer))
        )


class _Fact(_Strict):
    fact: Annotated[str, Field(max_length=200)]
    is_: Annotated[bool | int | float | str | None, Field(alias="is")] = None
    at_least: _Number | None = None
    at_most: _Number | None = None

    def goal(self) -> Goal:
        if self.is_ is not None:
            return told(self.fact, lambda value: _is_same(value, self.is_))
        low, high = self.at_least, self.at_most
        if low is None and high is None:
            return told(self.fact)
        return told_number(self.fact, lambda value: (low is None or value >= low) and (high is None or value <= high))


def _is_same(value: Value, wanted: Value) -> bool:
    return isinstance(value, bool) == isinstance(wanted, bool) and value == wanted


def page_named(name: str, place: str) -> str:
    """The objectName of a page that a lesson names, in short or in full.

    Raises:
        LessonError: there is none.
    """
    short = name.removesuffix("Page")
    if short not in PAGES:
        raise LessonError(
            QT_TRANSLATE_NOOP("errors", "{place}: there is no page “{name}”; the pages are {pages}."),
            place=place,
            name=name,
            pages=Listing(", ".join(PAGES)),
        )
    return f"{short}Page"


def goal_of(described: JsonValue, place: str, depth: int = 1) -> Goal:
    """The goal that is described, as {"train": {"test_accuracy": 0.9}}.

    Args:
        described: as it stands in the file.
        place: what a sentence calls it, as “step 3, goal”.
        depth: within how many lists of goals it stands, and one.

    Raises:
        LessonError: one sentence on what is wrong and what would be right.
    """
    kind = next((name for name in _KINDS if isinstance(described, dict) and name in described), None)
    if kind is None or not isinstance(described, dict) or (kind != "fact" and len(described) > 1):
        raise LessonError(
            QT_TRANSLATE_NOOP("errors", "{place}: a goal is an object with one of {kinds}."),
            place=place,
            kinds=Listing(", ".join(_KINDS)),
        )
    return _KINDS[kind](described, place, depth)


def _train(described: Mapping[str, JsonValue], place: str, _depth: int) -> Goal:
    asked = _judged(_Train, described["train"], f"{place}, train")
    known = [spec.identifier for spec in OPTIMIZERS]
    if asked.optimizer is not None and asked.optimizer not in known:
        raise LessonError(
            QT_TRANSLATE_NOOP("errors", "{place}: there is no optimizer “{name}”; they are {known}."),
            place=place,
            name=asked.optimizer,
            known=Listing(", ".join(known)),
        )
    return trained(asked.holds)


def _draw(described: Mapping[str, JsonValue], place: str, _depth: int) -> Goal:
    asked = _judged(_Draw, described["draw"], f"{place}, draw")
    return lambda entry, now: now.is_newer("drawing", entry) and now.drawing is not None and asked.holds(now.drawing)


def _fact(described: Mapping[str, JsonValue], place: str, _depth: int) -> Goal:
    asked = _judged(_Fact, dict(described), place)
    match = _FACT.fullmatch(asked.fact)
    if match is None or match[1] not in PAGES:
        raise LessonError(
            QT_TRANSLATE_NOOP(
                "errors",
                "{place}: “{name}” is no fact: it is a page and a name of a control there, as descentPage.descentRate.",
            ),
            place=place,
            name=asked.fact,
        )
    if asked.is_ is not None and (asked.at_least is not None or asked.at_most is not None):
        raise LessonError(
            QT_TRANSLATE_NOOP("errors", "{place}: write either “is”, or “at_least” and “at_most”."), place=place
        )
    return asked.goal()


def _open(described: Mapping[str, JsonValue], place: str, _depth: int) -> Goal:
    page = page_named(str(described["open"]), place)
    return lambda entry, now: now.is_newer("page", entry) and now.page == page


def _own_digits(described: Mapping[str, JsonValue], place: str, _depth: int) -> Goal:
    class _Kept(_Strict):
        own_digits: _Count

    count = _judged(_Kept, dict(described), place).own_digits
    return lambda entry, now: now.is_newer("own_digits", entry) and now.own_digits >= count


def _several(name: str, join: Callable[..., Goal]) -> Callable[[Mapping[str, JsonValue], str, int], Goal]:
    def read(described: Mapping[str, JsonValue], place: str, depth: int) -> Goal:
        goals = described[name]
        if not isinstance(goals, list) or not 1 <= len(goals) <= MOST_GOALS or depth > MOST_DEPTH:
            raise LessonError(
                QT_TRANSLATE_NOOP(
                    "errors",
                    "{place}: “{name}” takes a list of 1 to {most} goals, and such lists stand at most {deep} deep.",
                ),
                place=place,
                name=name,
                most=MOST_GOALS,
                deep=MOST_DEPTH,
            )
        return join(*(goal_of(one, f"{place}, {name} {number}", depth + 1) for number, one in enumerate(goals, 1)))

    return read


_KINDS: dict[str, Callable[[Mapping[str, JsonValue], str, int], Goal]] = {
    "train": _train,
    "draw": _draw,
    "fact": _fact,
    "open": _open,
    "own_digits": _own_digits,
    "all": _several("all", all_of),
    "any": _several("any", any_of),
}


def _judged(kind: type[_Asked], value: JsonValue, place: str) -> _Asked:
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        raise explained(error, place, kind) from error
