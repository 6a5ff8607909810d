"""What the lab can be asked for by `python main.py …`, once the arguments are read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from mnist_lab.experiment import Experiment
from mnist_lab.network.pace import Fairness as Fairness

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
        files: what is opened in it: runs, networks, digits, lessons, settings.
    """

    experiment: Experiment | None
    data: str | None
    theme: Theme | None
    page: str | None = None
    lesson: Path | None = None
    files: tuple[Path, ...] = ()


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


RunsAction = Literal["list", "show", "delete", "restore", "check", "judge", "weights"]


@dataclass(frozen=True)
class RunsCommand:
    """Tell of kept runs, move them to the lab's bin and back, write one's network, or let one judge digits.

    Attributes:
        action: what to do.
        run: with which, as it was typed; "" where it is for all.
        as_json: one JSON value is all that stdout gets.
        with_batches: tell every batch's loss and accuracy, too.
        digits: the file of the digits to be judged; None where nothing is judged.
        update: after how many gradient updates the network is wanted; None: after all.
        out: the file that it is written to; None where nothing is written.
    """

    action: RunsAction
    run: str = ""
    as_json: bool = False
    with_batches: bool = False
    digits: Path | None = None
    update: int | None = None
    out: Path | None = None


@dataclass(frozen=True)
class ExportCommand:
    """Write kept runs for other programs.

    Attributes:
        runs: which, as they were typed.
        to: the file, whose ending says how, or with `is_tensorboard` the folder.
        update: after how many of its gradient updates; None: after all.
        is_tensorboard: write what TensorBoard reads.
        may_replace: whether files that are there may be replaced.
        as_json: one JSON object is all that stdout gets.
        own_digits: of the digits that a person drew, which go into a .lab file: “used”, “all” or “none”; "" where
            nothing is said.
    """

    runs: tuple[str, ...]
    to: Path
    update: int | None = None
    is_tensorboard: bool = False
    may_replace: bool = False
    as_json: bool = False
    own_digits: Literal["", "used", "all", "none"] = ""


@dataclass(frozen=True)
class ImportCommand:
    """Take in runs and networks from files.

    Attributes:
        files: .lab, .keras or .npz files.
        as_json: one JSON object is all that stdout gets.
    """

    files: tuple[Path, ...]
    as_json: bool = False


@dataclass(frozen=True)
class ForkCommand:
    """Go on in the terminal from a moment of a kept run, as a new run.

    Attributes:
        run: which, as it was typed.
        update: after how many of its gradient updates; None: after all.
        changes: the settings that are given; all others are that run's.
        data: other digits than that run's, as `data.sources.load` takes them; None: its own.
        hand: the file of a person's digits that it learns beside them; None: it learns none.
        copies: moved copies of each of these; None: as many as is usual.
        as_json: as in `TrainCommand`.
    """

    run: str
    update: int | None = None
    changes: Mapping[str, object] = field(default_factory=dict)
    data: str | None = None
    as_json: bool = False
    hand: Path | None = None
    copies: int | None = None


@dataclass(frozen=True)
class RaceCommand:
    """Let experiments of a file race in the terminal.

    Attributes:
        file: its path, as it was typed.
        fairness: of what all racers get the same: "updates" or "seconds".
        as_json: one JSON object is all that stdout gets.
        is_kept: whether the racers' runs are kept.
    """

    file: str
    fairness: Fairness = "updates"
    as_json: bool = False
    is_kept: bool = True


@dataclass(frozen=True)
class SweepCommand:
    """Train the experiments of a sweep in the terminal, several at a time.

    Attributes:
        file: its path, as it was typed; None: the sweep that was begun last goes on.
        workers: how many are trained at a time; None: as many as suit this computer.
        cluster: the address of the Ray cluster whose computers train them; None: this computer does.
        token: the file with that cluster's token; None: Ray's usual places.
        is_dry: only say what would be trained, and what that would take.
        as_json: one JSON object is all that stdout gets.
    """

    file: str | None
    workers: int | None = None
    cluster: str | None = None
    token: Path | None = None
    is_dry: bool = False
    as_json: bool = False


@dataclass(frozen=True)
class RangeTestCommand:
    """Try a range of learning rates on a clone of a network.

    Attributes:
        experiment: what is trained; its learning rate counts for nothing.
        data: which digits, as in `TrainCommand`.
        as_json: one JSON object is all that stdout gets.
        run: a kept run, from whose network, settings and digits it begins instead; "" for none.
        update: after how many of that run's gradient updates; None: after all.
    """

    experiment: Experiment
    data: str
    as_json: bool = False
    run: str = ""
    update: int | None = None


@dataclass(frozen=True)
class ScriptCommand:
    """Print the Keras program of some settings.

    Attributes:
        experiment: what it trains.
        data: on which digits, as `data.sources.load` takes them; "full" is downloaded by the program.
        checks: whether it sets threads as the lab does, and prints at its end what is to be compared.
        is_notebook: whether it is printed as a Jupyter notebook.
    """

    experiment: Experiment
    data: str
    checks: bool = False
    is_notebook: bool = False


@dataclass(frozen=True)
class SettingsCommand:
    """Print some settings as one line of text.

    Attributes:
        experiment: the settings.
        as_json: print them as one JSON object instead.
    """

    experiment: Experiment
    as_json: bool = False


@dataclass(frozen=True)
class ScreenshotsCommand:
    """Write one picture a page into `directory`; `width` and `height` in pixels before scaling.

    Attributes:
        has_film: whether a moving picture is written, too.
    """

    directory: Path
    width: int
    height: int
    scale: float
    theme: Theme
    has_film: bool = False


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


@dataclass(frozen=True)
class DesktopCommand:
    """Put the lab into the menu of the desktop, or take it out.

    Attributes:
        is_removed: whether it is taken out.
    """

    is_removed: bool = False


Command = (
    WindowCommand
    | TrainCommand
    | ResumeCommand
    | RunsCommand
    | ExportCommand
    | ImportCommand
    | ForkCommand
    | RaceCommand
    | SweepCommand
    | RangeTestCommand
    | LessonsCommand
    | ScriptCommand
    | SettingsCommand
    | ScreenshotsCommand
    | SelfTestCommand
    | DesktopCommand
)
