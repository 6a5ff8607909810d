"""A file with experiments is read within bounds, and what is wrong is told with its place."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_lab.experiment import Experiment
from mnist_lab.runs.experiment_list import MOST_BYTES, ExperimentList, ExperimentListError, read_list


def read(tmp_path, content: object) -> ExperimentList:
    path = tmp_path / "race.json"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return read_list(str(path), least=2, most=6)


def test_experiments_come_in_the_order_of_the_file(tmp_path):
    found = read(tmp_path, {"data": "starter", "experiments": [{"hidden_units": [64, 32]}, {"optimizer": "adam"}]})
    expected = (Experiment(hidden_units=(64, 32)), Experiment(optimizer="adam"))
    assert found == ExperimentList("starter", expected)


def test_what_train_prints_is_taken(tmp_path):
    written = [Experiment(seed=seed).model_dump(mode="json") for seed in (1, 2)]
    found = read(tmp_path, {"experiments": written})
    assert found == ExperimentList("auto", (Experiment(seed=1), Experiment(seed=2)))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ([], "write one JSON object"),
        (b"{", "it is no JSON"),
        (b'{"experiments": NaN}', "NaN is no number"),
        ({"experiments": [{}]}, "a list of 2 to 6"),
        ({"experiments": [{}] * 7}, "a list of 2 to 6"),
        ({"experiments": {}}, "a list of 2 to 6"),
        ({}, "a list of 2 to 6"),
        ({"grid": {}}, "cannot have “grid”: it may have “data”, “experiments”."),
        ({"data": 5, "experiments": [{}, {}]}, "“data” in"),
        ({"experiments": [{}, []]}, "experiments, 2: settings are an object"),
        ({"experiments": [{}, {"epochs": 0}]}, "experiments, 2: The epochs"),
        ({"experiments": [{"colour": 1}, {}]}, "experiments, 1: An experiment has no setting “colour”; it has: "),
        (b" " * (MOST_BYTES + 1), "too large"),
    ],
)
def test_what_is_wrong_is_told_in_one_sentence_with_its_place(tmp_path, content, said):
    with pytest.raises(ExperimentListError) as caught:
        read(tmp_path, content)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ExperimentListError, match="name a file that can be read"):
        read_list(str(tmp_path / "none.json"), least=2, most=6)


@given(content=st.binary(max_size=60))
def test_whatever_stands_in_a_file_ends_in_a_sentence(tmp_path_factory, content):
    with pytest.raises(ExperimentListError):
        read(tmp_path_factory.mktemp("any"), content)
