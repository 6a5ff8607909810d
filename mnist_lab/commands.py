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
        experiment: what its form shows at first.
        data: which digits, as `data.sources.load` takes it.
        theme: None means the one chosen last time.
        page: which page, as it was typed; None means the one a newcomer sees first.
    """

    experiment: Experiment
    data: str
    theme: Theme | None
    page: str | None = None


@dataclass(frozen=True)
class TrainCommand:
    """Train in the terminal and tell the result.

    Attributes:
        experiment: what to train.
        data: which digits, as `data.sources.load` takes it; "full" is downloaded if it is not on this computer.
        as_json: one JSON object is all that stdout gets; else lines for a person.
        is_plain: train without XLA, with the bits of Keras's own `train_on_batch`.
    """

    experiment: Experiment
    data: str
    as_json: bool = False
    is_plain: bool = False


@dataclass(frozen=True)
class ScreenshotsCommand:
    """Write one picture a page into `directory`; `width` and `height` in pixels before scaling."""

    directory: Path
    width: int
    height: int
    scale: float
    theme: Theme


@dataclass(frozen=True)
class SelfTestCommand:
    """Say what works on this machine."""


Command = WindowCommand | TrainCommand | ScreenshotsCommand | SelfTestCommand
