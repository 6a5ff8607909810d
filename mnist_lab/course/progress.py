"""How far the learner is: kept with the session, judged when it is read."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError

_Words = Annotated[str, Field(max_length=4000)]
_Id = Annotated[str, Field(max_length=200)]
Guess = Annotated[float, Field(allow_inf_nan=False)] | _Id


class QuizAnswer(BaseModel):
    """The answer to one question.

    Attributes:
        option: the id of the option chosen.
        is_right: whether it was the right one.
        day: on which day it was given, as "2026-11-30".
        times: how often the question was answered by now.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    option: _Id
    is_right: bool
    day: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    times: Annotated[int, Field(ge=1)] = 1


class CourseProgress(BaseModel):
    """Everything the course keeps of a learner.

    Attributes:
        step: the id of the step that is in hand; "" before the first.
        reached: ids of the steps whose goal was reached, in the order of their reaching.
        guesses: what was predicted, by step.
        outcomes: what happened then, by step.
        runs: the number of the run that was looked at when a goal was reached, by step.
        seen: what the learner wrote to "what did you see?", by step.
        answers: to the questions, by their id.
        recalled_on: the day on which old questions came back last, as "2026-11-30"; "" for none.
        was_offered: whether the choice of the first start was made.
        is_open: whether the panel is open.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    step: _Id = ""
    reached: tuple[_Id, ...] = ()
    guesses: dict[_Id, Guess] = {}
    outcomes: dict[_Id, Guess] = {}
    runs: dict[_Id, int] = {}
    seen: dict[_Id, _Words] = {}
    answers: dict[_Id, QuizAnswer] = {}
    recalled_on: Annotated[str, Field(pattern=r"^(\d{4}-\d{2}-\d{2})?$")] = ""
    was_offered: bool = False
    is_open: bool = False

    @classmethod
    def read(cls, kept: JsonValue) -> Self:
        """What was kept of it; a new one where that makes no sense."""
        try:
            return cls.model_validate(kept if kept is not None else {})
        except ValidationError:
            return cls()

    def changed(self, **changes: object) -> Self:
        """The same, but for these attributes."""
        return self.model_validate(self.model_dump() | changes)
