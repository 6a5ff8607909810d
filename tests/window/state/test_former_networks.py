"""Networks that earlier versions kept are offered like any other; a bad one is named and hides none."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from mnist_lab.app import create_window
from mnist_lab.inspection.network_file import write_network
from tests.inspection.networks import network


def test_networks_of_earlier_versions_join_the_kept_runs(qtbot: QtBot, lab_home: Path) -> None:
    folder = lab_home / "networks"
    write_network(folder / "without unit 3.npz", network(784, 5, 10))
    (folder / "bad.npz").write_bytes(b"no network")
    window = create_window("starter", paced=False)
    qtbot.addWidget(window)
    told: list[str] = []
    window.lab.problem.connect(told.append)
    window.show()
    qtbot.waitUntil(lambda: [kept.name for kept in window.lab.networks.networks] == ["without unit 3"])
    assert len(told) == 1
    assert "bad.npz" in told[0]
    assert sorted(path.name for path in folder.iterdir()) == ["bad.npz", "without unit 3.npz.taken-over"]
