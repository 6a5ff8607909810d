import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_lab import __version__
from mnist_lab.argument_values import OTHER_NAMES
from mnist_lab.arguments import PROGRAM, program_name, read
from mnist_lab.commands import (
    Command,
    ScreenshotsCommand,
    SelfTestCommand,
    SettingsCommand,
    TrainCommand,
    WindowCommand,
)
from mnist_lab.experiment import LIMITS, Experiment
from mnist_lab.one_line_parser import UsageError
from mnist_lab.words import LabError

FIELDS = tuple(Experiment.model_fields)


def experiment_of(command: Command) -> Experiment:
    assert isinstance(command, WindowCommand | TrainCommand)
    assert command.experiment is not None
    return command.experiment


def refusal(*arguments: str) -> str:
    with pytest.raises(LabError) as caught:
        read(arguments)
    return str(caught.value)


def test_no_command_opens_the_window_as_it_was_left():
    assert read([]) == WindowCommand(None, data=None, theme=None)


def test_what_is_named_counts_also_where_it_is_what_a_new_lab_has():
    assert read(["--epochs", "5"]) == WindowCommand(Experiment(), data=None, theme=None)
    assert read(["--data", "auto"]) == WindowCommand(None, data="auto", theme=None)


def test_train_takes_every_setting():
    line = (
        "train --hidden-units 128,64 --optimizer adam --learning-rate 1e-2 --epochs 2 --batch-size 32 --seed 7 "
        "--activation tanh --dropout 0.5 --l2 0.001 --validation held_out --held-out-share 0.2 "
        "--batch-order fixed --initial-weights large --shuffled-labels --one-batch --data starter --json "
        "--moved-copies 3 --moved-turn 20 --moved-shear 0.4 --moved-scale 0.2 --moved-shift 1.5"
    )
    expected = Experiment(
        hidden_units=(128, 64),
        optimizer="adam",
        learning_rate=0.01,
        epochs=2,
        batch_size=32,
        seed=7,
        activation="tanh",
        dropout=0.5,
        l2=0.001,
        validation="held_out",
        held_out_share=0.2,
        batch_order="fixed",
        initial_weights="large",
        shuffled_labels=True,
        one_batch=True,
        moved_copies=3,
        moved_turn=20,
        moved_shear=0.4,
        moved_scale=0.2,
        moved_shift=1.5,
    )
    assert read(line.split()) == TrainCommand(expected, data="starter", as_json=True)


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_of_the_experiment_has_its_option(field, capsys):
    with pytest.raises(SystemExit) as caught:
        read(["train", "-h"])
    assert caught.value.code == 0
    assert f"--{field.replace('_', '-')} " in capsys.readouterr().out


def test_the_window_takes_settings_and_theme():
    command = read(["--epochs", "3", "--theme", "dark", "--data", "starter"])
    assert command == WindowCommand(Experiment(epochs=3), data="starter", theme="dark")


SETTINGS = Experiment(
    hidden_units=(7, 5), optimizer="sgd_momentum", optimizer_settings={"momentum": 0.5}, one_batch=True, seed=3
)


def test_an_experiment_comes_from_a_file_and_what_is_typed_comes_before_it(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "settings.json").write_text(SETTINGS.model_dump_json(indent=1))
    (tmp_path / "result.json").write_text(f'{{"test_accuracy": 0.9, "experiment": {SETTINGS.model_dump_json()}}}')
    for name in ("settings.json", "result.json"):
        assert experiment_of(read(["train", "--experiment", str(tmp_path / name)])) == SETTINGS
    typed = read(["--experiment=~/settings.json", "--seed", "4", "--hidden-units", "6"])
    assert typed == WindowCommand(SETTINGS.changed(seed=4, hidden_units=(6,)), data=None, theme=None)
    other = experiment_of(read(["train", "--experiment=~/settings.json", "--optimizer", "adam"]))
    assert other == SETTINGS.changed(optimizer="adam", optimizer_settings={})


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{}{", "holds no experiment: write one as a JSON object, as “train --json” prints it under “experiment”."),
        ("[1]", "holds no experiment"),
        ("\ud800", "holds no experiment"),
        ("", "holds no experiment"),
        ("[" * 60_000, "holds no experiment"),
        ('{"seed": ' + "9" * 5_000 + "}", "holds no experiment"),
        ("{}" + " " * 4 * 1024**2, "holds no experiment"),
        ('{"seed": "one"}', "The seed cannot be one: it must be a whole number"),
        ('{"learning_rate": NaN}', "The learning rate cannot be nan"),
        ('{"epoch": 3}', "An experiment has no setting “epoch”; it has: hidden_units"),
        ('{"one_batch": 1}', "The setting “one batch” cannot be 1: it must be true or false."),
    ],
)
def test_a_file_without_an_experiment_is_refused_in_one_sentence(tmp_path, content, says):
    path = tmp_path / "settings.json"
    path.write_text(content, encoding="utf-8", errors="surrogatepass")
    sentence = refusal("train", "--experiment", str(path))
    assert says in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


