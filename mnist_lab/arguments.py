"""What may follow `python main.py` or `mnist-lab`: one table of options, read into a command or explained in a line."""

import argparse
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from mnist_lab import __version__
from mnist_lab.argument_values import OTHER_NAMES
from mnist_lab.commands import (
    Command,
    DesktopCommand,
    LessonsCommand,
    RangeTestCommand,
    ScreenshotsCommand,
    ScriptCommand,
    SelfTestCommand,
    SettingsCommand,
    Theme,
    TrainCommand,
    WindowCommand,
)
from mnist_lab.experiment import Experiment
from mnist_lab.experiment_arguments import WHOLE, add_experiment, add_settings, read_experiment
from mnist_lab.list_arguments import add_race, add_range_test, add_sweep, race_command, range_test_of_run, sweep_command
from mnist_lab.one_line_parser import OneLineParser, UsageError
from mnist_lab.run_arguments import RUNS_ACTIONS, add_keeping, add_runs, resume_command, runs_command
from mnist_lab.words import QT_TRANSLATE_NOOP


def program_name(path: str) -> str:
    """What a person types to start the lab again, by the path of the script that was started."""
    stem = Path(path).stem
    if stem == "__main__":
        return "python -m mnist_lab"
    return "mnist-lab" if stem.startswith("mnist-lab") else "python main.py"


PROGRAM = program_name(sys.argv[0])
COMMANDS = ("train", "race", "sweep", "range-test", "runs", "script", "settings", "lessons", "screenshots")
LEAST_WIDTH, LEAST_HEIGHT, LARGEST_SIDE = 640, 400, 8192  # the window gets no smaller; pages scroll
SMALLEST_SCALE, LARGEST_SCALE = 0.5, 4.0

WINDOW_THEMES: tuple[Theme, ...] = ("light", "dark", "system")
SCREENSHOT_THEMES: tuple[Theme, ...] = ("light", "dark")


_LONE: dict[str, Command] = {
    "self_test": SelfTestCommand(),
    "install_desktop": DesktopCommand(),
    "remove_desktop": DesktopCommand(is_removed=True),
}
"""Options that are commands by themselves."""


def read(arguments: Sequence[str] | None) -> Command:
    """Read the command line; None means the process's own.

    Raises:
        LabError: one sentence on what is wrong and what would be right.
        SystemExit: with 0, after `-h` or `--version`.
    """
    options = _parser().parse_args(arguments)
    for name, lone in _LONE.items():
        if hasattr(options, name):
            _check_alone(options, name)
            return lone
    files = tuple(Path(os.path.expanduser(name)) for name in getattr(options, "opened", ()))
    if files and options.command:
        raise UsageError(
            QT_TRANSLATE_NOOP("errors", "Only the window opens “{path}”: leave out {command}."),
            path=files[0],
            command=options.command,
        )
    if options.command == "screenshots":
        return _screenshots(options)
    if options.command == "runs":
        return runs_command(options)
    if options.command == "lessons":
        return LessonsCommand(options.json)
    if options.command == "race":
        return race_command(options)
    if options.command == "sweep":
        return sweep_command(options)
    if hasattr(options, "resume"):
        return resume_command(options)
    if options.command == "range-test" and (hasattr(options, "run") or hasattr(options, "update")):
        return range_test_of_run(options)
    experiment = read_experiment(options)
    data: str = getattr(options, "data", "auto")
    if options.command == "settings":
        return SettingsCommand(experiment, options.json)
    if options.command == "range-test":
        return RangeTestCommand(experiment, data, options.json)
    if options.command == "script":
        return ScriptCommand(experiment, data, checks=options.check, is_notebook=options.notebook)
    if options.command == "train":
        return TrainCommand(experiment, data, options.json, options.plain, is_kept=not hasattr(options, "no_keep"))
    theme = _theme(getattr(options, "theme", None), WINDOW_THEMES)
    is_named = any(hasattr(options, name) for name in (*WHOLE, *Experiment.model_fields))
    named_data = getattr(options, "data", None)
    page, lesson = getattr(options, "page", None), getattr(options, "lesson", None)
    return WindowCommand(experiment if is_named else None, named_data, theme, page, lesson, files)


