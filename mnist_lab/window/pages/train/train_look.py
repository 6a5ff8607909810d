"""How one looks at the run on the Train page; kept outside the page, which comes and goes."""

from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError

from mnist_lab.runs.run import Run
from mnist_lab.window.pages.train.close_up import CloseUp
from mnist_lab.window.pages.train.curve_look import CurveLook
from mnist_lab.window.pages.train.ghost_curve import GhostPair
from mnist_lab.window.state.views import View
from mnist_lab.window.widgets.pictures.tile_look import TileLook

_KEPT = "look"


class _KeptLook(BaseModel):
    """What the next session finds of it: the switches beside the pictures."""

    model_config = ConfigDict(strict=True)

    is_log: bool = False
    is_close: bool | None = None
    shows_change: bool = False
    shows_previous: bool = True


@dataclass(eq=False)
class TrainLook:
    """The ways in which its three pictures are looked at.

    Attributes:
        run: the run that they show; None before the first.
        loss: the curve of the loss.
        accuracy: the curve of the accuracy.
        close_up: whether both curves are shown close up.
        tiles: the weights of the first layer.
        shows_change: whether the tiles show what training has changed, instead of the weights themselves.
        shows_previous: whether the run that was looked at before is shown behind the curves.
        ghosts: the curves of that run; None where there is none.
        reasons: how often one has asked why there is a gap.
    """

    run: Run | None = None
    loss: CurveLook = field(default_factory=CurveLook)
    accuracy: CurveLook = field(default_factory=CurveLook)
    close_up: CloseUp = field(default_factory=CloseUp)
    tiles: TileLook = field(default_factory=TileLook)
    shows_change: bool = False
    shows_previous: bool = True
    ghosts: GhostPair | None = None
    reasons: int = 0

    def count_reason(self) -> None:
        """One has asked once more."""
        self.reasons += 1

    @classmethod
    def of_last_time(cls, view: View) -> "TrainLook":
        """As one looked in the last session, which `view` has; from now on kept for the next."""
        look = cls()
        try:
            kept = _KeptLook.model_validate(view.kept(_KEPT) or {})
        except ValidationError:  # of another version: all switches are off, as at first
            kept = _KeptLook()
        look.loss.is_log, look.close_up.chosen, look.shows_change = kept.is_log, kept.is_close, kept.shows_change
        look.shows_previous = kept.shows_previous
        view.keep(_KEPT, look._to_keep)
        return look

    def _to_keep(self) -> JsonValue:
        return _KeptLook(
            is_log=self.loss.is_log,
            is_close=self.close_up.chosen,
            shows_change=self.shows_change,
            shows_previous=self.shows_previous,
        ).model_dump()
