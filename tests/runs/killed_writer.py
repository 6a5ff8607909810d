"""Makes processes that keep made-up runs until they are killed: `python -m tests.runs.killed_writer`.

For each line "HOME<tab>ID<tab>SEED" that it reads, a process of its own says its number, begins the run or goes on with
it, and writes batch after batch without a pause: so a kill at any moment meets it in the middle of something. It says
how many updates are written before and after each batch. When it has been killed, "killed" is said; "failed" if it
ended in any other way.
"""

import os
import random
import sys
from pathlib import Path

from mnist_lab.runs.facts import Batch
from mnist_lab.runs.store import RunStore
from tests.runs.kept import DATA, EXPERIMENT, end_of, snapshot_at, told

BUDGET = 60_000
"""Of bytes: a handful of snapshots, so that some go while others come."""


def main() -> None:
    for line in sys.stdin:
        home, run_id, seed = line.rstrip("\n").split("\t")
        process = os.fork()
        if not process:
            write_for_ever(Path(home), run_id, int(seed))
        _, status = os.waitpid(process, 0)
        say("killed" if os.WIFSIGNALED(status) else "failed")


def write_for_ever(home: Path, run_id: str, seed: int) -> None:
    say(os.getpid())
    store = RunStore(home, budget=BUDGET)
    dice = random.Random(seed)
    is_known = run_id in {row.id for row in store.refresh()}
    writer = store.resume(run_id) if is_known else store.begin(EXPERIMENT, DATA, run_id=run_id)
    end, epochs = writer.updates, len(writer.kept().epochs) if is_known else 0
    say(end)
    while True:
        first, end = end, end + dice.randint(1, 200)
        ends = [end_of(epoch) for epoch in range(epochs + 1, end // 10 + 1)]
        snapshot = snapshot_at(end) if dice.random() < 0.5 or not first else None
        writer.write(Batch([told(first, end - first, end / 1000)], ends, snapshot=snapshot))
        epochs = end // 10
        say(end)


def say(word: object) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
