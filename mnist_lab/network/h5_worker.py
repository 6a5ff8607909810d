"""Reads arrays out of an HDF5 file that nobody vouches for; run as a process of its own, never imported by the lab.

The library that reads HDF5 is written in C, and files made for it on purpose have crashed it. Here it can crash, hang
or ask for memory without harm: `h5_arrays` starts this file, gives it bytes, and takes bytes. It knows no other module.

Arguments: JSON with the paths of float32 datasets and their shapes; the path of an int64 number, which may be missing.
Standard input: the file. Standard output: the number (−1 where it is missing), then the arrays, little-endian. Where
something is not as it must be, standard error gets its path, and the exit status is 3.
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import h5py
import numpy as np

REFUSED = 3


class RefusedError(Exception):
    """A dataset that is not as it must be; its path is what is told."""


def read(content: bytes, datasets: Mapping[str, Sequence[int]], number: str) -> Iterator[bytes]:
    """What goes to standard output, piece by piece."""
    with h5py.File(h5py.h5f.open_file_image(content)) as file:
        yield np.array(_number(file, number), "<i8").tobytes()
        for path, shape in datasets.items():
            dataset = _dataset(file, path)
            if dataset is None or dataset.shape != tuple(shape) or dataset.dtype != np.dtype("<f4"):
                raise RefusedError(path)
            values = np.empty(dataset.shape, "<f4")
            dataset.read_direct(values)
            yield values.tobytes()


def _number(file: Any, path: str) -> int:
    dataset = _dataset(file, path)
    if dataset is None or dataset.shape != () or dataset.dtype != np.dtype("<i8"):
        return -1
    return int(dataset[()])


def _dataset(file: Any, path: str) -> Any:
    """The dataset, if its bytes stand in this very file, one after the other and not packed; else None."""
    place = file
    for name in path.split("/"):
        if not isinstance(place, h5py.Group) or not isinstance(place.get(name, getlink=True), h5py.HardLink):
            return None  # a soft or external link leads elsewhere, perhaps into another file
        place = place[name]
    if not isinstance(place, h5py.Dataset):
        return None
    is_plain = (
        not place.external
        and not place.is_virtual
        and place.chunks is None
        and place.id.get_create_plist().get_nfilters() == 0
        and place.id.get_storage_size() == place.size * place.dtype.itemsize
    )
    return place if is_plain else None


def _limit(most_bytes: int) -> None:
    """Let this process take no more than so much, where the system can see to that."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if sys.platform == "linux":  # macOS does not keep to it
        resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))


if __name__ == "__main__":
    _limit(int(sys.argv[3]))
    try:
        for piece in read(sys.stdin.buffer.read(), json.loads(sys.argv[1]), sys.argv[2]):
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
    except RefusedError as refused:
        sys.stderr.write(str(refused))
        sys.exit(REFUSED)
