"""Uses the window at random with mouse and keys, and tells what breaks it: `python -m tests.monkey --seed 1`.

The same seed gives the same events, as far as the window's own timing allows. All happens in a temporary home, the
dialogs that would block are answered at random, and there is no network. What counts as a fault: an exception in any
thread, a warning of Qt, an error that is logged, and one event that takes longer than `--block` seconds. The last
events and the stack are printed then, and the exit status is 1.
"""

import argparse
import faulthandler
import os
import tempfile
import time
import traceback
from pathlib import Path

import numpy as np

from mnist_lab.lab_file.writing import write_lab_file
from mnist_lab.network import environment
from mnist_lab.runs.store import RunStore
from tests.monkey.monkey import Monkey
from tests.monkey.watch import Watch, tell
from tests.network.keras_files import keras_file
from tests.runs.kept import keep


def _write_files(folder: Path) -> list[Path]:
    """Files to open: good, broken, not there."""
    chance = np.random.default_rng(0)
    good = folder / "<b>good.npz"
    sets = {"train": 300, "test": 60}
    arrays = {f"x_{name}": chance.integers(0, 256, (count, 28, 28), dtype=np.uint8) for name, count in sets.items()}
    arrays |= {f"y_{name}": (np.arange(count) % 10).astype(np.uint8) for name, count in sets.items()}
    np.savez_compressed(good, allow_pickle=False, **arrays)
    broken = folder / "broken.npz"
    broken.write_bytes(good.read_bytes()[:1000])
    model = keras_file(folder / "model.keras")
    store = RunStore(folder / "elsewhere")
    write_lab_file(folder / "run.lab", store, [keep(store, name="<b>elsewhere").id])
    odd = folder / "odd.lab"
    odd.write_bytes((folder / "run.lab").read_bytes()[:-9])
    return [good, broken, folder, folder / "absent.npz", model, folder / "run.lab", odd]


def _answer(monkey: Monkey) -> None:
    """Let the monkey answer what would wait for a person."""
    from mnist_lab.window import dialogs

    for name in dir(dialogs):  # all of them, also those that are yet to come
        if name == "ask_for_files":
            setattr(dialogs, name, monkey.answer_files)
        elif name.startswith(("ask_for_", "ask_to_save_")):
            setattr(dialogs, name, monkey.answer_file)
        elif name.startswith(("ask_to_", "tell_")):
            setattr(dialogs, name, monkey.answer)


def run(choice: argparse.Namespace, folder: Path) -> int:
    """Use a window as the command line says; returns the exit status."""
    os.environ |= {"QT_QPA_PLATFORM": "offscreen", "MNIST_LAB_HOME": str(folder / "home")}
    os.environ |= {"KERAS_HOME": str(folder / "keras"), "http_proxy": "http://127.0.0.1:9"}
    os.environ["https_proxy"] = os.environ["http_proxy"]
    environment.prepare()
    from PySide6.QtCore import qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    from mnist_lab.app import create_window
    from mnist_lab.experiment import Experiment
    from mnist_lab.window import translation
    from mnist_lab.window.shell.main_window import MainWindow
    from mnist_lab.window.state.lab import Keras

    watch = Watch(choice.block)
    qInstallMessageHandler(watch.on_qt_message)
    application = QApplication(["monkey"])
    translation.install(application)
    MainWindow.quit = lambda self: None  # type: ignore[method-assign]
    window = create_window("starter", Experiment(hidden_units=(32,), epochs=2))
    monkey = Monkey(window, choice.seed, watch, _write_files(folder), choice.log)
    _answer(monkey)
    window.show()
    while window.lab.digits is None or window.lab.keras is not Keras.READY:  # its import would slow the first events
        application.processEvents()
    try:
        return _play(monkey, choice.seconds, choice.seed)
    finally:
        window.close()


def _play(monkey: Monkey, seconds: float, seed: int) -> int:
    end, count = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        count += 1
        try:
            monkey.act()
        except Exception:  # noqa: BLE001 - whatever it is, it is told with what came before
            tell(f"Seed {seed}, event {count}. The last events:", *(f"  {words}" for words in monkey.last))
            tell(traceback.format_exc())
            return 1
    tell(f"Seed {seed}: {count} events, nothing broke: {dict(monkey.counts)}")
    return 0


def main() -> int:
    """Read the command line and play."""
    parser = argparse.ArgumentParser(prog="python -m tests.monkey", description="Use the window at random.")
    parser.add_argument("--seconds", type=float, default=600.0, help="how long (default: 600)")
    parser.add_argument("--seed", type=int, default=1, help="which events (default: 1)")
    parser.add_argument("--block", type=float, default=1.0, help="seconds that one event may take (default: 1)")
    parser.add_argument("--log", type=argparse.FileType("w"), help="a file for all events, should the process crash")
    choice = parser.parse_args()
    faulthandler.enable()
    with tempfile.TemporaryDirectory(prefix="mnist-lab-monkey-") as folder:
        return run(choice, Path(folder))


if __name__ == "__main__":
    raise SystemExit(main())
