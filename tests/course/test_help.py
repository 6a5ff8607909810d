"""Which words belong to which control, and what stands where."""

from mnist_lab.course.glossary import glossary
from mnist_lab.course.help import contents, words_of
from mnist_lab.course.help_words import WORDS_OF
from mnist_lab.course.places import PLACES


def test_the_longest_beginning_of_a_name_counts_and_what_it_lies_in_where_it_has_none() -> None:
    assert words_of(["learningRate"])[0] == "learning_rate"
    assert words_of(["descentRule_sgd_momentum"]) == ("momentum",)
    assert words_of(["descentRule_sgd"]) == ("sgd",)
    assert words_of(["wholeButton", "lossPlot"])[0] == "loss"
    assert words_of(["", "qt_scrollarea_viewport"]) == ()


def test_only_words_of_the_glossary_belong_to_controls() -> None:
    assert {word for words in WORDS_OF.values() for word in words} <= glossary().keys()


def test_every_place_has_a_title_and_each_control_stands_once_on_its_page() -> None:
    found = contents()
    assert found.path("descent.naive.all") == ("Descent", "Naive way", "All weights")
    assert found.titles.keys() == PLACES.keys()
    named = [(PLACES[control.place].page, control.name) for control in found.controls]
    assert len(set(named)) == len(named)
