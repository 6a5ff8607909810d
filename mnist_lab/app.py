"""The lab's commands: the window, training in the terminal, pictures of the pages, a self-test.

Importing this module loads neither Qt nor Keras nor NumPy; each command loads what it needs.
"""

import gc
import importlib
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from mnist_lab import arguments, display, standard_streams
from mnist_lab.commands import (
    Command,
    DesktopCommand,
    ExportCommand,
    ForkCommand,
    ImportCommand,
    LessonsCommand,
    RaceCommand,
    RangeTestCommand,
    ResumeCommand,
    RunsCommand,
    ScreenshotsCommand,
    ScriptCommand,
    SelfTestCommand,
    SettingsCommand,
    SweepCommand,
    Theme,
    TrainCommand,
    WindowCommand,
)
from mnist_lab.data.places import lab_home
from mnist_lab.experiment import Experiment
from mnist_lab.network import environment
from mnist_lab.one_line_parser import UsageError
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError

if TYPE_CHECKING:
    from mnist_lab.course.lesson import Lesson
    from mnist_lab.window.shell.interrupts import Interrupts
    from mnist_lab.window.shell.main_window import MainWindow

DONE = 0
BAD_INPUT = 2
SIGNALLED = 128  # and the signal's number, as shells tell it
INTERRUPTED = SIGNALLED + signal.SIGINT
_TURN_SECONDS = 1e-3
"""How long a thread that computes in Python keeps the others waiting; Python's own 5 ms. Qt calls into Python hundreds
of times to take a page apart: beside timed loops that took 1.6 s."""

_IN_TERMINAL: Mapping[type[Command], tuple[str, str]] = {
    ResumeCommand: ("terminal", "resume_in_terminal"),
    RunsCommand: ("run_commands", "run_command"),
    ExportCommand: ("export_commands", "export_runs"),
    ImportCommand: ("import_commands", "import_runs"),
    ForkCommand: ("fork_commands", "fork_in_terminal"),
    RaceCommand: ("race_commands", "race_in_terminal"),
    SweepCommand: ("sweep_command", "sweep_in_terminal"),
    RangeTestCommand: ("range_command", "run_range_test"),
    LessonsCommand: ("lesson_commands", "run_lessons"),
    ScriptCommand: ("script_commands", "print_script"),
    SettingsCommand: ("settings_command", "print_settings"),
}
"""Which function of which module does a command; imported when it is wanted."""


class FolderError(LabError):
    """A folder that cannot be written into."""


class OutputError(LabError):
    """The result has no place to go."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: what follows the program's name; None means the process's own arguments.

    Returns:
        the exit status: 0 done, 2 bad usage or bad input (one line on stderr), 130 interrupted.
    """
    standard_streams.fill_closed()
    standard_streams.allow_any_letter()
    environment.prepare()
    try:
        try:
            command = arguments.read(argv)
            if not isinstance(command, SelfTestCommand):  # which tells of it in a line among others
                lab_home()
            if sys.stdout is None and not isinstance(command, WindowCommand):
                raise OutputError(QT_TRANSLATE_NOOP("errors", "The output is closed: let it go somewhere."))
            return _run(command)
        finally:
            if sys.stdout is not None:
                sys.stdout.flush()
    except LabError as error:
        standard_streams.tell(str(error))
        return BAD_INPUT
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        if not standard_streams.is_of_output(error):
            raise
        standard_streams.tell_of_output(error)
        return BAD_INPUT


def create_window(
    data_choice: str | None = None, experiment: Experiment | None = None, *, paced: bool = True
) -> "MainWindow":
    """Make the main window, not yet shown; the caller has made the QApplication.

    Args:
        data_choice: as `data.sources.load` takes it; None: as in the last session, at first "auto".
        experiment: what the form shows at first; None: as in the last session, at first the chapter's network.
        paced: whether a new home begins as a newcomer needs it: the course is offered, and the first run is slowed
            down, so that it can be watched.
    """
    from PySide6.QtWidgets import QApplication

    from mnist_lab.window import plain_imports

    plain_imports.restore()  # before all the modules that follow; tests and scripts make a window without `main`
    from mnist_lab.data.settings_file import SettingsFile
    from mnist_lab.window import translation
    from mnist_lab.window.shell.course.first_offer import FirstOffer
    from mnist_lab.window.shell.main_window import MainWindow
    from mnist_lab.window.state.first_run import FirstRun

    environment.prepare()
    sys.setswitchinterval(_TURN_SECONDS)
    translation.ensure(QApplication.instance())
    window = MainWindow(data_choice, experiment)
    if paced:
        FirstRun(window.lab.live, SettingsFile(lab_home() / "settings.ini"), window.lab)
        FirstOffer(window.lab)
    return window


