"""The list of kept runs as the terminal prints it: a line for each, in columns."""

from collections.abc import Sequence

from mnist_lab.run_report import in_percent
from mnist_lab.runs.facts import DataFacts, RunRow
from mnist_lab.runs.family import Families
from mnist_lab.runs.settings_told import other_settings, shape_and_optimizer

_COLUMNS = ("run", "date", "state", "network", "data", "epochs", "updates", "best", "last", "")


def list_in_words(rows: Sequence[RunRow], families: Families) -> list[str]:
    """The titles of the columns, and a line for each of `rows`; their parents are told by `families`."""
    return _aligned([_COLUMNS, *(_cells(row, families) for row in rows)])


def _cells(row: RunRow, families: Families) -> tuple[str, ...]:
    """A line of the list, by columns."""
    number = ("*" if row.is_starred else "") + (str(row.number) if row.number else row.id[:8])
    date = f"{row.created.astimezone():%Y-%m-%d %H:%M}"
    if row.error is not None:
        return (number, date, row.state, row.problem, *[""] * 6)
    experiment = row.experiment
    network = shape_and_optimizer(experiment) if experiment is not None else "kept network"
    epochs = f"{row.epochs_done:,}/{experiment.epochs:,}" if experiment is not None and row.kind == "run" else ""
    rest = [f"“{row.name}”"] if row.name else []
    rest += [other_settings(experiment)] if experiment is not None else []
    rest += [parent_in_words(row, families)]
    return (
        number,
        date,
        row.state if row.kind == "run" else "",
        network,
        data_in_words(row.data),
        epochs,
        f"{row.updates:,}",
        _share(row.best_accuracy),
        _share(row.last_accuracy),
        ", ".join(part for part in rest if part),
    )


def _aligned(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Lines with columns of even width; numbers stand right, words left. The last may be as long as it is."""
    right = {0, 5, 6, 7, 8}
    whole = [row for row in rows if any(row[4:])]  # a damaged file's sentence makes no column wider
    widths = [max(len(row[column]) for row in whole) for column in range(len(rows[0]))]
    return [
        "  ".join(
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def parent_in_words(row: RunRow, families: Families) -> str:
    """Where it goes on from: `from run 7, update 312`; "" where it is nobody's child."""
    if not row.parent_id:
        return ""
    parent = families.row(row.parent_id)
    kind = "network" if parent is not None and parent.kind == "network" else "run"
    named = f"{kind} {parent.number:,}" if parent is not None and parent.number else f"{kind} {row.parent_id[:8]}"
    named += " (not here)" if parent is None else ""
    return f"from {named}" + (f", update {row.parent_update:,}" if row.parent_update is not None else "")


def data_in_words(data: DataFacts | None) -> str:
    """Which digits it trained on; "" where that is not known."""
    if data is None:
        return ""
    name = {"full": "all of MNIST", "starter": "starter set", "own": data.origin.replace("\\", "/").rsplit("/", 1)[-1]}
    own = f" + {data.own_digits:,} own" if data.own_digits else ""
    return name[data.kind] + own + (f" + a hand of {data.hand.count:,}" if data.hand is not None else "")


def _share(share: float | None) -> str:
    return "" if share is None else in_percent(share)
