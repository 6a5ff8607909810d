"""A run's look follows from its number alone, and runs near each other can be told apart by everyone."""

import pytest

from mnist_lab.palette import Palette
from mnist_lab.window import theme
from mnist_lab.window.theme.run_colours import run_look

BOTH = pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK], ids=["light", "dark"])


@BOTH
def test_looks_stand_out_and_differ(palette: Palette) -> None:
    looks = [run_look(number, palette) for number in range(1, 37)]
    assert len(set(looks)) == 36
    for ground in (palette.window, palette.panel):
        assert min(theme.contrast(look.colour, ground) for look in looks) >= 3
    for first in range(len(looks) - 5):
        assert len({look.colour for look in looks[first : first + 6]}) == 6
    assert len({look.dash for look in looks[:6]}) == 6


def test_the_dash_is_the_same_in_every_theme_and_the_look_returns_after_all_pairs() -> None:
    for number in range(1, 40):
        assert run_look(number, theme.LIGHT).dash == run_look(number, theme.DARK).dash
        assert run_look(number + 36, theme.LIGHT) == run_look(number, theme.LIGHT)
    assert run_look(3) == run_look(3, theme.current())
