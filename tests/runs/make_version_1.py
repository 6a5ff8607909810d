"""How `version_1.run` was made: `python -m tests.runs.make_version_1`. It is made once, and stays as it is.

Version 1 had no checksums. Nothing here follows the store as it is now, but for the bytes of the snapshots: those have
a version of their own.
"""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np

from tests.runs.kept import snapshot_at

PATH = Path(__file__).with_name("version_1.run")
ID = "1" * 32

_TABLES = """
CREATE TABLE facts (id INTEGER PRIMARY KEY, json TEXT NOT NULL);
CREATE TABLE present (id INTEGER PRIMARY KEY, json TEXT NOT NULL);
CREATE TABLE numbers (first INTEGER PRIMARY KEY, seconds REAL NOT NULL, losses BLOB NOT NULL, accuracies BLOB NOT NULL);
CREATE TABLE epochs (epoch INTEGER PRIMARY KEY, json TEXT NOT NULL);
CREATE TABLE changes (id INTEGER PRIMARY KEY, rate_update INTEGER NOT NULL, learning_rate REAL NOT NULL);
CREATE TABLE snapshots (updates INTEGER PRIMARY KEY, json TEXT NOT NULL);
CREATE TABLE parts (updates INTEGER NOT NULL, part INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (updates, part));
CREATE TABLE outcome (id INTEGER PRIMARY KEY, json TEXT NOT NULL);
"""

_EXPERIMENT = {"hidden_units": [1], "epochs": 2, "batch_size": 10, "optimizer": "rmsprop", "learning_rate": 0.001}
_FACTS = {
    "id": ID,
    "number": 7,
    "created": "2026-11-30T07:00:00+00:00",
    "kind": "run",
    "experiment": _EXPERIMENT,
    "data": {"fingerprint": "0" * 64, "kind": "starter", "origin": "", "train_images": 100, "test_images": 20},
    "activation": "relu",
    "versions": {"lab": "0.1"},
}
_PRESENT = {"name": "of version 1", "note": "kept", "is_starred": True, "experiment": _EXPERIMENT}
_EPOCH = {
    "epoch": 1,
    "updates": 10,
    "train_loss": 0.1,
    "train_accuracy": 0.2,
    "validation_loss": 0.3,
    "validation_accuracy": 0.4,
    "train_loss_after": 0.5,
    "train_accuracy_after": 0.6,
    "train_sample": 50,
}


def main() -> None:
    PATH.unlink(missing_ok=True)
    with closing(sqlite3.connect(PATH)) as connection:
        connection.execute(f"PRAGMA application_id={0x4D4C5231}")
        connection.execute("PRAGMA user_version=1")
        connection.executescript(_TABLES)
        connection.execute("INSERT INTO facts VALUES (0, ?)", (json.dumps(_FACTS),))
        connection.execute("INSERT INTO present VALUES (0, ?)", (json.dumps(_PRESENT),))
        connection.execute("INSERT INTO epochs VALUES (1, ?)", (json.dumps(_EPOCH),))
        connection.execute("INSERT INTO changes VALUES (0, 12, 0.01)")
        for first, count in ((0, 10), (10, 5)):
            numbers = np.arange(first, first + count).astype("<f4").tobytes()
            connection.execute("INSERT INTO numbers VALUES (?, ?, ?, ?)", (first, 0.1 * first, numbers, numbers))
        for updates in (0, 10):
            snapshot = snapshot_at(updates, units=1)
            data = snapshot.to_bytes()
            kept = json.dumps({"updates": updates, "bytes": len(data), "weights_sha256": snapshot.weights_sha256})
            connection.execute("INSERT INTO snapshots VALUES (?, ?)", (updates, kept))
            connection.execute("INSERT INTO parts VALUES (?, 0, ?)", (updates, data))
        connection.commit()


if __name__ == "__main__":
    main()
