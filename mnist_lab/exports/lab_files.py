"""Kept runs as a whole, for another lab."""

from collections.abc import Callable, Sequence
from pathlib import Path

from mnist_lab.data import own_digits_file
from mnist_lab.exports.errors import writing
from mnist_lab.exports.material import Exported, Material
from mnist_lab.exports.targets import check_ending, check_new
from mnist_lab.lab_file.parts import SUFFIX
from mnist_lab.lab_file.writing import OwnWish, write_lab_file
from mnist_lab.runs.store import RunStore
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError


def write_lab(material: Material, path: Path) -> Exported:
    """Write a run with all that is kept of it, and with the digits that a person drew for it.

    Raises:
        LabError: it cannot be read, or the file cannot be written.
        Cancelled: nobody waits for it any more.
    """
    with writing(path):
        write_lab_file(path, material.store, [material.run_id], is_wanted=material.is_wanted)
    return Exported((path,), (*material.remarks(), _about_digits()))


def export_together(
    store: RunStore,
    run_ids: Sequence[str],
    path: Path,
    own: OwnWish = "used",
    *,
    is_wanted: Callable[[], bool] = lambda: True,
    may_replace: bool = True,
) -> Exported:
    """Write several runs into one .lab file.

    Args:
        store: where they are kept.
        run_ids: which, in this order.
        path: where to.
        own: which of the digits that a person drew go with them: those that a run was trained on, all, or none.
        is_wanted: whether anybody still waits for it.
        may_replace: whether a file that is there may be replaced.

    Raises:
        ExportError: it cannot be written there.
        Cancelled: nobody waits for it any more.
        LabError: a run, or the own digits, cannot be read.
    """
    check_ending(path, SUFFIX)
    check_new(path, may_replace=may_replace)
    drawn = own_digits_file.read(own_digits_file.usual_path()).own if own == "all" else None
    with writing(path):
        write_lab_file(path, store, run_ids, with_digits=own != "none", own=drawn, is_wanted=is_wanted)
    live = [remark for run_id in run_ids for remark in Material(store, run_id).remarks()]
    return Exported((path,), (*live, _about_digits()))


def _about_digits() -> LabError:
    return LabError(
        QT_TRANSLATE_NOOP(
            "errors",
            "Open it in another lab. Of the digits that it was trained on only those are in it that you drew: to be "
            "replayed or to go on, it needs the others there, too.",
        )
    )
