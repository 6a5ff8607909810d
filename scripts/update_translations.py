"""Collect every translatable text into resources/translations/*.ts, and compile them."""

import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
TRANSLATIONS = REPOSITORY / "resources" / "translations"


def main() -> int:
    """Update each .ts file (mnist_lab_de.ts, …) from the sources and compile it to .qm."""
    sources = sorted(str(path) for path in (REPOSITORY / "mnist_lab").rglob("*.py"))
    for file in sorted(TRANSLATIONS.glob("*.ts")):
        subprocess.run(["pyside6-lupdate", *sources, "-ts", str(file)], check=True)
        subprocess.run(["pyside6-lrelease", str(file), "-qm", str(file.with_suffix(".qm"))], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
