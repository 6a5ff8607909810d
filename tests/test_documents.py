"""What README, CONTRIBUTING and docs point to is there."""

import re
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

DOCUMENTS = (
    "README.md",
    "CONTRIBUTING.md",
    *(f"docs/{path.name}" for path in sorted((REPOSITORY / "docs").glob("*.md"))),
)
ROOTS = (REPOSITORY, REPOSITORY / "mnist_lab", REPOSITORY / "mnist_lab" / "window")


def text_of(document: str) -> str:
    return (REPOSITORY / document).read_text(encoding="utf-8")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_to_files(document: str) -> None:
    links = re.findall(r"\]\((?!https?://)([^)#]+)\)", text_of(document))
    folder = (REPOSITORY / document).parent
    assert not [link for link in links if not (folder / link).exists()]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_modules_that_are_named_with_their_folder_exist(document: str) -> None:
    named = set(re.findall(r"`([\w/]+/\w+\.py)`", text_of(document)))
    assert not [path for path in named if not any((root / path).is_file() for root in ROOTS)]


def test_the_commands_of_the_readme_are_the_two_that_work_in_a_fresh_checkout() -> None:
    """`.ci/run` reads the second; nothing has to be built or set up before either."""
    blocks = re.findall(r"<!-- (run|test) command -->\n```sh\n(.+?)\n```", text_of("README.md"))
    assert blocks == [
        ("run", "python -m pip install --quiet uv && python -m uv run --locked --no-dev main.py"),
        ("test", "python -m pip install --quiet uv && python -m uv run --locked pytest"),
    ]


def test_the_readme_tells_of_every_folder_of_the_package() -> None:
    folders = {path.parent.name for path in (REPOSITORY / "mnist_lab").glob("*/__init__.py")}
    assert not [name for name in folders if f"  {name}/ " not in text_of("README.md")]


def test_every_layer_is_in_the_architecture() -> None:
    modules = {path.stem for path in (REPOSITORY / "mnist_lab").iterdir() if not path.name.startswith("__")}
    layers = text_of("docs/architecture.md").partition("## The layers")[2].partition("\n## ")[0]
    assert not [name for name in sorted(modules) if f"`{name}`" not in layers]


def test_the_workflow_runs_what_the_readme_says() -> None:
    workflow = Path(REPOSITORY / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    assert "python -m pip install --quiet uv && python -m uv run --locked pytest" in workflow
