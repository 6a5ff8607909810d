"""Test images count as new to a network only where they are."""

from types import SimpleNamespace
from typing import Any

import pytest

from mnist_lab.window.pages.measured_words import MeasuredWords

pytestmark = pytest.mark.usefixtures("qapp")


def said(*, has_kept_only: bool = False, may_know: tuple[str, ...] = (), chosen: str = "") -> str:
    of_mnist, of_starter = (SimpleNamespace(fingerprint=name) for name in ("mnist", "starter"))
    rows = {
        "run": SimpleNamespace(data=of_starter, parent_id=""),
        "other": SimpleNamespace(data=of_mnist, parent_id=""),
        "copy": SimpleNamespace(data=None, parent_id="run"),
        "copy of other": SimpleNamespace(data=None, parent_id="other"),
    }
    network = SimpleNamespace(id=chosen) if chosen else None
    lab: Any = SimpleNamespace(
        look=SimpleNamespace(chosen=network, run=SimpleNamespace(id="run", may_know=may_know)),
        time=SimpleNamespace(has_kept_only=has_kept_only),
        shelf=SimpleNamespace(row=rows.get),
    )
    return MeasuredWords().caution(lab)


def test_of_other_digits_than_its_own_a_network_may_have_learned_some() -> None:
    assert said() == said(chosen="copy") == said(may_know=("held_out",)) == ""
    for told in (said(has_kept_only=True), said(chosen="copy of other")):
        assert "other digits than its own: it may have learned some of them" in told
    assert "trained on other digits, perhaps on these" in said(may_know=("test",))
