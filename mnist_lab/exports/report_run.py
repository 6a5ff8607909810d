"""The sections of a report that tell of one run."""

import math
from collections.abc import Iterator, Sequence

from mnist_lab.exports.curves_picture import curve_plots, measured_on
from mnist_lab.exports.markup import Markup, joined, tag
from mnist_lab.exports.report_answers import MOST_MISTAKES, confusion_table, mistake_pictures
from mnist_lab.exports.reported_run import ReportedRun
from mnist_lab.exports.spelled import (
    STATES,
    Say,
    interval,
    loss,
    percent,
    setting_name,
    setting_value,
)
from mnist_lab.network.events import EpochEnd
from mnist_lab.runs.comparing import best_epoch, settings_of_run
from mnist_lab.runs.facts import KeptRun
from mnist_lab.runs.settings_told import all_settings
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError

_MOST_EPOCHS = 24
"""Rows of the table: of more epochs, so many are told, evenly chosen."""


def run_sections(run: ReportedRun, heading: str, *, with_curves: bool = True) -> Iterator[Markup]:
    """All of them, each under a `heading` of that name ("h2")."""
    say = run.say
    yield when_and_what(run)
    if run.kept.note:
        yield tag("p", run.kept.note, class_="note")
    yield figures(run)
    yield _section(heading, say(QT_TRANSLATE_NOOP("report", "Settings")), settings_table(run))
    if with_curves:
        yield _section(heading, say(QT_TRANSLATE_NOOP("report", "Curves")), curves([run.kept], say))
    if run.kept.epochs:
        yield _section(heading, say(QT_TRANSLATE_NOOP("report", "Epochs")), epoch_table(run.kept, say))
    yield from _answers(run, heading)
    yield _section(heading, say(QT_TRANSLATE_NOOP("report", "The program")), *_program(run))
    yield _section(heading, say(QT_TRANSLATE_NOOP("report", "Which network this is")), _identity(run))


def _section(heading: str, title: str, *content: Markup) -> Markup:
    return joined(tag(heading, title), *content)


def _rows(rows: Sequence[tuple[str, str]], value_class: str | None = None) -> Markup:
    """A table of names and values."""
    told = [tag("tr", tag("th", name, scope="row"), tag("td", value, class_=value_class)) for name, value in rows]
    return tag("table", tag("tbody", *told), class_="words")


# What it is, and what came out


def when_and_what(run: ReportedRun) -> Markup:
    """State and date in a line."""
    kept, say = run.kept, run.say
    date = f"{kept.facts.created.astimezone():%Y-%m-%d %H:%M}"
    parts = [say(QT_TRANSLATE_NOOP("report", "begun {date}")).format(date=date)]
    if run.material.update is None:
        parts.insert(0, say(STATES[kept.state]))
    line = " · ".join(parts)
    return tag("p", line[:1].upper() + line[1:], class_="muted")


def figures(run: ReportedRun) -> Markup:
    """The numbers that matter, large."""
    kept, say, told = run.kept, run.say, []
    if run.accuracy is not None:
        share, is_test = run.accuracy
        words = QT_TRANSLATE_NOOP("report", "test accuracy, {count:,} digits (chance leaves {interval})")
        if not is_test:
            words = QT_TRANSLATE_NOOP("report", "accuracy on {count:,} held-out digits (chance leaves {interval})")
        name = say(words).format(count=share.count, interval=interval(share))
        told.append((name, percent(share.value, share.count)))
    if run.loss is not None:
        told.append((say(QT_TRANSLATE_NOOP("report", "test loss")), loss(run.loss)))
    if kept.epochs:
        end = kept.epochs[-1]
        name = say(QT_TRANSLATE_NOOP("report", "accuracy on training digits, after epoch {epoch:,}"))
        told.append((name.format(epoch=end.epoch), percent(end.train_accuracy_after, end.train_sample)))
    total = f" / {kept.total_updates:,}" if kept.updates < kept.total_updates else ""
    told.append((say(QT_TRANSLATE_NOOP("report", "gradient updates")), f"{kept.updates:,}{total}"))
    seconds = say(QT_TRANSLATE_NOOP("report", "of training"))
    told.append((seconds, f"{kept.training_seconds:,.1f}\u00a0s"))
    return tag("dl", *(tag("div", tag("dt", name), tag("dd", value)) for name, value in told), class_="figures")


def settings_table(run: ReportedRun) -> Markup:
    """All that was chosen and counts."""
    say, translated = run.say, run.material.translated
    rows = [
        (setting_name(name, say, translated), setting_value(name, value, say, translated))
        for name, value in settings_of_run(run.kept).items()
        if value != ()
    ]
    for past in run.kept.facts.past:
        words = say(QT_TRANSLATE_NOOP("report", "Before, up to gradient update {update:,}"))
        rows.append((words.format(update=past.until), all_settings(past.experiment)))
    experiment = run.kept.experiment
    if experiment is not None:
        sums = " + ".join(f"({layer.inputs:,} × {layer.units:,} + {layer.units:,})" for layer in experiment.layers())
        rows.append((say(QT_TRANSLATE_NOOP("report", "Parameters")), f"{sums} = {experiment.parameters():,}"))
    return _rows(rows)


def curves(runs: Sequence[KeptRun], say: Say) -> Markup:
    """Loss and accuracy as pictures."""
    return joined(*(tag("figure", plot) for plot in curve_plots(runs, say)))


