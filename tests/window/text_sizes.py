"""The text size of the lab, as usual again after a test."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from PySide6.QtWidgets import QApplication

from mnist_lab.window import theme


def put_text_size(percent: int) -> None:
    """Dress the application in text of this size; a window that stands is not built anew."""
    theme.fonts.set_text_size(percent)
    theme.apply(cast(QApplication, QApplication.instance()), theme.current())


@contextmanager
def usual_text_afterwards() -> Iterator[None]:
    """Whatever happens to the text within."""
    try:
        yield
    finally:
        put_text_size(theme.fonts.USUAL_TEXT)
