"""What may follow `runs`, and `train --resume`: arguments of commands about runs that are kept."""

import argparse
from pathlib import Path
from typing import Any, Literal

from mnist_lab.argument_values import OTHER_NAMES, read_whole
from mnist_lab.commands import ExportCommand, ForkCommand, ImportCommand, ResumeCommand, RunsAction, RunsCommand
from mnist_lab.experiment_arguments import add_experiment, read_settings
from mnist_lab.one_line_parser import UsageError
from mnist_lab.words import QT_TRANSLATE_NOOP, Listing

RUNS_ACTIONS = ("show", "delete", "restore", "check", "judge", "weights", "export", "import", "fork")
_BESIDE_RESUME = ("command", "json", "resume")
HAND_FILE = "a JSON list of digits as pen strokes: {“label”: 0-9, “strokes”: [[[x, y], ...], ...]}, y pointing down"
_ENDINGS = (
    ".csv (curves as tables), .svg (curves as a picture), .npz (weights), .keras (model), .py and .ipynb (the program"
    " that trains it), .html (a report; of several runs, a comparison), .lab (the whole run, for another lab)"
)
"""Of the files that `runs export` writes: `exports.FORMATS`, which is not read here, as that takes all of NumPy."""
_ID = "its number, its id, or the beginning of the id"


def add_runs(parser: argparse.ArgumentParser) -> None:
    """Let `parser` take what may follow `runs`; `runs_command` reads it."""
    _add_json(parser, "print the list as JSON")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", title="actions")
    show = _add_action(actions, "show", "tell everything about a run")
    _add_json(show, "print it as one JSON object")
    show.add_argument(
        "--batches",
        action="store_true",
        default=argparse.SUPPRESS,
        help="also every batch's own loss and accuracy",
    )
    _add_action(actions, "delete", "move a run to the lab's bin; restore brings it back")
    _add_action(actions, "restore", "bring a deleted run back")
    judge = _add_action(actions, "judge", "let a run's network read digits that a person wrote")
    judge.add_argument("--digits", metavar="FILE", type=Path, required=True, help=HAND_FILE)
    _add_json(judge, "print accuracy, count and answers as one JSON object")
    weights = _add_action(actions, "weights", "write the network of a run to a file, as it was after any update")
    add_update(weights)
    weights.add_argument("--out", metavar="FILE.npz", type=Path, required=True, help="where to write it")
    _add_json(weights, "print a hash of it, and whether it is identical, as one JSON object")
    _add_export(actions)
    _add_import(actions)
    fork = _add_action(
        actions, "fork", "go on from any update of a run as a new run, with other settings", other_names=OTHER_NAMES
    )
    add_update(fork)
    add_experiment(fork, of_parent=True)
    fork.add_argument(
        "--learn-hand", metavar="FILE", type=Path, default=argparse.SUPPRESS, help=f"learn a person's hand: {HAND_FILE}"
    )
    fork.add_argument(
        "--copies",
        metavar="N",
        type=_read_copies,
        default=argparse.SUPPRESS,
        help="moved copies of each digit of that hand (default: 40)",
    )
    _add_json(fork, "print the result as one JSON object, nothing else")
    actions.add_parser("check", help="read every file of a run and say what is whole")


def _add_export(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    export: argparse.ArgumentParser = actions.add_parser(
        "export",
        help="write a run for other programs: tables, networks, programs, reports",
        description=f"Write a run for other programs. The ending of PATH says how: {_ENDINGS}.",
    )
    export.add_argument("run", metavar="ID", nargs="+", help=f"{_ID}; several where PATH can tell of them")
    export.add_argument("--to", metavar="PATH", type=Path, required=True, help="where to write it")
    add_update(export)
    export.add_argument(
        "--tensorboard",
        action="store_true",
        default=argparse.SUPPRESS,
        help="PATH is a folder, and gets one with the logs of each run in it, for TensorBoard",
    )
    export.add_argument(
        "--force",
        action="store_true",
        default=argparse.SUPPRESS,
        help="replace what is there; without it nothing is ever replaced",
    )
    export.add_argument(
        "--own-digits",
        metavar="WHICH",
        default=argparse.SUPPRESS,
        help="of the digits that you drew, which go into a .lab file: used (by the run; default), all, none",
    )
    _add_json(export, "print the files that were written, and what is to be known of them, as one JSON object")


def _add_import(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    does = "take in runs from .lab files, and networks from .keras files"
    parser: argparse.ArgumentParser = actions.add_parser(
        "import", help=does, description=f"{does[:1].upper()}{does[1:]}; what is here already stays as it is."
    )
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="a .lab or .keras file")
    _add_json(parser, "print what has become of each as one JSON object")


def _add_action(
    actions: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, does: str, **more: Any
) -> argparse.ArgumentParser:
    description = does[:1].upper() + does[1:] + "."
    parser: argparse.ArgumentParser = actions.add_parser(name, help=does, description=description, **more)
    parser.add_argument("run", metavar="ID", help=_ID)
    return parser


def _add_json(parser: argparse.ArgumentParser, does: str) -> None:
    # Left out means not in the namespace: an action must not undo what stands before it.
    parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=does)