def epoch_table(kept: KeptRun, say: Say) -> Markup:
    """What each epoch was measured at, the best one bold; of many epochs some."""
    best, count = best_epoch(kept), len(kept.epochs)
    shown = {round(place * (count - 1) / (_MOST_EPOCHS - 1)) for place in range(_MOST_EPOCHS)}
    ends = [end for place, end in enumerate(kept.epochs) if count <= _MOST_EPOCHS or place in shown or end is best]
    caption = say(QT_TRANSLATE_NOOP("report", "The epoch with the highest accuracy on new digits is bold."))
    if len(ends) < count:
        words = say(QT_TRANSLATE_NOOP("report", "{shown} of {count:,} epochs."))
        caption = f"{words.format(shown=len(ends), count=count)} {caption}"
    new = measured_on(kept, say)
    head = [
        say(QT_TRANSLATE_NOOP("report", "epoch")),
        say(QT_TRANSLATE_NOOP("report", "loss while learning")),
        say(QT_TRANSLATE_NOOP("report", "accuracy while learning")),
        say(QT_TRANSLATE_NOOP("report", "training accuracy after")),
        say(QT_TRANSLATE_NOOP("report", "loss, {digits}")).format(digits=new),
        say(QT_TRANSLATE_NOOP("report", "accuracy, {digits}")).format(digits=new),
    ]
    return tag(
        "table",
        tag("caption", caption),
        tag("thead", tag("tr", *(tag("th", name, scope="col") for name in head))),
        tag("tbody", *(_epoch(end, is_best=end is best) for end in ends)),
    )


def _epoch(end: EpochEnd, *, is_best: bool) -> Markup:
    numbers = [
        loss(end.train_loss),
        _share(end.train_accuracy),
        _share(end.train_accuracy_after),
        loss(end.validation_loss),
        _share(end.validation_accuracy),
    ]
    cells = [tag("td", number) for number in numbers]
    return tag("tr", tag("th", f"{end.epoch:,}", scope="row"), *cells, class_="best" if is_best else None)


def _share(share: float) -> str:
    return f"{100 * share:.2f}\u00a0%" if math.isfinite(share) else "–"


# What its network answers


def _answers(run: ReportedRun, heading: str) -> Iterator[Markup]:
    say, digits, answers = run.say, run.material.digits, run.answers
    title = say(QT_TRANSLATE_NOOP("report", "What it takes the test digits for"))
    if answers is None or digits is None:
        missing = say(QT_TRANSLATE_NOOP("report", "The digits that it was trained on and tested with are not here."))
        problem = run.moment if isinstance(run.moment, LabError) else None
        yield _section(heading, title, tag("p", missing if problem is None else _told(problem, run)))
        return
    yield _section(heading, title, confusion_table(answers, say))
    wrong = len(answers.labels) - answers.right_count - answers.unanswered_count
    if not wrong:
        return
    words = say(QT_TRANSLATE_NOOP("report", "The worst of {count:,} mistakes"))
    if wrong <= MOST_MISTAKES:
        words = say(QT_TRANSLATE_NOOP("report", "Its mistakes"))
    explained = say(QT_TRANSLATE_NOOP("report", "What it is → what the network answers, and how certain it was."))
    pictures = mistake_pictures(answers, digits.test_images, say)
    yield _section(heading, words.format(count=wrong), tag("p", explained, class_="muted"), pictures)


def _told(error: LabError, run: ReportedRun) -> str:
    return run.material.translated("errors", error.template).format(**error.values)


# How it comes again


def _program(run: ReportedRun) -> Iterator[Markup]:
    say, program = run.say, run.program
    if isinstance(program, LabError):
        yield tag("p", _told(program, run))
        return
    yield tag("p", say(QT_TRANSLATE_NOOP("report", "With Keras and NumPy it trains this network.")), class_="muted")
    if program.files:
        words = QT_TRANSLATE_NOOP("report", "What it reads is written with it where it is exported: {files}.")
        yield tag("p", say(words).format(files=", ".join(path.name for path in program.files)), class_="muted")
    yield tag("pre", tag("code", program.program.text))


def _identity(run: ReportedRun) -> Markup:
    """Hashes, versions, and where it comes from."""
    say, facts = run.say, run.kept.facts
    rows = [(say(QT_TRANSLATE_NOOP("report", "Run")), facts.id)]
    if not isinstance(run.moment, LabError):
        rows.append((say(QT_TRANSLATE_NOOP("report", "Network after gradient update")), f"{run.moment.updates:,}"))
        rows.append((say(QT_TRANSLATE_NOOP("report", "SHA-256 of its weights")), run.moment.weights.sha256()))
        if not run.moment.identical:
            words = QT_TRANSLATE_NOOP("report", "made again, close to what the run had, not identical")
            rows.append((say(QT_TRANSLATE_NOOP("report", "This network")), say(words)))
    if facts.data is not None:
        rows.append((say(QT_TRANSLATE_NOOP("report", "SHA-256 of the digits")), facts.data.fingerprint))
    if facts.parent_id:
        at = "" if facts.parent_update is None else f", {facts.parent_update:,}"
        rows.append((say(QT_TRANSLATE_NOOP("report", "Goes on from run, update")), f"{facts.parent_id}{at}"))
    versions = ", ".join(f"{_NAMES.get(name, name)} {version}" for name, version in facts.versions.items() if version)
    rows.append((say(QT_TRANSLATE_NOOP("report", "Trained with")), versions))
    if "processor" in facts.runtime:
        rows.append((say(QT_TRANSLATE_NOOP("report", "Processor")), str(facts.runtime["processor"])))
    return _rows(rows, "hash")


_NAMES = {"lab": "MNIST Lab", "keras": "Keras", "tensorflow": "TensorFlow", "numpy": "NumPy", "python": "Python"}
