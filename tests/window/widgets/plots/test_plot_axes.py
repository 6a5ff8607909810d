"""Labels of the axes of a curve say what they count, and leave each other room."""

from mnist_lab.window.widgets.plots.plot_axes import UpdateAxis


def test_the_lower_axis_always_says_what_it_counts() -> None:
    axis = UpdateAxis()
    assert axis.tickStrings([0, 500, 1000], 1, 500) == ["update 0", "500", "1,000"]
    assert axis.tickStrings([699.5, 700, 700.5], 1, 0.5) == ["", "update 700", ""]
    assert axis.tickStrings([], 1, 1) == []


def test_the_first_label_of_the_lower_axis_does_not_touch_the_second() -> None:
    axis = UpdateAxis()
    axis.setRange(0, 100)
    axis.resize(400, 20)
    assert axis.tickStrings([0, 20, 40], 1, 20) == ["update 0", "20", "40"]
    axis.resize(150, 20)
    assert axis.tickStrings([0, 20, 40], 1, 20) == ["update 0", "", "40"]
