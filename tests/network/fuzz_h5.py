"""Reads changed HDF5 files one after the other, as the lab's own process does with one; tests start this file.

Arguments: a folder with `good.h5`, `zeros.h5` (the same with other weights) and `datasets.json`, the first and the last
number of a change. A line for each: its number, and “same”, “other” (weights changed: nothing in such a file tells that
they have) or “refused”.
"""

import json
import random
import signal
import sys
from pathlib import Path

from mnist_lab.network.h5_worker import read


def changed(content: bytes, other: bytes, number: int) -> bytes:
    """The same change for the same number: mostly of what both files have, which are HDF5's own structures."""
    chance = random.Random(number)
    data = bytearray(content)
    structures = [at for at, (one, two) in enumerate(zip(content, other, strict=True)) if one == two and one]
    for _ in range(chance.randint(1, 6)):
        at = chance.choice(structures) if chance.random() < 0.8 else chance.randrange(len(data))
        new = chance.choice([b"\xff", b"\0", b"\xff\xff\xff\xff", bytes([chance.randrange(256)]), chance.randbytes(8)])
        data[at : at + len(new)] = new
    return bytes(data) if chance.random() < 0.9 else bytes(data[: chance.randrange(len(data))])


def main(folder: Path, first: int, last: int) -> None:
    content, other = ((folder / name).read_bytes() for name in ("good.h5", "zeros.h5"))
    datasets = json.loads((folder / "datasets.json").read_text())
    whole = b"".join(read(content, datasets, "optimizer/vars/0"))
    for number in range(first, last):
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_PROF, 5)  # seconds of computing: what hangs ends this process
        try:
            found = b"".join(read(changed(content, other, number), datasets, "optimizer/vars/0"))
            assert len(found) == len(whole)
            word = "same" if found == whole else "other"
        except Exception:  # noqa: BLE001 - whatever is raised ends the process that the lab starts
            word = "refused"
        print(number, word, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
