"""What the lab can be asked for by `python main.py …`, once the arguments are read."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from mnist_lab.experiment import Experiment

Theme = Literal["light", "dark", "system"]


@dataclass(frozen=True)
class WindowCommand:
    """Open the window.

    Attributes:
        experiment: what its form shows at first; None means what it showed last time.
        data: which digits, as `data.sources.load` takes it; None means those of last time.
        theme: None means the one chosen last time.
        page: which page, as it was typed; None means the one of last time.
        lesson: the file of a lesson to begin with; None for none.
    """

    experiment: Experiment | None
    data: str | None
    theme: Theme | None
    page: str | None = None
    lesson: Path | None = None


@dataclass(frozen=True)
class TrainCommand:
    """Train in the terminal and tell the result.

    Attributes:
        experiment: what to train.
        data: which digits, as `data.sources.load` takes it; "full" is downloaded if it is not on this computer.
        as_json: one JSON object is all that stdout gets; else lines for a person.
        is_plain: train without XLA, with the bits of Keras's own `train_on_batch`.
        is_kept: whether the run is kept.
    """

    experiment: Experiment
    data: str
    as_json: bool = False
    is_plain: bool = False
    is_kept: bool = True


@dataclass(frozen=True)
class ResumeCommand:
    """Go on in the terminal with a run that was interrupted or stopped, with its own settings and digits.

    Attributes:
        run: which, as it was typed: its number, its id or the beginning of that.
        as_json: as in `TrainCommand`.
    """

    run: str
    as_json: bool = False


RunsAction = Literal["list", "show", "delete", "restore", "check"]


@dataclass(frozen=True)
class RunsCommand:
    """Tell of kept runs, or move them to the lab's bin and back.

    Attributes:
        action: what to do.
        run: with which, as it was typed; "" where it is for all.
        as_json: one JSON value is all that stdout gets.
        with_batches: tell every batch's loss and accuracy, too.
    """

    action: RunsAction
    run: str = ""
    as_json: bool = False
    with_batches: bool = False


@dataclass(frozen=True)
class ScreenshotsCommand:
    """Write one picture a page into `directory`; `width` and `height` in pixels before scaling."""

    directory: Path
    width: int
    height: int
    scale: float
    theme: Theme


@dataclass(frozen=True)
class LessonsCommand:
    """List the steps of the course.

    Attributes:
        as_json: one JSON list is all that stdout gets.
    """

    as_json: bool = False


@dataclass(frozen=True)
class SelfTestCommand:
    """Say what works on this machine."""


Command = (
    WindowCommand | TrainCommand | ResumeCommand | RunsCommand | LessonsCommand | ScreenshotsCommand | SelfTestCommand
)
