"""What a run is called: by its number, which never changes, and by the name that the learner or the lab gave it."""

from PySide6.QtCore import QCoreApplication

from mnist_lab.runs.given_names import read_given_name
from mnist_lab.window.setting_words import SettingWords
from mnist_lab.window.words import fill, spell_whole

_LONGEST_BRIEFLY = 20
"""Letters of a name that a sentence on several runs has room for."""


def run_title(number: int | None, name: str = "", *, is_network: bool = False) -> str:
    """As a title: "Run 3 “narrow”", "Kept network 8"; without a number, as of a file that cannot be read, "Run –"."""
    words = QCoreApplication.translate("RunNames", "Run {number}")
    if is_network:
        words = QCoreApplication.translate("RunNames", "Kept network {number}")
    return _with_name(fill(words, number=spell_whole(number) if number else "–"), name)


def run_in_sentence(number: int, name: str = "") -> str:
    """The same within a sentence: "run 3", "run 3 “narrow”"."""
    words = QCoreApplication.translate("RunNames", "run {number}")
    return _with_name(fill(words, number=spell_whole(number)), name)


def run_briefly(number: int, name: str = "") -> str:
    """The same in a sentence that tells of several runs: a long name stays with the list and the legend beside it."""
    return run_in_sentence(number, name if len(name_in_words(name)) <= _LONGEST_BRIEFLY else "")


def origin(number: int | None, update: int | None, *, is_network: bool = False, is_short: bool = False) -> str:
    """Where a run goes on from: "from run 7, update 312"; `number` is None where its parent is not here.

    If `is_short`, the number comes as soon as it can: "from 7, update 312".
    """
    if not number:
        words = QCoreApplication.translate("RunNames", "from a run that is not here")
    else:
        words = QCoreApplication.translate("RunNames", "from run {number}")
        if is_short:
            words = QCoreApplication.translate("RunNames", "from {number}")
        elif is_network:
            words = QCoreApplication.translate("RunNames", "from kept network {number}")
        words = fill(words, number=spell_whole(number))
    if update is None:
        return words
    return fill(
        QCoreApplication.translate("RunNames", "{origin}, update {update}"), origin=words, update=spell_whole(update)
    )


def name_in_words(name: str) -> str:
    """A run's name as it is shown: one that the lab gave in the words of the form, any other as it is.

    "sweep 2: sgd_momentum, seed 7" in the file is "sweep 2: SGD with momentum, seed 7" in the window.
    """
    given = read_given_name(name)
    if given is None:
        return name
    settings = SettingWords()
    if given.kind == "sweep":
        words = QCoreApplication.translate("RunNames", "sweep {number}: {settings}")
        told = ", ".join(settings.written(field, value) for field, value in given.parts)
    else:
        words = QCoreApplication.translate("RunNames", "race {number}: {settings}")
        told = " ".join(settings.written(field, value) for field, value in given.parts)
    return fill(words, number=spell_whole(given.number), settings=told)


def _with_name(title: str, name: str) -> str:
    return f"{title} “{name_in_words(name)}”" if name else title
