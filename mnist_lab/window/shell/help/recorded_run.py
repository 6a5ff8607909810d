"""Numbers of a real run for the glossary's pictures: the chapter's network, 20 epochs on the starter set, seed 0."""

TRAINING_LOSSES = (
    0.789, 0.361, 0.273, 0.214, 0.175, 0.140, 0.116, 0.096, 0.076, 0.062,
    0.049, 0.042, 0.030, 0.029, 0.021, 0.017, 0.013, 0.010, 0.008, 0.006,
)  # fmt: skip
"""Mean over the batches of each epoch."""
TEST_LOSSES = (
    0.412, 0.447, 0.392, 0.270, 0.241, 0.271, 0.172, 0.186, 0.201, 0.193,
    0.305, 0.166, 0.178, 0.189, 0.170, 0.160, 0.148, 0.204, 0.175, 0.231,
)  # fmt: skip
"""After each epoch."""
FORK_LOSSES = (
    0.172, 0.163, 0.164, 0.164, 0.162, 0.160, 0.159, 0.158, 0.159, 0.160, 0.156, 0.158, 0.156, 0.159,
)  # fmt: skip
"""Of a fork at the end of epoch 7, with a learning rate of 0.0001: on the test digits, from that epoch on."""
LOGITS = (-4.6, -7.8, 9.2, -0.9, -11.4, -6.0, -0.9, -8.9, -0.3, -5.1)
"""Of the first test image, a 2, at the end."""
ANSWERS = (
    (100, 0, 0, 0, 0, 0, 0, 0, 0, 0),
    (0, 97, 0, 1, 2, 0, 0, 0, 0, 0),
    (1, 1, 89, 5, 1, 0, 0, 0, 2, 1),
    (0, 0, 0, 99, 0, 0, 0, 1, 0, 0),
    (0, 0, 0, 0, 97, 0, 1, 0, 0, 2),
    (0, 0, 0, 1, 1, 97, 1, 0, 0, 0),
    (0, 0, 0, 0, 1, 1, 98, 0, 0, 0),
    (1, 0, 0, 9, 3, 0, 0, 82, 0, 5),
    (1, 0, 1, 6, 0, 2, 0, 0, 88, 2),
    (0, 0, 0, 0, 4, 1, 0, 0, 0, 95),
)
"""To the 1,000 test images at the end: true digit by answer."""
RIGHT, COUNT = 942, 1000
