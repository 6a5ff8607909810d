"""In which forms a run leaves the lab: one entry each, for the window and the terminal alike."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from mnist_lab.exports.curves_picture import write_picture
from mnist_lab.exports.errors import ExportError
from mnist_lab.exports.lab_files import write_lab
from mnist_lab.exports.material import Exported, Material, Translated, in_english
from mnist_lab.exports.networks import write_keras, write_weights
from mnist_lab.exports.programs import write_notebook, write_script
from mnist_lab.exports.report import write_report
from mnist_lab.exports.tables import table_files, write_tables
from mnist_lab.exports.targets import check_ending, check_folder, check_new
from mnist_lab.exports.tensorboard_logs import write_logs
from mnist_lab.network.control import Control
from mnist_lab.runs.store import RunStore
from mnist_lab.words import QT_TRANSLATE_NOOP, Listing


def _itself(path: Path) -> tuple[Path, ...]:
    return (path,)


@dataclass(frozen=True)
class ExportFormat:
    """One form.

    Attributes:
        ending: of the file's name, with its point; "" where it is a folder.
        title: what it is called where one is chosen, to be translated in the context "exports".
        write: writes a run to a path that was looked at before; raises LabError, or Cancelled where nobody waits.
        has_moments: whether it can be had of a run after any of its updates; else of the whole run only.
        of_networks: whether it can be had of a kept network, too, which has no numbers and no settings.
        files: the files that are written for a path, the path itself first; of a folder, that alone.
    """

    ending: str
    title: str
    write: Callable[[Material, Path], Exported]
    has_moments: bool = True
    of_networks: bool = False
    files: Callable[[Path], tuple[Path, ...]] = _itself


FORMATS: Mapping[str, ExportFormat] = {
    "csv": ExportFormat(
        ".csv", QT_TRANSLATE_NOOP("exports", "Curves as tables (CSV)"), write_tables, files=table_files
    ),
    "svg": ExportFormat(".svg", QT_TRANSLATE_NOOP("exports", "Curves as a picture (SVG)"), write_picture),
    "npz": ExportFormat(".npz", QT_TRANSLATE_NOOP("exports", "Weights (NumPy .npz)"), write_weights, of_networks=True),
    "keras": ExportFormat(".keras", QT_TRANSLATE_NOOP("exports", "Keras model"), write_keras, of_networks=True),
    "py": ExportFormat(".py", QT_TRANSLATE_NOOP("exports", "Keras program (Python)"), write_script),
    "ipynb": ExportFormat(".ipynb", QT_TRANSLATE_NOOP("exports", "Keras program (Jupyter notebook)"), write_notebook),
    "html": ExportFormat(".html", QT_TRANSLATE_NOOP("exports", "Report to read and print (HTML)"), write_report),
    "lab": ExportFormat(
        ".lab", QT_TRANSLATE_NOOP("exports", "The whole run, for another lab"), write_lab, False, of_networks=True
    ),
    "tensorboard": ExportFormat("", QT_TRANSLATE_NOOP("exports", "Logs for TensorBoard (folder)"), write_logs),
}
"""Every form, by its key."""


def kind_of(path: Path) -> str:
    """The key of the form that a file's name ends like.

    Raises:
        ExportError: it is none.
    """
    found = [key for key, form in FORMATS.items() if form.ending and form.ending == path.suffix.lower()]
    if found:
        return found[0]
    raise ExportError(
        QT_TRANSLATE_NOOP(
            "errors",
            "“{path}” does not say what is to be written: let its name end in {endings}; --tensorboard takes a folder.",
        ),
        path=path,
        endings=_endings(FORMATS.values()),
    )


def _endings(forms: Iterable[ExportFormat]) -> Listing:
    return Listing(", ".join(form.ending for form in forms if form.ending))


def export(
    store: RunStore,
    run_id: str,
    path: Path,
    *,
    update: int | None = None,
    kind: str | None = None,
    is_wanted: Callable[[], bool] = lambda: True,
    control: Control | None = None,
    may_replace: bool = True,
    translated: Translated = in_english,
) -> Exported:
    """Write a kept run, or its network, for other programs. It takes its time: never call it in the window's thread.

    Args:
        store: where it is kept.
        run_id: its id.
        path: where to; its folder need not exist.
        update: the run as it was after so many gradient updates; None: as far as it is kept.
        kind: a key of `FORMATS`; None: the one that `path` ends like.
        is_wanted: whether anybody still waits for it; asked now and then.
        control: of the run that is live in this process, this one or another; None: none is.
        may_replace: whether files that are there may be replaced.
        translated: the language of what is written for people.

    Raises:
        ExportError: it cannot be written so, or not there.
        Cancelled: nobody waits for it any more.
        LabError: the run cannot be read, or its network not be had.
    """
    kind = kind_of(path) if kind is None else kind
    form = FORMATS[kind]
    check_target(form, path, may_replace=may_replace)
    if update is not None and not form.has_moments:
        raise ExportError(
            QT_TRANSLATE_NOOP("errors", "A file that ends in {ending} tells of the whole run: leave out the update."),
            ending=form.ending,
        )
    material = Material(store, run_id, update, control, is_wanted, may_replace=may_replace, translated=translated)
    if material.kept.facts.kind == "network" and not form.of_networks:
        raise ExportError(
            QT_TRANSLATE_NOOP(
                "errors",
                "Number {number} is a kept network without a run: it can be written as {endings}, or choose a run.",
            ),
            number=material.kept.facts.number,
            endings=_endings(one for one in FORMATS.values() if one.of_networks),
        )
    return form.write(material, path)


def check_target(form: ExportFormat, path: Path, *, may_replace: bool) -> None:
    """See that `path` is a place for such an export.

    Raises:
        ExportError: it is not.
    """
    if not form.ending:
        check_folder(path)
        return
    check_ending(path, form.ending)
    for file in form.files(path):
        check_new(file, may_replace=may_replace)
