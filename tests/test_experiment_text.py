"""Settings as one line of text: exact, short, tolerant of what chats do to it; a wrong word is named."""

import contextlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_lab.experiment import Experiment
from mnist_lab.experiment_text import MOST_CHARACTERS, VERSION, read, write
from mnist_lab.optimizers import OPTIMIZERS
from mnist_lab.words import LabError
from tests.test_experiment import experiments

CHAPTERS = "MNIST Lab v1: hidden-units=512 optimizer=rmsprop learning-rate=0.001 epochs=5 batch-size=128 seed=0"


def refusal(text: str) -> str:
    with pytest.raises(LabError) as caught:
        read(text)
    assert str(caught.value).endswith((".", "?"))
    assert "\n" not in str(caught.value)
    return str(caught.value)


@given(experiments)
def test_every_experiment_comes_back_exactly(experiment: Experiment) -> None:
    line = write(experiment)
    assert read(line) == experiment
    assert len(line) < MOST_CHARACTERS / 2
    assert re.fullmatch(r"[ -~]+", line)


@given(experiments, st.data())
def test_what_a_chat_does_to_a_line_does_not_matter(experiment: Experiment, data: st.DataObject) -> None:
    words = write(experiment).split()
    gaps = st.sampled_from([" ", "\n", "  ", "\u00a0", " \r\n> ", ", ", "\t"])
    head, others = " ".join(words[:3]), words[3:]
    line = head + "".join(data.draw(gaps) + word for word in others)
    line = data.draw(
        st.sampled_from([line, line.upper(), f"“{line}”", f"`{line}`", f"[10:02] Ada: {line}.", f"\ufeff{line}\n"])
    )
    assert read(line) == experiment


def test_the_line_is_short_and_says_what_is_not_the_chapters() -> None:
    assert write(Experiment()) == CHAPTERS
    other = Experiment(
        hidden_units=(1, 100),
        learning_rate=1e-7,
        l2=2.0,
        shuffled_labels=True,
        optimizer="sgd_momentum",
        optimizer_settings={"momentum": 0.5},
    )
    assert write(other) == (
        "MNIST Lab v1: hidden-units=1+100 optimizer=sgd_momentum learning-rate=1e-7 epochs=5 batch-size=128 seed=0 l2=2"
        " optimizer-settings=momentum=0.5 shuffled-labels"
    )


def test_no_name_and_no_value_is_told_by_its_case_alone() -> None:
    names = [setting.name for spec in OPTIMIZERS for setting in spec.settings]
    for word in (*Experiment.model_fields, *(spec.identifier for spec in OPTIMIZERS), *names):
        assert word == word.lower()
        assert not set(word) & set(" =+,")


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("epochs=3", {"epochs": 3}),
        ("MNIST Lab: epochs = 3", {"epochs": 3}),
        ("--epochs=3; --one-batch", {"epochs": 3, "one_batch": True}),
        ("one-batch=no epochs=3", {"epochs": 3}),
        ("mnistlab 1: Hidden_Units=64 + 32", {"hidden_units": (64, 32)}),
        ("hidden-units=128,64", {"hidden_units": (128, 64)}),
        ("hidden-units=16,384+8 seed=1,000", {"hidden_units": (16384, 8), "seed": 1000}),
        ("learning–rate=1e−4", {"learning_rate": 1e-4}),
        ("optimizer-settings=rho=0.95,epsilon=1e-6", {"optimizer_settings": {"rho": 0.95, "epsilon": 1e-6}}),
    ],
)
def test_other_ways_to_write_it(text: str, fields: dict[str, object]) -> None:
    assert read(text) == Experiment.parse(fields)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "There is no text"),
        ("  \n", "There is no text"),
        ("hello world", "“hello world” is no line of settings; one looks like “MNIST Lab v1: "),
        ("x" * 300, f"“{'x' * 60}…” is no line of settings"),
        ("MNIST Lab v1:", "is no line of settings"),
        ("MNIST Lab v1: hiden-units=4", "“hiden-units” is no setting: did you mean “hidden-units”?"),
        ("MNIST Lab v1: epochs=3 please", "“please” is no setting; these are: hidden-units, "),
        ("MNIST Lab v2: epochs=3", "written by the rules v2, and this lab knows v1 alone"),
        (f"{CHAPTERS} {CHAPTERS}", "2 lines of settings"),
        ("epochs=3 epochs=4", "“epochs” stands there twice"),
        ("epochs=; seed=0", "“epochs” has no value: write it like “epochs=5”"),
        ("optimizer-settings", "write it like “optimizer-settings=rho=0.95”"),
        ("epochs=0", "The epochs cannot be 0"),
        ("epochs=five", "The epochs cannot be five"),
        ("seed=-1", "The seed cannot be -1"),
        ("learning-rate=nan", "The learning rate cannot be nan"),
        ("hidden-units=1,024", "write 1024, or 1+24"),
        ("hidden-units=8+8+8+8+8", "1 to 4 hidden layers"),
        ("hidden-units=8+", "The hidden units cannot be"),
        ("shuffled-labels=perhaps", "cannot be perhaps: it must be true or false"),
        ("activation=relu6", "The activation cannot be relu6"),
        ("optimizer=lion", "There is no optimizer “lion”"),
        ("optimizer-settings=0.9", "cannot be read: write it like rho=0.95"),
        ("optimizer-settings=rho=0.9,rho=0.5", "cannot be read: write it like rho=0.95"),
        ("optimizer=sgd optimizer-settings=rho=0.9", "SGD has no setting “rho”"),
        ("epochs=3 " * 1000, "This text has 9,000 characters: a line of settings has 2,000 at most"),
    ],
)
def test_a_wrong_word_is_named(text: str, says: str) -> None:
    assert says in refusal(text)


@given(st.text(max_size=300) | st.text(alphabet="hidden-units=+,.: 0123456789eMNISTLab", max_size=200))
def test_any_text_is_an_experiment_or_refused_in_one_sentence(text: str) -> None:
    with contextlib.suppress(LabError):
        assert isinstance(read(text), Experiment)


def test_a_text_of_words_that_mean_something_elsewhere_is_never_run() -> None:
    assert "no setting" in refusal("epochs=3 __import__('os')")
    assert "The epochs cannot be" in refusal("epochs=__import__('os').getpid()")


def test_the_version_stands_in_the_line() -> None:
    assert write(Experiment()).startswith(f"MNIST Lab v{VERSION}: ")
