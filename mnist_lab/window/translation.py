"""Words in the learner's language: the translator for the system's locale, and sentences for errors."""

import logging

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from mnist_lab.data.places import resource
from mnist_lab.window.words import ENGLISH, fill, set_language
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError

_logger = logging.getLogger(__name__)

_UNEXPECTED = QT_TRANSLATE_NOOP("errors", "Something went wrong that the lab did not expect ({kind}: {message}).")


def install(app: QApplication) -> None:
    """Show the lab in the system's language, where `resources/translations` has it; in English otherwise.

    Numbers follow the language of the texts: an English text has English numbers on a German system, too.
    """
    for locale in (QLocale.system(), ENGLISH):  # English has a file, too: its plurals
        translator = QTranslator(app)
        if translator.load(locale, "mnist_lab", "_", str(resource("translations"))):
            app.installTranslator(translator)
            set_language(QLocale(translator.language()))
            return


def ensure(app: QCoreApplication | None) -> None:
    """Install the lab's texts unless some are there: scripts make a window without `main`, and plurals need texts."""
    if isinstance(app, QApplication) and app.findChild(QTranslator) is None:
        install(app)


def translate(context: str, text: str) -> str:
    """A text that a layer without Qt has marked with `QT_TRANSLATE_NOOP(context, text)`."""
    return QCoreApplication.translate(context, text)


def sentence(error: Exception) -> str:
    """What an error says to the learner; one that nobody expected also goes to the log, with its traceback."""
    if isinstance(error, LabError):
        values = {name: _spell(value) for name, value in error.values.items()}
        return fill(translate("errors", error.template), **values)
    _logger.error("unexpected error", exc_info=error)
    return fill(translate("errors", _UNEXPECTED), kind=type(error).__name__, message=error)


def _spell(value: object) -> object:
    """A value of a sentence; one that is itself an error is told in the learner's language, too."""
    return sentence(value) if isinstance(value, LabError) else value
