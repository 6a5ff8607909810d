"""What the machine under the lab must be: a Qt binding that counts its references, and an import that is light."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def run_python(program: str) -> str:
    """Run a program in a child process, without a display; return what it printed."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_qt_loses_no_reference_to_none():
    """PySide6 6.12.0 on Python 3.11 loses one at each call and kills the interpreter within seconds."""
    program = """
import sys
from PySide6.QtCore import QObject
thing = QObject()
before = sys.getrefcount(None)
for _ in range(1_000):
    thing.setObjectName("thing")
print(before - sys.getrefcount(None))
"""
    assert int(run_python(program)) < 500


def test_importing_the_lab_loads_neither_qt_nor_keras():
    program = """
import json, sys
import mnist_lab.app
mnist_lab.app.create_window
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""
    loaded = set(json.loads(run_python(program)))
    assert "mnist_lab" in loaded
    assert not loaded & {"keras", "tensorflow", "sympy", "sklearn", "numpy", "PySide6", "pyqtgraph", "rich"}
