"""What the Descent page tells the course of its models, without a page."""

import pytest

from mnist_lab.descent.functions import FUNCTIONS
from mnist_lab.window.pages.descent.line.line_facts import tell_line
from mnist_lab.window.pages.descent.line.line_model import LineModel
from mnist_lab.window.pages.descent.naive.card_probes import CardProbes
from mnist_lab.window.pages.descent.naive.naive_facts import tell_card
from mnist_lab.window.state.views import View


def test_the_line_tells_its_gap_and_that_it_shrinks_faster_than_the_distance() -> None:
    view, model = View(), LineModel()
    tell_line(view, model)
    assert view.facts()["lineFunction"] == "bowl"
    assert view.facts()["lineIsChosen"] is False
    model.set_x(1.0)
    model.set_epsilon(0.05)
    facts = view.facts()
    assert facts["lineIsChosen"] is True
    assert (facts["lineX"], facts["lineSlope"], facts["lineEpsilon"]) == pytest.approx((1.0, 2.0, 0.05))
    assert facts["lineGap"] == pytest.approx(0.0025)
    assert facts["lineTenfold"] == pytest.approx(100)


def test_a_corner_has_no_slope_to_tell_and_another_curve_begins_anew() -> None:
    view, model = View(), LineModel()
    tell_line(view, model)
    model.set_epsilon(0.05)
    model.look_at(next(one for one in FUNCTIONS if one.identifier == "absolute_value"))
    assert view.facts()["lineIsChosen"] is False
    model.set_x(0.0)
    facts = view.facts()
    assert [name for name, value in facts.items() if value is None] == [
        "lineSlope", "linePredicted", "lineGap", "lineTenfold"
    ]  # fmt: skip
    assert facts["lineY"] == 0


def test_the_card_tells_where_it_was_tried() -> None:
    view, card = View(), CardProbes()
    tell_card(view, card)
    card.probe(0.35)
    card.probe(0.25)
    facts = view.facts()
    assert facts["cardTried"] == (0.35, 0.25)
    assert (facts["cardBest"], facts["cardMove"]) == pytest.approx((0.25, -0.05))
