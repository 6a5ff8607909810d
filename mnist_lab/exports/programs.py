"""The Keras program of a run, as a script and as a notebook."""

from functools import partial
from pathlib import Path

from mnist_lab.exports.errors import ExportError, writing
from mnist_lab.exports.material import Exported, Material
from mnist_lab.exports.targets import check_new
from mnist_lab.files.atomic import DOCUMENT, write_atomically
from mnist_lab.mirror.kept import KeptProgram, kept_program
from mnist_lab.mirror.notebook import CONTEXT, notebook
from mnist_lab.mirror.saving import npz
from mnist_lab.runs.moments import last_moment, recording_of, snapshot_reader
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError


def write_script(material: Material, path: Path) -> Exported:
    """Write the program as Python.

    Raises:
        LabError: there is none, or something cannot be written.
    """
    program = program_of(material, path)
    return _written(material, path, program, program.program.text)


def write_notebook(material: Material, path: Path) -> Exported:
    """Write it for Jupyter.

    Raises:
        LabError: there is none, or something cannot be written.
    """
    program = program_of(material, path)
    return _written(material, path, program, notebook(program.program, partial(material.translated, CONTEXT)))


def program_of(material: Material, path: Path) -> KeptProgram:
    """The program that leads to the network of a run at its moment, to be written to `path`.

    Raises:
        ExportError: its digits are not here.
        LabError: no program leads there.
    """
    kept, digits = material.kept, material.digits
    if digits is None or kept.facts.data is None:
        raise ExportError(
            QT_TRANSLATE_NOOP(
                "errors",
                "The digits that run {number} was trained on are not here, so no program can load them: put them back,"
                " or choose another run.",
            ),
            number=kept.facts.number,
        )
    recording = recording_of(kept, digits, snapshot_reader(material.store, material.run_id))
    with writing(path):
        return kept_program(
            recording,
            path,
            until=last_moment(kept),
            own_digits=kept.facts.data.own_digits,
            begins_trained=kept.facts.begins_trained,
        )


def _written(material: Material, path: Path, program: KeptProgram, text: str) -> Exported:
    """Write what it reads, and then the program itself."""
    material.check()
    contents = {file: npz(arrays) for file, arrays in program.files.items()}
    needed = [file for file, content in contents.items() if not _has_content(file, content)]
    for file in needed:
        check_new(file, may_replace=material.may_replace)
    for file in needed:
        with writing(file):
            write_atomically(file, contents[file], DOCUMENT)
    with writing(path):
        write_atomically(path, text.encode(), DOCUMENT)
    return Exported((path, *program.files), (*material.remarks(), *_remarks(material, program)))


def _has_content(file: Path, content: bytes) -> bool:
    """Whether this is what stands there: script and notebook of a run read the same file."""
    with writing(file):
        return file.is_file() and file.stat().st_size == len(content) and file.read_bytes() == content


def _remarks(material: Material, program: KeptProgram) -> list[LabError]:
    remarks = [
        LabError(QT_TRANSLATE_NOOP("errors", "It reads “{file}”: leave that where it is."), file=file)
        for file in program.files
    ]
    if material.kept.facts.runtime.get("xla", True):
        remarks.append(
            LabError(
                QT_TRANSLATE_NOOP(
                    "errors",
                    "The program trains without XLA, and run {number} was trained with it: the numbers are close, not"
                    " identical.",
                ),
                number=material.kept.facts.number,
            )
        )
    return remarks
