"""Whoever reads a class's name knows which one is meant."""

import ast
from collections import defaultdict
from pathlib import Path

import mnist_lab

PACKAGE = Path(mnist_lab.__file__).parent


def test_each_class_name_stands_once() -> None:
    places: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(str(path.relative_to(PACKAGE)))
    assert len(places) > 200, "the whole package is walked"
    assert {name: files for name, files in places.items() if len(files) > 1} == {}
