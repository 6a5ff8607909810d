"""`runs export`: kept runs written for other programs."""

import json
import sys

from mnist_lab.commands import ExportCommand
from mnist_lab.exports.formats import export, kind_of
from mnist_lab.exports.lab_files import export_together
from mnist_lab.exports.material import Exported
from mnist_lab.exports.report import export_report
from mnist_lab.moment_commands import moment_as_json, moment_in_words
from mnist_lab.one_line_parser import UsageError
from mnist_lab.run_commands import listed, named
from mnist_lab.runs.facts import RunRow
from mnist_lab.runs.store import RunStore
from mnist_lab.words import QT_TRANSLATE_NOOP

DONE = 0


def export_runs(command: ExportCommand) -> int:
    """Write them, and say where they are; returns the exit status.

    Raises:
        UsageError: several runs do not go into such a file.
        StoreError: there is no such run, or it cannot be read.
        ExportError: it cannot be written so, or not there.
        LabError: its network cannot be made again.
    """
    store = RunStore()
    rows = [listed(store, text) for text in command.runs]
    for row in rows:
        if row.error is not None:
            raise row.error
    exported = _exported(store, [row.id for row in rows], command)
    told = (
        json.dumps(_as_json(rows, exported), allow_nan=False) if command.as_json else _in_words(rows, exported, command)
    )
    sys.stdout.write(told + "\n")
    return DONE


def _exported(store: RunStore, ids: list[str], command: ExportCommand) -> Exported:
    kind = "tensorboard" if command.is_tensorboard else kind_of(command.to)
    if kind == "lab" and command.update is None:
        return export_together(store, ids, command.to, command.own_digits or "used", may_replace=command.may_replace)
    if command.own_digits and kind != "lab":
        raise UsageError(
            QT_TRANSLATE_NOOP("errors", "Digits that you drew go into a .lab file only: leave out --own-digits.")
        )
    if len(ids) > 1 and kind == "html":
        if command.update is not None:
            raise UsageError(
                QT_TRANSLATE_NOOP("errors", "A comparison is of whole runs: leave out --update, or name one run.")
            )
        return export_report(store, ids, command.to, may_replace=command.may_replace)
    if len(ids) > 1 and kind != "tensorboard":
        raise UsageError(
            QT_TRANSLATE_NOOP("errors", "“{path}” tells of one run: name one, not {count}."),
            path=command.to,
            count=len(ids),
        )
    each = [
        export(store, run_id, command.to, update=command.update, kind=kind, may_replace=command.may_replace)
        for run_id in ids
    ]
    if len(each) == 1:
        return each[0]
    remarks = {str(remark): remark for one in each for remark in one.remarks}  # how to open it is told once
    return Exported(tuple(path for one in each for path in one.paths), tuple(remarks.values()))


def _as_json(rows: list[RunRow], exported: Exported) -> dict[str, object]:
    """`files` are all that were written, the one that was asked for first; of a network also what `runs weights` tells.

    That is missing where no network was written.
    """
    told: dict[str, object] = {
        "run_ids": [row.id for row in rows],
        "run_numbers": [row.number for row in rows],
        "files": [str(path) for path in exported.paths],
        "remarks": [str(remark) for remark in exported.remarks],
    }
    return told if exported.moment is None else told | moment_as_json(exported.moment)


def _in_words(rows: list[RunRow], exported: Exported, command: ExportCommand) -> str:
    whose = ", ".join(named(row) for row in rows)
    moment = exported.moment
    update = command.update if moment is None else moment.updates
    if update is not None:
        whose += f" after update {update:,}"
    lines = [f"{whose}: {', '.join(map(str, exported.paths))}"]
    lines[0] += f" ({moment_in_words(moment)})." if moment is not None else "."
    return "\n".join([*lines, *map(str, exported.remarks)])
