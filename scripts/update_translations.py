"""Collect every translatable text into resources/translations/*.ts, and compile them."""

import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
TRANSLATIONS = REPOSITORY / "resources" / "translations"
_TOOLS = Path(sys.executable).parent


def collect(file: Path) -> None:
    """Bring a .ts file (mnist_lab_de.ts, …) up to date with the sources; the English one has plurals only."""
    sources = sorted(str(path) for path in (REPOSITORY / "mnist_lab").rglob("*.py"))
    only = (
        ["-pluralonly", "-source-language", "en_US", "-target-language", "en_US"] if file.stem.endswith("_en") else []
    )
    _run("pyside6-lupdate", *only, "-no-obsolete", "-locations", "none", *sources, "-ts", str(file))


def compile_texts(file: Path) -> None:
    """Make the .qm file beside a .ts file, which the window loads."""
    _run("pyside6-lrelease", str(file), "-qm", str(file.with_suffix(".qm")))


def _run(tool: str, *arguments: str) -> None:
    subprocess.run([str(_TOOLS / tool), *arguments], check=True, stdout=subprocess.DEVNULL)


def main() -> int:
    """Update and compile all of them."""
    for file in sorted(TRANSLATIONS.glob("*.ts")):
        collect(file)
        compile_texts(file)
    return 0


if __name__ == "__main__":
    sys.exit(main())
