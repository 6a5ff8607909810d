"""What works in Python, NumPy or Keras and not here is told as it is written here, and that works."""

import numpy as np
import pytest

from mnist_lab.tensors.evaluator import Names, evaluate
from mnist_lab.words import LabError

NAMES: Names = {
    "train_images": np.arange(60 * 28 * 28, dtype=np.uint8).reshape(60, 28, 28),
    "train_labels": np.arange(60) % 10,
    "n": 3,
}


def refusal(text: str) -> str:
    with pytest.raises(LabError) as caught:
        evaluate(text, NAMES)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "part", "cure"),
    [
        ("keras.utils.to_categorical(train_labels)", "keras.utils.to_categorical", "to_categorical"),
        ("tf.matmul(train_images[0], train_images[1])", "tf.matmul", "matmul"),
        ("tf.reduce_sum(train_images)", "tf.reduce_sum", "sum"),
        ("tf.cast(train_images, 'float32')", "tf.cast", "astype"),
        ("keras.activations.relu(train_images)", "keras.activations.relu", "relu"),
        ("range(10)", "range", "arange"),
        ("len(train_images)", "len(train_images)", "train_images.shape[0]"),
        ("float32(train_images)", "float32(train_images)", "train_images.astype('float32')"),
        ("float(n)", "float(n)", "n.astype('float64')"),
        ("print(train_images.shape)", "print(train_images.shape)", "train_images.shape"),
        ("train_images.relu()", "train_images.relu()", "relu(train_images)"),
        ("train_images.len()", "train_images.len()", "train_images.shape[0]"),
        ("train_images[0].numpy()", "train_images[0].numpy()", "train_images[0]"),
        ("X_train[0]", "X_train", "train_images"),
        ("y_train", "y_train", "train_labels"),
        ("train_images / 255,0", "255,0", "255.0"),
        ("train_labels === 5", "===", "=="),
        ("train_labels => 5", "=>", ">="),
        ("train_labels > 5 && n < 4", "train_labels > 5 && n < 4", "(train_labels > 5) & (n < 4)"),
        ("train_labels > 5 or n < 4", "train_labels > 5 or n < 4", "(train_labels > 5) | (n < 4)"),
        ("train_images{0}", "train_images{0}", "train_images[0]"),
        ("|n|", "|n|", "abs(n)"),
        ("√n", "√n", "sqrt(n)"),
    ],
)
def test_a_part_is_told_with_its_cure(text: str, part: str, cure: str) -> None:
    assert refusal(text) == f"“{part}” is written “{cure}” here."
    evaluate(text.replace(part, cure), NAMES)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("train_images.shape()", ["“train_images.shape”", "without ()"]),
        ("train_images.T()", ["“train_images.T”", "without ()"]),
        ("train_images(0)", ["no function", "“train_images[0]”"]),
        ("train_images[0](1, 2)", ["“train_images[0][1, 2]”"]),
        ("(train_images + 1)(2)", ["“(train_images + 1)[2]”", "* to multiply"]),
        ('.astype("float32") / 255', ['“train_images.astype("float32") / 255”']),
        ('astype("float32") / 255', ["x.astype(dtype)", "astype(x, dtype)"]),
        ("reshape(60, 784)", ["x.reshape(*shape)"]),
        ("x = train_images[0]", ["“train_images[0]”", "=="]),
        ("train_images = train_images.reshape((60, 28 * 28))", ["only “train_images.reshape((60, 28 * 28))”"]),
        ("import numpy as np", ["imported"]),
        ("train_images[0] ^ 0.5", ["“train_images[0] ** 0.5”"]),
        ("2 n", ["“2 * n”"]),
        ("np.random.rand(3)", ["no function “rand”"]),
    ],
)
def test_what_needs_more_than_another_name_says_what_would_be_right(text: str, parts: list[str]) -> None:
    for part in parts:
        assert part in refusal(text)


@pytest.mark.parametrize(
    "text",
    ["train_images[0] × 2", "train_images[−1]", "train_images.astype(“float32”)", "train_labels ≥ 5", "n²", "n ÷ 2"],
)
def test_signs_as_they_are_pasted_are_read(text: str) -> None:
    evaluate(text, NAMES)


def test_the_chapter_s_lines_are_read_as_they_are() -> None:
    text = "train_images.reshape((60, 28 * 28)).astype('float32') / 255"
    assert evaluate(text, NAMES).array.max() == np.float32(1)