LINE = "“MNIST Lab v1: hidden-units=7+5 optimizer=adam seed=3”"


def test_an_experiment_comes_from_a_line_of_text_or_by_a_name():
    told = Experiment(hidden_units=(7, 5), optimizer="adam", seed=3)
    assert experiment_of(read(["train", "--settings", LINE])) == told
    assert experiment_of(read(["train", "--settings", LINE, "--seed", "4"])) == told.changed(seed=4)
    assert read(["--settings", LINE]) == WindowCommand(told, data=None, theme=None)
    small = experiment_of(read(["train", "--preset", "Too_Small", "--epochs", "2"]))
    assert small == Experiment(hidden_units=(3,), epochs=2)
    assert read(["--preset", "overfits"]) == WindowCommand(Experiment(epochs=30), data=None, theme=None)
    assert read(["settings", "--preset", "chapter"]) == SettingsCommand(Experiment())
    assert read(["settings", "--epochs", "3", "--json"]) == SettingsCommand(Experiment(epochs=3), as_json=True)


def test_all_settings_are_named_once():
    assert refusal("train", "--settings", LINE, "--preset", "chapter") == (
        "--settings and --preset each name all settings: write one of them."
    )
    assert "“hiden-units” is no setting" in refusal("train", "--settings", "MNIST Lab v1: hiden-units=3")
    assert refusal("train", "--preset", "tiny") == (
        "There are no settings named “tiny”; choose one of: chapter, too-small, overfits, diverges, slow-and-steady."
    )


def test_layers_are_written_with_a_plus_too():
    assert experiment_of(read(["train", "--hidden-units", "1,024+64 + 8"])).hidden_units == (1024, 64, 8)
    assert "hidden units" in refusal("train", "--hidden-units", "64+")


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    nowhere = tmp_path / "nowhere.json"
    said = f"The experiment cannot be read from “{nowhere}” (No such file or directory): name a file that can be read."
    assert refusal("train", "--experiment", str(nowhere)) == said
    assert "is no ordinary file" in refusal("train", "--experiment", str(tmp_path))
    assert "cannot be read from" in refusal("train", "--experiment", "\0")


def test_the_window_takes_a_page():
    assert read(["--page", "draw"]) == WindowCommand(None, data=None, theme=None, page="draw")


def test_the_self_test_stands_alone():
    assert read(["--self-test"]) == SelfTestCommand()
    assert refusal("--self-test", "train") == "--self-test stands alone: leave out train."
    assert "--hidden-units, --theme" in refusal("--hidden-units", "5", "--self-test", "--theme", "dark")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("main.py", "python main.py"),
        ("/home/me/lab/main.py", "python main.py"),
        ("/venv/bin/mnist-lab", "mnist-lab"),
        ("/venv/bin/mnist-lab-window", "mnist-lab"),
        ("/site-packages/mnist_lab/__main__.py", "python -m mnist_lab"),
        ("", "python main.py"),
    ],
)
def test_sentences_name_the_command_that_was_typed(path, name):
    assert program_name(path) == name


def test_settings_before_and_after_the_command_both_count():
    command = read(["--epochs", "3", "--seed", "1", "train", "--seed", "2"])
    assert command == TrainCommand(Experiment(epochs=3, seed=2), data="auto")


def test_train_can_be_plain():
    assert read(["train", "--plain"]) == TrainCommand(Experiment(), "auto", is_plain=True)


def test_optimizer_settings_are_checked_by_the_optimizer_itself():
    command = read(["train", "--optimizer-settings", "rho=0.5, epsilon=1e-6"])
    assert experiment_of(command).optimizer_settings == {"rho": 0.5, "epsilon": 1e-6}
    assert "warmth" in refusal("train", "--optimizer", "sgd", "--optimizer-settings", "warmth=1")
    assert "0.0 to 0.999999" in refusal("train", "--optimizer-settings", "rho=1")
    assert "rho=0.95" in refusal("train", "--optimizer-settings", "rho")


