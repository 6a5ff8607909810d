"""The learner's numbers of the first two parts: which paragraph is left out depends on them."""

import pytest

from mnist_lab.course.first_numbers import FIRST_NUMBERS
from mnist_lab.course.number import Number
from mnist_lab.course.state import DigitFacts, DrawingFacts, EpochFacts, LabState, Value
from mnist_lab.course.trial_numbers import OF_TRIALS
from mnist_lab.experiment import Experiment
from tests.course.states import run_facts

BY_KIND = {
    "full": (DigitFacts("full", 60_000, 10_000), 469, 2_345),
    "starter": (DigitFacts("starter", 4_000, 1_000), 32, 160),
    "own": (DigitFacts("own", 130, 10), 2, 10),
}


def number(name: str, now: LabState) -> Number | None:
    return FIRST_NUMBERS[name](LabState(), now)


def seen(**facts: Value) -> LabState:
    return LabState(facts={f"dataPage.{name}": value for name, value in facts.items()})


@pytest.mark.parametrize("kind", BY_KIND)
def test_the_chapters_updates_are_known_for_the_digits_in_use_only(kind: str) -> None:
    digits, per_epoch, updates = BY_KIND[kind]
    now = LabState(digits=digits, experiment=Experiment(batch_size=7, epochs=2))
    for other in BY_KIND:
        expected = (Number(per_epoch), Number(updates)) if other == kind else (None, None)
        assert (number(f"{other}_epoch", now), number(f"{other}_updates", now)) == expected
    assert [name for name in ("full_goal", "starter_goal", "own_images") if number(name, now)] == [
        {"full": "full_goal", "starter": "starter_goal", "own": "own_images"}[kind]
    ]


def test_without_digits_nothing_of_them_is_known() -> None:
    of_digits = [name for name in FIRST_NUMBERS if name.startswith(("set_", "full_", "starter_", "own_"))]
    assert len(of_digits) == 13
    assert not [name for name in of_digits if number(name, LabState())]


@pytest.mark.parametrize(("images", "last", "left"), [(4_000, 31, 32), (60_000, 468, 96), (256, 1, 128), (5, 0, 5)])
def test_the_last_batch_has_what_is_left(images: int, last: int, left: int) -> None:
    now = LabState(digits=DigitFacts("own", images, 1))
    assert (number("last_batch", now), number("images_left", now)) == (Number(last), Number(left))


def test_parameters_are_added_up_as_they_come_about() -> None:
    now = LabState(experiment=Experiment(hidden_units=(512,)))
    assert number("next_parameters_sum", now) == Number("784×512 + 512 + 512×10 + 10", "text")
    assert number("next_parameters", now) == Number(407_050)


@pytest.mark.parametrize(
    ("train", "test", "known"), [(1.0, 0.93, "gap"), (0.95, 0.95, "no_gap"), (0.9, 0.95, "no_gap")]
)
def test_a_gap_is_spoken_of_where_there_is_one(train: float, test: float, known: str) -> None:
    epoch = EpochFacts(160, 0.1, 0.9, train, 0.2, test)
    now = LabState(run=run_facts(epochs=(epoch,)))
    assert [name for name in ("gap", "no_gap") if number(name, now)] == [known]
    found = number(known, now)
    assert found is not None
    assert found.value == pytest.approx(100 * (train - test))
    assert not number("gap", LabState(run=run_facts()))


def test_a_range_of_rates_is_written_as_on_its_page() -> None:
    now = LabState(facts={"experimentsPage.rangeFound": (3.98e-5, 9.3e-4, 3.7e-4)})
    read = OF_TRIALS["range_low"](LabState(), now)
    assert read == Number(4e-5, "setting"), "as one types it: 0.00004, not 4.0 × 10⁻⁵"


def test_what_is_drawn_and_chosen_is_told() -> None:
    now = LabState(drawing=DrawingFacts(None, 7, 0.6))
    assert number("answer", now) == Number(7)
    assert number("certainty", now) == Number(0.6, "certainty")
    assert number("drawn_label", now) is None
    for label, told in ((9, Number(9)), (7, None)):
        assert number("drawn_label", LabState(drawing=DrawingFacts(label, 7, 0.6))) == told, "it tells of a mistake"
    chosen = seen(label=5, greyest=51)
    assert number("one_hot", chosen) == Number("\u00a0".join("0000010000"), "text")
    assert number("greyest_scaled", chosen) == Number(0.2, "figures", 3)
