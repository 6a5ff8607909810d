"""What is seen at each stage is what has been computed by then."""

import numpy as np
import pytest

from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.studies.flow_case import FlowChoice, Flows, Targets, flows_of
from mnist_lab.window.widgets.network.lit_network import blend, lit_network
from mnist_lab.window.widgets.network.network_light import LightStage, stages_of
from tests.inspection.networks import network, some_images


def flows(weights: NetworkWeights | None = None, choice: FlowChoice | None = None, count: int = 1) -> Flows:
    images, labels = some_images(count), np.arange(count) + 3
    weights = weights or network(784, 20, 12, 10)
    return flows_of(weights, images, choice or FlowChoice(places=(6, 5)), Targets(labels, 0.1))


def test_the_units_of_a_layer_come_to_light_one_stage_after_the_other() -> None:
    shown = flows()
    lamps = []
    for stage in stages_of("forward", 3):
        lit = lit_network(shown.forward, shown.back, stage)
        lamps.append("".join(one.lamp[0] for one in lit.units))
        assert [line.reach for line in lit.lines] == [float(one.lamp != "dark") for one in lit.units]
        assert lit.has_answer == (stage == LightStage("outputs", 2))
        assert lit.now == stage.layer, "whose heading is lit"
        assert lit.has_lines == lit.has_bundles == (stage.kind != "input")
    assert lamps == ["ddd", "sdd", "bdd", "bsd", "bbd", "bbs", "bbb"]


def test_lines_grow_with_the_pulse_and_sums_are_there_when_it_has_arrived() -> None:
    shown = flows()
    lit = lit_network(shown.forward, None, LightStage("sums", 1), 0.25)
    assert [line.reach for line in lit.lines] == [1, 0.25, 0]
    assert [one.lamp for one in lit.units] == ["bright", "dark", "dark"]


def test_the_way_back_is_lit_from_the_right() -> None:
    shown = flows()
    assert shown.back is not None
    lit = lit_network(shown.forward, shown.back, LightStage("back", 2), 0.5)
    assert (lit.measure, [line.reach for line in lit.lines]) == ("slope", [0, 0, 0.5])
    assert [one.lamp for one in lit.units] == ["bright", "bright", "signed"]
    assert lit.lines[2].is_back
    assert lit.now == 1
    np.testing.assert_array_equal(lit.units[2].values, shown.back.layers[2].slopes)
    lit = lit_network(shown.forward, shown.back, LightStage("back", 1))
    assert lit.has_bundles
    np.testing.assert_array_equal(lit.lines[1].to_rest, shown.back.layers[1].rest)
    np.testing.assert_array_equal(lit.units[0].values, shown.back.layers[0].slopes)


@pytest.mark.parametrize("kind", ["gradient", "step"])
def test_at_the_end_lines_and_tiles_are_slopes_and_steps(kind: str) -> None:
    shown = flows()
    assert shown.back is not None
    stage = next(one for one in stages_of("back", 3) if one.kind == kind)
    lit = lit_network(shown.forward, shown.back, stage)
    assert (lit.now, lit.has_lines, lit.has_bundles) == (None, True, False)
    layer = shown.back.layers[2]
    np.testing.assert_array_equal(lit.lines[2].values, layer.gradients if kind == "gradient" else layer.moves)
    assert lit.tiles is (shown.back.tile_gradients if kind == "gradient" else shown.back.tile_moves)
    assert lit.size == max(np.abs(line.values).max(initial=0) for line in lit.lines)


def test_two_digits_against_each_other_show_their_difference() -> None:
    shown = flows(choice=FlowChoice(7, 9, (6, 5)))
    lit = lit_network(shown.forward, None)
    lines, summed = lit.lines[2], shown.forward.asked_sum
    np.testing.assert_allclose(lines.values[:, 7] + lines.values[:, 9], summed.lines)
    assert (lines.values[:, 7] >= 0).all()
    assert (lines.values[:, 9] <= 0).all()
    assert np.count_nonzero(np.delete(lines.values, [7, 9], axis=1)) == 0
    assert lines.from_rest[7] + lines.from_rest[9] == pytest.approx(summed.rest)


def test_the_scale_holds_every_single_line() -> None:
    lit = lit_network(flows().forward, None)
    assert lit.size == max(np.abs(line.values).max(initial=0) for line in lit.lines)
    no_lines = flows(network(784, 10), FlowChoice())
    assert lit_network(no_lines.forward, None).size == pytest.approx(np.abs(no_lines.forward.output.rest).max())


def test_from_one_moment_to_another_nothing_jumps() -> None:
    before, after = (lit_network(flows(network(784, 20, 12, 10, seed=seed)).forward, None) for seed in (1, 2))
    half = blend(before, after, 0.5, (4.0, 2.0))
    np.testing.assert_allclose(half.lines[1].values, (before.lines[1].values + after.lines[1].values) / 2)
    np.testing.assert_allclose(half.units[0].values, (before.units[0].values + after.units[0].values) / 2)
    np.testing.assert_allclose(half.tiles, (before.tiles + after.tiles) / 2, atol=1e-6)
    assert half.limit == 3
    first, last = (blend(before, after, share, (4.0, 2.0)) for share in (0.0, 1.0))
    np.testing.assert_array_equal(first.lines[1].values, before.lines[1].values)
    assert first.limit == 4, "lines are as wide as they were"
    assert last.lines[1].values is after.lines[1].values
    assert last.tiles is after.tiles
    assert last.limit == 2
    other = lit_network(flows(network(784, 8, 10), FlowChoice(places=(6,))).forward, None)
    assert blend(other, after, 0.5, (4.0, 2.0)) is after, "a network of another shape is seen at once"