def run_window(
    interrupts: "Interrupts",
    experiment: Experiment | None,
    data_choice: str | None,
    theme: Theme | None = None,
    page: str | None = None,
    lesson: "Lesson | None" = None,
    files: Sequence[Path] = (),
) -> int:
    """Show the window until it is closed, by hand or by a signal.

    Args:
        interrupts: notes the signals.
        experiment: what the form shows at first; None means what it showed last time.
        data_choice: as `data.sources.load` takes it; None means those of last time.
        theme: None means the one chosen last time.
        page: the objectName of the page that is shown first; None leaves that to the window.
        lesson: what to begin with; None for nothing.
        files: what is opened in it.

    Returns:
        the exit status.
    """
    from mnist_lab.window.application import make_application
    from mnist_lab.window.shell.interrupt_notifier import InterruptNotifier
    from mnist_lab.window.state.coach import coach_of
    from mnist_lab.window.state.garbage import leave_out_imports

    application = make_application()
    window = create_window(data_choice, experiment)
    leave_out_imports()
    if theme is not None:
        window.set_theme(theme)
    if page is not None:
        window.show_page_named(page)
    notifier = InterruptNotifier(interrupts, window)
    if interrupts.received is None:
        window.show()
        if lesson is not None:
            coach_of(window.lab).open_lesson(lesson)
        window.open_files(files)
        application.exec()
    else:  # it would only flash up
        window.close()
    notifier.end()
    return DONE if interrupts.received is None else SIGNALLED + interrupts.received


def _run(command: Command) -> int:
    match command:
        case WindowCommand():
            return _open_window(command)
        case TrainCommand():
            return _train(command)
        case ScreenshotsCommand():
            return _take_screenshots(command)
        case DesktopCommand():
            from mnist_lab.desktop import install_desktop, remove_desktop

            return remove_desktop() if command.is_removed else install_desktop()
        case SelfTestCommand():
            from mnist_lab.self_test import run_self_test

            return run_self_test()
    module, name = _IN_TERMINAL[type(command)]
    return cast("int", getattr(importlib.import_module(f"mnist_lab.{module}"), name)(command))


def _open_window(command: WindowCommand) -> int:
    page = None if command.page is None else _page_named(command.page)
    lesson = None
    if command.lesson is not None:
        from mnist_lab.course.lesson_file import read_lesson

        lesson = read_lesson(command.lesson)
    from mnist_lab.window.shell.interrupts import Interrupts

    try:
        display.check_display(os.environ)
        with Interrupts() as interrupts:
            gc.disable()  # as the window has it anyway: there is no garbage among what is imported for it
            _import_qt()
            return run_window(interrupts, command.experiment, command.data, command.theme, page, lesson, command.files)
    except display.NoWindowError as obstacle:
        if command.files:
            from mnist_lab.import_commands import import_runs

            standard_streams.tell(f"{obstacle} Taking the files in, as “runs import” does, instead.")
            return import_runs(ImportCommand(command.files))
        left_out = "" if lesson is None else ", without the lesson, which needs the window"
        standard_streams.tell(f"{obstacle} Training in the terminal instead{left_out}.")
        return _train(TrainCommand(command.experiment or Experiment(), command.data or "auto"))


def _page_named(name: str) -> str:
    """The objectName of a page, by itself or without “Page”."""
    from mnist_lab.window.pages import PAGES

    by_name = {spec.object_name.removesuffix("Page"): spec.object_name for spec in PAGES}
    found = by_name.get(name.removesuffix("Page"))
    if found is None:
        raise UsageError(
            QT_TRANSLATE_NOOP("errors", "The page cannot be {value}: it must be one of {names}."),
            value=name,
            names=", ".join(by_name),
        )
    return found


def _train(command: TrainCommand) -> int:
    from mnist_lab.terminal import train_in_terminal

    return train_in_terminal(command)


def _take_screenshots(command: ScreenshotsCommand) -> int:
    # Qt reads both when it is loaded, so they come before the first import of it.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = f"{command.scale:g}"
    _import_qt()
    try:
        command.directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FolderError(
            QT_TRANSLATE_NOOP(
                "errors", "The folder “{path}” cannot be made ({reason}); name one that you may write to."
            ),
            path=command.directory,
            reason=error.strerror,
        ) from error

    from mnist_lab.window.shell.screenshots import take_screenshots

    size = command.width, command.height
    for path in take_screenshots(command.directory, *size, command.theme, has_film=command.has_film):
        sys.stdout.write(f"{path}\n")
    return DONE


def _import_qt() -> None:
    """Load Qt's widgets.

    Raises:
        NoWindowError: PySide6 is not installed, or lacks libraries of the system.
    """
    try:
        import PySide6.QtWidgets  # noqa: F401  # whether it loads is the question
    except ImportError as error:
        raise display.explain_import_error(error) from error
    from mnist_lab.window import plain_imports

    plain_imports.restore()
