"""Pictures of every page with real content, for the README, for translators, for a look at one's own work."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from mnist_lab.network.events import Finished
from mnist_lab.window import translation
from mnist_lab.window.pages import PAGES
from mnist_lab.window.pages.draw.draw_canvas import DrawCanvas
from mnist_lab.window.shell.film_making import FilmMaker, import_pillow
from mnist_lab.window.shell.main_window import MainWindow
from mnist_lab.window.shell.settling import settle
from mnist_lab.window.state.subjects import Subject
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError

_SEVEN = (((0.28, 0.27), (0.72, 0.25), (0.6, 0.45), (0.5, 0.62), (0.44, 0.8)),)
"""A drawn seven: each stroke's points as shares of the pad's side."""
FILM = "film.webp"
_NO_RUN = QT_TRANSLATE_NOOP("errors", "The pictures need a run that has ended well, and it did not: {problem}")


def take_screenshots(directory: Path, width: int, height: int, theme: str, *, has_film: bool = False) -> Iterator[Path]:
    """Train for a moment, then write one PNG a page into `directory`, and a film if there is to be one.

    Args:
        directory: an existing folder.
        width: of the window in logical pixels.
        height: the same.
        theme: "light" or "dark".
        has_film: whether there is to be a moving picture, too: `film.webp`.

    Yields:
        the path of each picture, named after its page, and that of the film.

    Raises:
        LabError: training failed, a picture could not be written, or what writes films is not installed.
    """
    if has_film:
        import_pillow()  # before anything is trained
    application = QApplication.instance() or QApplication(["mnist-lab"])
    assert isinstance(application, QApplication)
    translation.install(application)
    folder = TemporaryDirectory(prefix="mnist-lab-")  # a person's own settings are neither read nor written
    window = MainWindow(settings_file=Path(folder.name) / "settings.ini")
    window.set_theme(theme)
    window.resize(width, height)
    window.show()
    try:
        maker = FilmMaker(window)
        if has_film:
            maker.film_training()
        else:
            _train(window)
        for index, spec in enumerate(PAGES):
            window.show_page(index)
            _draw(window, _SEVEN)
            path = directory / f"{spec.object_name}.png"
            settle(window)
            if not window.grab().save(str(path)):
                raise LabError(QT_TRANSLATE_NOOP("errors", "The picture “{path}” cannot be written."), path=path)
            yield path
        if has_film:
            maker.film_drawing()
            maker.film_moments()
            maker.write(directory / FILM)
            yield directory / FILM
    finally:
        window.close()
        folder.cleanup()


def _train(window: MainWindow) -> None:
    """Run the experiment of the form to its end; raise LabError if that cannot be done."""
    loop = QEventLoop()
    problems: list[str] = []
    window.lab.problem.connect(problems.append)

    def look(subjects: frozenset[Subject]) -> None:
        if Subject.RUN in subjects and not window.lab.live.is_training:
            loop.quit()

    window.lab.changed.connect(look)
    window.lab.start()
    loop.exec()
    window.lab.changed.disconnect(look)
    window.lab.problem.disconnect(problems.append)
    run = window.lab.run
    if run is None or not isinstance(run.outcome, Finished):
        raise LabError(_NO_RUN, problem=problems[-1] if problems else "–")


def _draw(window: MainWindow, strokes: Sequence[Sequence[tuple[float, float]]]) -> None:
    canvas = window.findChild(DrawCanvas)
    if canvas is not None:
        side = min(canvas.width(), canvas.height())
        canvas.set_strokes([np.array(stroke) * side for stroke in strokes])