def _parser() -> OneLineParser:
    parser = OneLineParser(
        prog=PROGRAM,
        commands=COMMANDS,
        other_names=OTHER_NAMES,
        takes_files=True,
        description="A lab for one's first neural network. Without a command it opens its window, and in it the files "
        "that are named: kept runs (.lab), Keras models (.keras), digits (.npz), lessons, settings.",
        epilog=f"“{PROGRAM} COMMAND -h” explains a command. MNIST_LAB_HOME names the folder for what the lab keeps.",
    )
    parser.add_argument("--version", action="version", version=f"MNIST Lab {__version__}")
    add_experiment(parser)
    _add_window(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    train = commands.add_parser(
        "train",
        other_names=OTHER_NAMES,
        help="train in the terminal",
        description="Train in the terminal, then print loss and accuracy on the test images.",
    )
    _add_train(train)
    add_race(commands)
    add_sweep(commands)
    add_range_test(commands)
    runs = commands.add_parser(
        "runs",
        commands=RUNS_ACTIONS,
        help="list the runs that are kept, tell of one, delete one",
        description="List the runs that are kept, newest first, or do something with one.",
    )
    add_runs(runs)
    script = commands.add_parser(
        "script",
        other_names=OTHER_NAMES,
        help="print the Keras program of some settings",
        description="Print the program of Keras and NumPy that trains the network of these settings.",
    )
    add_experiment(script)
    script.add_argument(
        "--check", action="store_true", help="let it round as the lab does, and print a hash of its weights at the end"
    )
    script.add_argument(
        "--notebook", action="store_true", help="print it as a Jupyter notebook: redirect that into a file.ipynb"
    )
    settings = commands.add_parser(
        "settings",
        other_names=OTHER_NAMES,
        help="print some settings as one line of text",
        description="Print settings as one line of text, for a chat, a worksheet, “Paste settings” or --settings.",
    )
    add_settings(settings)
    settings.add_argument("--json", action="store_true", help="print them as a JSON object, as --experiment reads it")
    lessons = commands.add_parser(
        "lessons", help="list the steps of the course", description="List the steps of the course, part by part."
    )
    lessons.add_argument("--json", action="store_true", help="print them as one JSON list, nothing else")
    screenshots = commands.add_parser(
        "screenshots",
        help="write a picture of every page",
        description="Write one PNG of every page into DIR and print their paths; needs no display.",
    )
    _add_screenshots(screenshots)
    return parser


def _add_window(parser: argparse.ArgumentParser) -> None:
    """Add what is for the window alone, and the self-test, which stands in no command."""
    parser.add_argument("--theme", metavar="THEME", default=argparse.SUPPRESS, help="light, dark or system")
    parser.add_argument(
        "--page", metavar="NAME", default=argparse.SUPPRESS, help="page to open first: train, draw, descent, ..."
    )
    parser.add_argument(
        "--lesson",
        metavar="FILE",
        type=Path,
        default=argparse.SUPPRESS,
        help="a lesson to begin with, as JSON or Markdown (docs/lesson-files.md)",
    )
    parser.add_argument(
        "--self-test",
        action="store_true",
        default=argparse.SUPPRESS,
        help="say what works on this machine, one line each; status 0 when all that is needed does",
    )
    for name, does in (
        ("--install-desktop", "put the lab into the menu of a Linux desktop, and let a double click open .lab files"),
        ("--remove-desktop", "take it out of there"),
    ):
        parser.add_argument(name, action="store_true", default=argparse.SUPPRESS, help=does)


def _add_train(parser: argparse.ArgumentParser) -> None:
    add_experiment(parser)
    parser.add_argument(
        "--plain", action="store_true", help="train without XLA: slower, with the very bits of Keras's own fit"
    )
    parser.add_argument("--json", action="store_true", help="print the result as one JSON object, nothing else")
    add_keeping(parser)


def _add_screenshots(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("directory", metavar="DIR", type=Path, help="folder for the pictures; made if need be")
    parser.add_argument("--size", metavar="WxH", default="1280x800", help="of the window (default: 1280x800)")
    parser.add_argument("--scale", metavar="FACTOR", default="1", help="pixels a pixel (default: 1)")
    parser.add_argument("--theme", metavar="THEME", default="light", help="light or dark (default: light)")
    parser.add_argument("--film", action="store_true", help="also a short moving picture, film.webp; takes a minute")


def _check_alone(options: argparse.Namespace, lone: str) -> None:
    """See that nothing stands beside an option that is a command by itself.

    Raises:
        UsageError: something does.
    """
    names = [name for name in vars(options) if name not in (lone, "command", "opened")]
    flags = [f"--{name.replace('_', '-')}" for name in names]
    others = [options.command] if options.command else [*flags, *getattr(options, "opened", ())]
    if others:
        raise UsageError(
            QT_TRANSLATE_NOOP("errors", "{option} stands alone: leave out {others}."),
            option=f"--{lone.replace('_', '-')}",
            others=", ".join(others),
        )


def _screenshots(options: argparse.Namespace) -> ScreenshotsCommand:
    theme = _theme(options.theme, SCREENSHOT_THEMES)
    assert theme is not None  # argparse gives a default
    width, height = _size(options.size)
    return ScreenshotsCommand(options.directory, width, height, _scale(options.scale), theme, options.film)


def _theme(text: str | None, themes: Sequence[Theme]) -> Theme | None:
    if text is not None and text not in themes:
        raise UsageError(
            QT_TRANSLATE_NOOP("errors", "The theme cannot be {value}: it must be one of {themes}."),
            value=text,
            themes=", ".join(themes),
        )
    return cast("Theme | None", text)


def _size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{1,5})[x×](\d{1,5})", text.lower(), re.ASCII)
    sides = (int(match[1]), int(match[2])) if match else (0, 0)
    if sides[0] < LEAST_WIDTH or sides[1] < LEAST_HEIGHT or max(sides) > LARGEST_SIDE:
        raise UsageError(
            QT_TRANSLATE_NOOP(
                "errors",
                "The size cannot be {value}: it must be like 1280x800, from {width}x{height} to {most}x{most} pixels.",
            ),
            value=text,
            width=LEAST_WIDTH,
            height=LEAST_HEIGHT,
            most=LARGEST_SIDE,
        )
    return sides


def _scale(text: str) -> float:
    try:
        scale = float(text)
    except ValueError:
        scale = 0.0
    if not SMALLEST_SCALE <= scale <= LARGEST_SCALE:
        raise UsageError(
            QT_TRANSLATE_NOOP("errors", "The scale cannot be {value}: it must be a number from {least} to {most}."),
            value=text,
            least=SMALLEST_SCALE,
            most=LARGEST_SCALE,
        )
    return scale
