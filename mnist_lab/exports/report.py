"""A report of one run, or of several beside each other: one HTML file that needs nothing else, and prints well."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from mnist_lab import __version__
from mnist_lab.exports.errors import ExportError, writing
from mnist_lab.exports.markup import Markup, joined, tag
from mnist_lab.exports.material import Exported, Material, Translated, in_english
from mnist_lab.exports.report_comparison import comparison_sections
from mnist_lab.exports.report_run import run_sections
from mnist_lab.exports.report_style import STYLE
from mnist_lab.exports.reported_run import ReportedRun
from mnist_lab.exports.spelled import Say
from mnist_lab.exports.tables import check_numbers
from mnist_lab.exports.targets import check_ending, check_new
from mnist_lab.files.atomic import DOCUMENT, write_atomically
from mnist_lab.network.control import Control
from mnist_lab.network.recording import Moment
from mnist_lab.runs.store import RunStore
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError

MOST_RUNS = 12
"""Of a comparison: more lines cannot be told apart."""
MOST_TOLD = 4
"""Of more runs each one's own pages are left out."""
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
"""Nothing is fetched and nothing run, whatever stands in the page."""


def write_report(material: Material, path: Path) -> Exported:
    """Write the report of a run.

    Raises:
        LabError: it has no numbers, or the file cannot be written.
        Cancelled: nobody waits for it any more.
    """
    check_numbers(material.kept)
    run = ReportedRun(material, path)
    content = _page(run.title, [tag("h1", run.title), *_checked(material, run_sections(run, "h2"))], run.say)
    moment = run.moment if isinstance(run.moment, Moment) else None
    return _written(path, content, material.remarks(), moment)


def export_report(
    store: RunStore,
    run_ids: Sequence[str],
    path: Path,
    *,
    is_wanted: Callable[[], bool] = lambda: True,
    control: Control | None = None,
    may_replace: bool = True,
    translated: Translated = in_english,
) -> Exported:
    """Write the report of several runs beside each other, or of one: see `formats.export`, which takes the same.

    Raises:
        ExportError: there are too many, or none, or the file cannot be written there.
        Cancelled: nobody waits for it any more.
        LabError: a run cannot be read.
    """
    check_ending(path, ".html")
    check_new(path, may_replace=may_replace)
    ids = list(dict.fromkeys(run_ids))
    if not 1 <= len(ids) <= MOST_RUNS:
        raise ExportError(
            QT_TRANSLATE_NOOP("errors", "A comparison is of 2 to {most} different runs: choose so many, not {count}."),
            most=MOST_RUNS,
            count=len(ids),
        )
    materials = [Material(store, run_id, None, control, is_wanted, translated=translated) for run_id in ids]
    if len(materials) == 1:
        return write_report(materials[0], path)
    runs = [ReportedRun(material, path) for material in materials]
    for run in runs:
        check_numbers(run.kept)
    first, say = materials[0], runs[0].say
    title = say(QT_TRANSLATE_NOOP("report", "{count} runs compared")).format(count=len(runs))
    parts = [tag("h1", title), *_checked(first, comparison_sections(runs))]
    if len(runs) <= MOST_TOLD:
        parts += [_told(run) for run in runs]
    remarks = [remark for material in materials for remark in material.remarks()]
    if len(runs) > MOST_TOLD:
        words = QT_TRANSLATE_NOOP(
            "errors", "With more than {most} runs a comparison leaves out each run's own pages: export those alone."
        )
        remarks.append(LabError(words, most=MOST_TOLD))
    return _written(path, _page(title, parts, say), remarks)


def _told(run: ReportedRun) -> Markup:
    """A run's own pages."""
    sections = _checked(run.material, run_sections(run, "h3", with_curves=False))
    return tag("section", tag("h2", run.title), *sections, class_="run")


def _checked(material: Material, sections: Iterable[Markup]) -> Iterable[Markup]:
    for section in sections:
        material.check()
        yield section


def _page(title: str, parts: Sequence[Markup], say: Say) -> str:
    made_by = say(QT_TRANSLATE_NOOP("report", "Made by MNIST Lab {version}.")).format(version=__version__)
    language = say(QT_TRANSLATE_NOOP("report", "en"))  # its code: “de” where the texts are German
    head = joined(
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", f"{title} – MNIST Lab"),
        tag("style", Markup(STYLE)),
    )
    body = tag("body", tag("main", *parts, tag("p", made_by, class_="muted")))
    return f"<!doctype html>\n{tag('html', tag('head', head), body, lang=language)}\n"


def _written(path: Path, content: str, remarks: Sequence[LabError], moment: Moment | None = None) -> Exported:
    with writing(path):
        write_atomically(path, content.encode(), DOCUMENT)
    return Exported((path,), tuple(remarks), moment)
