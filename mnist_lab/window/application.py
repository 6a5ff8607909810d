"""The application that the lab's window belongs to."""

import sys

from PySide6.QtWidgets import QApplication

from mnist_lab import __version__
from mnist_lab.window import translation


def make_application() -> QApplication:
    """Make the application, under the names that a desktop knows it by, in the learner's language."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("MNIST Lab")
    application.setOrganizationName("MNIST Lab")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("mnist-lab")
    translation.install(application)
    return application
