"""Begins runs in a store that another process writes, too: `python -m tests.runs.begin_runs HOME COUNT`."""

import sys
from pathlib import Path

from mnist_lab.runs.store import RunStore
from tests.runs.kept import keep

if __name__ == "__main__":
    store = RunStore(Path(sys.argv[1]))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for _ in range(int(sys.argv[2])):
        keep(store, 2)
