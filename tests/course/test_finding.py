"""Searching the lab by a few letters."""

from mnist_lab.course.finding import Findable, Kind, find


def _thing(kind: Kind, title: str, where: str = "", more: str = "") -> Findable:
    return Findable(kind, title, where, more, lambda: None)


THINGS = (
    _thing("page", "Train", more="Set up a network and train it."),
    _thing("page", "Units", "Weights"),
    _thing("control", "Hidden units", "Train", "How many units the layer has."),
    _thing("control", "Learning rate", "Train"),
    _thing("control", "Default learning rate", "Train"),
    _thing("word", "Learning rate", "Glossary", "How far an update moves the weights."),
    _thing("word", "Überanpassung", "Glossary"),
    _thing("run", "Run 7, “narrow”", "Runs", "try with more units"),
)


def _titles(query: str) -> list[str]:
    return [f"{thing.kind} {thing.title}" for thing in find(query, THINGS)]


def test_the_name_itself_comes_first_then_what_begins_so_then_what_has_it_in_it() -> None:
    assert _titles("learning rate") == ["control Learning rate", "word Learning rate", "control Default learning rate"]
    assert _titles("LEARN")[:2] == ["control Learning rate", "word Learning rate"]
    assert _titles("unit") == ["page Units", "control Hidden units", "run Run 7, “narrow”"]


def test_every_word_must_be_found_somewhere_in_any_order() -> None:
    assert _titles("train hidden") == ["control Hidden units"]
    assert _titles("rate glossary") == ["word Learning rate"]
    assert _titles("hidden nonsense") == []
    assert _titles("7") == ["run Run 7, “narrow”"]


def test_accents_and_signs_do_not_matter_and_nothing_typed_lists_the_pages() -> None:
    assert _titles("uber") == ["word Überanpassung"]
    assert _titles("  “narrow”!") == ["run Run 7, “narrow”"]
    assert _titles("   ") == ["page Train", "page Units"]
    assert len(find("r", THINGS, most=2)) == 2
