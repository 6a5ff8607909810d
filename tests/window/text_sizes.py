"""The text size of the lab in tests."""

from typing import cast

from PySide6.QtWidgets import QApplication

from mnist_lab.window import theme


def put_text_size(percent: int) -> None:
    """Dress the application in text of this size; a window that stands is not built anew."""
    theme.fonts.set_text_size(percent)
    theme.apply(cast(QApplication, QApplication.instance()), theme.current())
