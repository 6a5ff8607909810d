"""What a program begins and ends with that is to be compared with the lab's own run."""

from collections.abc import Iterator

from mnist_lab.mirror.lines import Line, line
from mnist_lab.network.environment import INTRA_OP_THREADS


def set_up_lines() -> Iterator[Line]:
    """What decides how sums are cut and rounded, set as in `network.environment` before Keras is imported."""
    yield line("import hashlib, json, os")
    yield line('os.environ["KERAS_BACKEND"] = "tensorflow"')
    yield line('os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"')
    yield line(f'os.environ["TF_NUM_INTRAOP_THREADS"] = "{INTRA_OP_THREADS}"')
    yield line("from keras.callbacks import History")
    yield line("history = History()")


def report_lines() -> Iterator[Line]:
    """One JSON object as the last line; what is no finite number is null in it, as JSON knows none."""
    yield line("numbers = {name: [value if np.isfinite(value) else None for value in values]")
    yield line("           for name, values in history.history.items()}")
    yield line('weights = b"".join(array.astype("<f4").tobytes() for array in network.get_weights())')
    yield line('print(json.dumps({"history": numbers, "test_accuracy": test_acc,')
    yield line('                  "weights_sha256": hashlib.sha256(weights).hexdigest()}))')
