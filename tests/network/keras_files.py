"""Files as Keras 3 writes them, made without Keras: any of their parts can be another."""

import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import h5py
import numpy as np

Config = dict[str, Any]


def layer(class_name: str, **config: object) -> Config:
    return {"module": "keras.layers", "class_name": class_name, "config": config, "registered_name": None}


def dense(units: int, activation: object = "relu", **config: object) -> Config:
    return layer("Dense", **({"units": units, "activation": activation, "use_bias": True} | config))


def given(*shape: int) -> Config:
    return layer("InputLayer", batch_shape=[None, *shape])


def sequential(*layers: Config) -> Config:
    return {"module": "keras", "class_name": "Sequential", "config": {"name": "model", "layers": list(layers)}}


def functional(*layers: Config) -> Config:
    """Layers that follow one another."""
    named = [one | {"name": f"layer_{number}", "inbound_nodes": _node(number)} for number, one in enumerate(layers)]
    ends = {"input_layers": ["layer_0", 0, 0], "output_layers": [f"layer_{len(layers) - 1}", 0, 0]}
    return {"module": "keras.src.models.functional", "class_name": "Functional", "config": {"layers": named} | ends}


def _node(number: int) -> list[Any]:
    if not number:
        return []
    tensor = {"class_name": "__keras_tensor__", "config": {"keras_history": [f"layer_{number - 1}", 0, 0]}}
    return [{"args": [tensor], "kwargs": {}}]


USUAL = sequential(given(784), dense(4), layer("Dropout", rate=0.2), dense(3), dense(10, "softmax"))


def arrays(*units: int, bias: bool = True) -> dict[str, np.ndarray]:
    """Weights of Dense layers, by their places in the file."""
    random = np.random.default_rng(0)
    found: dict[str, np.ndarray] = {}
    for number, (inputs, outputs) in enumerate(zip((784, *units), units, strict=False)):
        name = f"layers/dense_{number}" if number else "layers/dense"
        found[f"{name}/vars/0"] = random.normal(size=(inputs, outputs)).astype(np.float32)
        if bias:
            found[f"{name}/vars/1"] = random.normal(size=outputs).astype(np.float32)
    return found


WEIGHTS = arrays(4, 3, 10)


def h5_bytes(values: Mapping[str, np.ndarray], change: Callable[[h5py.File], object] = lambda _file: None) -> bytes:
    stream = io.BytesIO()
    with h5py.File(stream, "w") as file:
        for path, value in values.items():
            file[path] = value
        change(file)
    return stream.getvalue()


def keras_file(
    path: Path,
    config: object = USUAL,
    weights: Mapping[str, np.ndarray] | bytes = WEIGHTS,
    more: Sequence[tuple[str, bytes]] = (),
) -> Path:
    parts = {
        "metadata.json": b'{"keras_version": "3.15.1"}',
        "config.json": config if isinstance(config, bytes) else json.dumps(config).encode(),
        "model.weights.h5": weights if isinstance(weights, bytes) else h5_bytes(weights),
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in (*parts.items(), *more):
            archive.writestr(name, content)
    return path