def test_screenshots_are_given_size_scale_and_theme():
    assert read(["screenshots", "out"]) == ScreenshotsCommand(Path("out"), 1280, 800, 1.0, "light")
    assert read(["screenshots", "out", "--film"]) == ScreenshotsCommand(Path("out"), 1280, 800, 1.0, "light", True)
    arguments = ["screenshots", "out", "--size", "1920X1080", "--scale", "2", "--theme", "dark"]
    assert read(arguments) == ScreenshotsCommand(Path("out"), 1920, 1080, 2.0, "dark")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("train --epochs 0", "epochs 0 1 10,000"),
        ("train --epochs -3", "epochs -3 10,000"),
        ("train --epochs few", "epochs few 10,000"),
        ("train --epochs 2.5", "epochs 2.5 10,000"),
        ("train --epochs", "--epochs -h"),
        ("train --batch-size 100001", "batch size 100001 100,000"),
        ("train --learning-rate nan", "learning rate nan 1,000"),
        ("train --learning-rate inf", "learning rate inf 1,000"),
        ("train --learning-rate=-1e-3", "learning rate -1e-3 1,000"),
        ("train --hidden-units 128,,64", "hidden units 128,,64 16,384"),
        ("train --hidden-units 1,024", "1,024 two ways: write 1024 “1, 24”, with blanks, for 2"),
        ("train --hidden-units 16,384", "write 16384 “16, 384”"),
        ("train --hidden-units 1,000", "write 1000, without"),
        ("train --hidden-units 64,08", "no number begins with 0; write “64, 8”"),
        ("train --hidden-units 1,024,64", "begins with 0; write “1, 24, 64”"),
        ("train --epochs 1,00", "epochs 1,00 10,000"),
        ("train --lr 0.01", "--lr did you mean --learning-rate?"),
        ("--lr=0.01", "did you mean --learning-rate?"),
        ("--rate 1 train", "did you mean --learning-rate?"),
        ("train --momentum 0.9", "did you mean --optimizer-settings?"),
        ("train --hidden_unit 8", "did you mean --hidden-units?"),
        ("screenshots d --lr 1", "no option --lr"),
        ("train --hidden-units 0", "hidden units 0 16,384"),
        ("train --hidden-units=", "1 to 4 hidden layers"),
        ("train --hidden-units 1,2,3,4,5", "1 to 4 hidden layers"),
        ("train --optimizer newton", "newton rmsprop"),
        ("train --activation step", "activation step relu"),
        ("train --initial-weights huge", "initial weights huge glorot he zeros large"),
        ("train --kernel-initializer he", "did you mean --initial-weights?"),
        ("train --epoch 3", "--epoch --epochs"),
        ("--epoch 3 train", "--epoch --epochs"),
        ("--theme sepia", "theme sepia light, dark, system"),
        ("--json", "--json stands after train: write"),
        ("--workers 2", "--workers stands after sweep: write “ sweep --workers 2”"),
        ("--learn-hand=f", "--learn-hand stands after runs fork: write “ runs fork --learn-hand=f”"),
        ("runs --batches", "--batches stands after show: write “ runs show --batches”"),
        ("train --frobnicate", "--frobnicate --epochs"),
        ("--nonsense", "--nonsense; it takes -h"),
        ("train extra", "extra -h"),
        ("trian", "trian train screenshots"),
        ("screenshots", "DIR -h"),
        ("screenshots d --size big", "size big 1280x800"),
        ("screenshots d --size 10x10", "size 10x10 640x400"),
        ("screenshots d --size 1280x300", "size 1280x300 640x400"),
        ("screenshots d --scale 0", "scale 0 0.5 4.0"),
        ("screenshots d --scale nan", "scale nan 0.5"),
        ("screenshots d --theme system", "theme system light, dark"),
    ],
)
def test_a_refusal_says_what_is_wrong_and_what_would_be_right(arguments, words):
    sentence = refusal(*arguments.split())
    assert "\n" not in sentence
    for word in words.split(" "):
        assert word in sentence


def test_numbers_as_the_lab_writes_them_are_read():
    """In thousands, unless a comma may as well stand between two layers."""
    line = "--epochs 1,000 --batch-size 60,000 --seed 2,147,483,647"
    expected = Experiment(epochs=1000, batch_size=60_000, seed=2_147_483_647)
    assert experiment_of(read(line.split())) == expected
    for text, units in (("1, 24", (1, 24)), ("512,256", (512, 256)), ("17,128", (17, 128)), ("16,99", (16, 99))):
        assert experiment_of(read(["--hidden-units", text])).hidden_units == units
    assert experiment_of(read(["--hidden-units=1024,64"])).hidden_units == (1024, 64)


def test_options_of_other_programs_are_suggestions_that_are_taken():
    for other, ours in OTHER_NAMES.items():
        assert f"did you mean {ours}?" in refusal(other, "1")
        assert ours[2:].replace("-", "_") in FIELDS


@given(st.integers())
def test_whole_numbers_are_taken_exactly_within_their_limits(epochs):
    limits = LIMITS["epochs"]
    if limits.minimum <= epochs <= limits.maximum:
        assert experiment_of(read(["train", f"--epochs={epochs}"])).epochs == epochs
    else:
        assert f"{limits.maximum:,}" in refusal("train", f"--epochs={epochs}")


@given(st.lists(st.text(max_size=12), max_size=4))
def test_any_words_at_all_are_read_or_refused_in_one_sentence(words):
    with contextlib.suppress(LabError, SystemExit):  # SystemExit: “-h” is among the words that can come
        assert isinstance(read(words), Command)


def test_version_tells_the_version_of_the_project(capsys):
    with pytest.raises(SystemExit) as caught:
        read(["--version"])
    assert caught.value.code == 0
    assert capsys.readouterr().out == f"MNIST Lab {__version__}\n"


def test_a_usage_error_names_the_program_to_ask():
    with pytest.raises(UsageError, match=f"{PROGRAM} train -h"):
        read(["train", "extra", "--epochs"])
