"""The light goes through all stages, by itself or stage by stage."""

from mnist_lab.window.widgets.network.network_light import STAGE_SECONDS, LightStage, NetworkLight, stages_of


def test_forward_every_layer_adds_up_and_bends() -> None:
    assert stages_of("forward", 2) == (
        LightStage("input"),
        LightStage("sums", 0),
        LightStage("outputs", 0),
        LightStage("sums", 1),
        LightStage("outputs", 1),
    )


def test_back_from_the_loss_to_the_step() -> None:
    assert [(one.kind, one.layer) for one in stages_of("back", 3)] == [
        ("loss", -1),
        ("slopes", 2),
        ("back", 2),
        ("back", 1),
        ("gradient", -1),
        ("step", -1),
    ]


def test_it_steps_through_all_stages_and_out_again() -> None:
    light = NetworkLight()
    light.set_network("forward", 2)
    assert light.stage is None
    seen: list[LightStage | None] = []
    for _ in range(5):
        light.step()
        assert light.pulse == 1
        seen.append(light.stage)
    assert tuple(seen) == stages_of("forward", 2)
    light.step()
    assert light.stage is None


def test_it_plays_to_the_last_stage_and_stays_there_until_played_again() -> None:
    light = NetworkLight()
    light.set_network("back", 2)
    light.play()
    assert (light.stage, light.pulse) == (LightStage("loss"), 0)
    light.advance(STAGE_SECONDS / 4)
    assert 0 < light.pulse < 1
    light.advance(STAGE_SECONDS * 0.8)
    assert light.stage == LightStage("slopes", 1)
    light.advance(100)
    assert (light.stage, light.pulse, light.is_playing) == (LightStage("step"), 1, False)
    light.play()
    assert light.stage == LightStage("loss")


def test_it_stands_when_paused_and_ends_with_another_network() -> None:
    light = NetworkLight()
    light.set_network("forward", 2)
    light.play()
    light.advance(STAGE_SECONDS * 1.5)
    light.pause()
    light.advance(STAGE_SECONDS * 3)
    assert (light.stage, light.pulse) == (LightStage("sums", 0), 1)
    light.set_network("forward", 2)
    assert light.stage is not None, "it is the same network, with other weights perhaps"
    light.set_network("forward", 3)
    assert light.stage is None
