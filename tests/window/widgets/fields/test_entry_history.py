"""What was entered is gone through, also by a line that was built later."""

from mnist_lab.window.widgets.fields.entry_history import EntryHistory


def test_back_and_forth_and_what_was_being_typed_is_the_end_of_the_way() -> None:
    history = EntryHistory()
    for text in ("a", "b", "b", ""):
        history.remember(text)
    assert history.texts == ["a", "b"]
    assert [history.text_at(step, text) for step, text in ((-1, "c"), (-1, "b"), (-1, "a"), (1, "a"), (1, "b"))] == [
        "b",
        "a",
        "a",
        "b",
        "c",
    ]