def add_update(parser: argparse.ArgumentParser) -> None:
    """Let it take the moment of a run."""
    parser.add_argument(
        "--update",
        metavar="K",
        default=argparse.SUPPRESS,
        type=_read_update,
        help="after how many gradient updates, from 0 (default: after all)",
    )


def _read_update(text: str) -> int:
    update = read_whole(text)
    if isinstance(update, int) and update >= 0:
        return update
    raise UsageError(
        QT_TRANSLATE_NOOP("errors", "The update cannot be {value}: it must be a whole number, 0 for the start."),
        value=text,
    )


def _read_copies(text: str) -> int:
    copies = read_whole(text)
    if isinstance(copies, int) and copies >= 0:
        return copies
    raise UsageError(
        QT_TRANSLATE_NOOP("errors", "The copies cannot be {value}: give a whole number, 0 for none."), value=text
    )


def _fork_command(options: argparse.Namespace) -> ForkCommand:
    given = vars(options)
    hand, copies = given.get("learn_hand"), given.get("copies")
    if copies is not None and hand is None:
        raise UsageError(
            QT_TRANSLATE_NOOP(
                "errors", "--copies are those of a hand: name its file too, as in --learn-hand FILE.json."
            )
        )
    return ForkCommand(
        given["run"],
        given.get("update"),
        read_settings(options),
        given.get("data"),
        given.get("json", False),
        hand,
        copies,
    )


def runs_command(options: argparse.Namespace) -> RunsCommand | ForkCommand | ExportCommand | ImportCommand:
    """Read what followed `runs`."""
    given = vars(options)
    if given["action"] == "export":
        return ExportCommand(
            tuple(given["run"]),
            given["to"],
            given.get("update"),
            given.get("tensorboard", False),
            given.get("force", False),
            given.get("json", False),
            _own_digits(given.get("own_digits", "")),
        )
    if given["action"] == "import":
        return ImportCommand(tuple(given["files"]), given.get("json", False))
    if given["action"] == "fork":
        return _fork_command(options)
    action: RunsAction = given["action"] or "list"
    as_json = given.get("json", False)
    if as_json and action not in ("list", "show", "judge", "weights"):
        raise UsageError(
            QT_TRANSLATE_NOOP("errors", "“runs {action}” prints no JSON: leave out --json."), action=action
        )
    return RunsCommand(
        action,
        given.get("run", ""),
        as_json,
        given.get("batches", False),
        given.get("digits"),
        given.get("update"),
        given.get("out"),
    )


def _own_digits(text: str) -> Literal["", "used", "all", "none"]:
    match text:
        case "" | "used" | "all" | "none":
            return text
    raise UsageError(
        QT_TRANSLATE_NOOP("errors", "The own digits cannot be {value}: they must be used, all or none."), value=text
    )


def add_keeping(train: argparse.ArgumentParser) -> None:
    """Let `train` be told what becomes of its run, and go on with one."""
    train.add_argument("--no-keep", action="store_true", default=argparse.SUPPRESS, help="do not keep the run")
    train.add_argument(
        "--resume",
        metavar="ID",
        nargs="?",  # so that `resume_command` says what is missing, in words of its own
        const="",
        default=argparse.SUPPRESS,
        help=f"go on with a run that was interrupted or stopped, with its own settings and digits: {_ID}",
    )


def resume_command(options: argparse.Namespace) -> ResumeCommand:
    """Read `train --resume ID`, which stands alone but for --json.

    Raises:
        UsageError: it names no run, or there are settings beside it.
    """
    if not options.resume:
        raise UsageError(
            QT_TRANSLATE_NOOP(
                "errors",
                "--resume needs the number of the run that is to go on, as in --resume 7: “runs” lists all runs with "
                "their numbers, and which were interrupted or stopped.",
            )
        )
    others = sorted(name for name, value in vars(options).items() if name not in _BESIDE_RESUME and value is not False)
    if others:
        raise UsageError(
            QT_TRANSLATE_NOOP("errors", "--resume goes on with the run's own settings and digits: leave out {others}."),
            others=Listing(", ".join(f"--{name.replace('_', '-')}" for name in others)),
        )
    return ResumeCommand(options.resume, options.json)
