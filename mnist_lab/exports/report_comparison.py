"""The sections of a report that lay several runs side by side."""

from collections.abc import Iterator, Sequence

from mnist_lab.exports.markup import Markup, joined, tag
from mnist_lab.exports.report_run import curves
from mnist_lab.exports.reported_run import ReportedRun
from mnist_lab.exports.spelled import STATES, interval, loss, percent, setting_name, setting_value
from mnist_lab.palette import LIGHT, look_of_run
from mnist_lab.runs.comparing import differing, settings_of_run, standing
from mnist_lab.runs.facts import KeptRun
from mnist_lab.words import QT_TRANSLATE_NOOP

_BESIDE = 4
"""Runs beside each other in a table of settings."""


def comparison_sections(runs: Sequence[ReportedRun]) -> Iterator[Markup]:
    """Which is best, how they came out, what differs, and their curves over each other."""
    say = runs[0].say
    yield tag("p", _verdict(runs))
    yield tag("h2", say(QT_TRANSLATE_NOOP("report", "Results")))
    yield _results(runs)
    yield tag("h2", say(QT_TRANSLATE_NOOP("report", "What differs")))
    yield _differences(runs)
    yield tag("h2", say(QT_TRANSLATE_NOOP("report", "Curves")))
    explained = QT_TRANSLATE_NOOP("report", "Lines: smoothed over batches. Dots: new digits, after each epoch.")
    yield tag("p", say(explained), class_="muted")
    yield curves([run.kept for run in runs], say)
    yield tag("h2", say(QT_TRANSLATE_NOOP("report", "What all have in common")))
    yield _common(runs)


def _verdict(runs: Sequence[ReportedRun]) -> str:
    """Which run knows new digits best, and of which others that may be chance."""
    say, titles = runs[0].say, {run.kept.facts.id: run.title for run in runs}
    found = standing([run.kept for run in runs])
    if found is None:
        return say(QT_TRANSLATE_NOOP("report", "None of them was measured on new digits."))

    def named(some: Sequence[KeptRun]) -> str:
        return ", ".join(titles[run.facts.id] for run in some)

    share = found.judged.share
    told = say(QT_TRANSLATE_NOOP("report", "{run} knows new digits best: {accuracy}.")).format(
        run=titles[found.best.facts.id], accuracy=percent(share.value, share.count)
    )
    others = (
        (found.equals, QT_TRANSLATE_NOOP("report", "Chance alone may make the difference to {runs}.")),
        (found.worse, QT_TRANSLATE_NOOP("report", "Chance does not explain how far it is ahead of {runs}.")),
        (found.elsewhere, QT_TRANSLATE_NOOP("report", "Measured on other digits, and so not compared: {runs}.")),
        (found.unmeasured, QT_TRANSLATE_NOOP("report", "Never measured: {runs}.")),
    )
    return " ".join([told, *(say(words).format(runs=named(some)) for some, words in others if some)])


def _results(runs: Sequence[ReportedRun]) -> Markup:
    say = runs[0].say
    head = [
        say(QT_TRANSLATE_NOOP("report", "run")),
        say(QT_TRANSLATE_NOOP("report", "state")),
        say(QT_TRANSLATE_NOOP("report", "accuracy on new digits")),
        say(QT_TRANSLATE_NOOP("report", "chance leaves")),
        say(QT_TRANSLATE_NOOP("report", "test loss")),
        say(QT_TRANSLATE_NOOP("report", "gradient updates")),
        say(QT_TRANSLATE_NOOP("report", "seconds")),
    ]
    names = [tag("th", name, scope="col", class_="words" if place < 2 else None) for place, name in enumerate(head)]
    return tag("table", tag("thead", tag("tr", *names)), tag("tbody", *map(_result, runs)))


def _result(run: ReportedRun) -> Markup:
    kept, known = run.kept, run.accuracy
    share = None if known is None else known[0]
    cells = [
        "–" if share is None else percent(share.value, share.count),
        "–" if share is None else interval(share),
        "–" if run.loss is None else loss(run.loss),
        f"{kept.updates:,}",
        f"{kept.training_seconds:,.1f}",
    ]
    state = tag("td", run.say(STATES[kept.state]), class_="words")
    return tag("tr", _named(run), state, *(tag("td", cell) for cell in cells))


def _named(run: ReportedRun) -> Markup:
    """A run with a piece of its line."""
    look = look_of_run(run.kept.facts.number, LIGHT)
    dashes = " ".join(f"{2 * length:g}" for length in look.dash) or None
    line = tag("path", d="M0 5h30", stroke=look.colour, stroke_width=2, stroke_dasharray=dashes)
    sample = tag("svg", line, width=30, height=10, aria_hidden="true", class_="key")
    return tag("th", joined(sample, " ", run.title), scope="row", class_="words named")


def _differences(runs: Sequence[ReportedRun]) -> Markup:
    """A row for each setting that is not the same in all, a column for each run."""
    names = differing([settings_of_run(run.kept) for run in runs])
    if not names:
        say = runs[0].say
        return tag("p", say(QT_TRANSLATE_NOOP("report", "Nothing: they have the same settings and the same digits.")))
    return joined(*(_differences_of(runs[start : start + _BESIDE], names) for start in range(0, len(runs), _BESIDE)))


def _differences_of(runs: Sequence[ReportedRun], names: Sequence[str]) -> Markup:
    """The same of as many runs as a page has room for."""
    say, translated = runs[0].say, runs[0].material.translated
    settings = [settings_of_run(run.kept) for run in runs]
    head = [tag("td", ""), *(tag("th", run.title, scope="col") for run in runs)]
    rows = []
    for name in names:
        values = [
            setting_value(name, one[name], say, translated) if one.get(name, ()) != () else "–" for one in settings
        ]
        cells = [tag("td", value) for value in values]
        rows.append(tag("tr", tag("th", setting_name(name, say, translated), scope="row"), *cells))
    return tag("table", tag("thead", tag("tr", *head)), tag("tbody", *rows), class_="words")


def _common(runs: Sequence[ReportedRun]) -> Markup:
    say, translated = runs[0].say, runs[0].material.translated
    settings = [settings_of_run(run.kept) for run in runs]
    differ = differing(settings)
    rows = [
        tag(
            "tr",
            tag("th", setting_name(name, say, translated), scope="row"),
            tag("td", setting_value(name, value, say, translated)),
        )
        for name, value in settings[0].items()
        if name not in differ and value != () and all(name in one for one in settings)
    ]
    return tag("table", tag("tbody", *rows), class_="words")
