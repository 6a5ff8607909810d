"""One button that starts some work, and stops it while it goes on."""

from mnist_lab.window.widgets.basic.icon_button import IconButton


def show_start_or_stop(button: IconButton, start: str, stop: str, *, is_running: bool, can_start: bool) -> None:
    """Say on the button what it does now: `stop` while the work goes on, else `start`, if that can be."""
    words = stop if is_running else start
    button.setText(words)
    button.setAccessibleName(words)
    button.set_icon("ph.stop" if is_running else "ph.play-fill")
    button.setEnabled(is_running or can_start)
