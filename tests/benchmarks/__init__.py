"""How fast the lab is, as programs: `python -m tests.benchmarks.training`, `python -m tests.benchmarks.startup`.

`python -m tests.benchmarks.training_matrix` measures training in many settings beside the chapter's; `….redraw`
measures pictures and `….memory` many runs in one window, beside their budgets.
Each measures in processes of its own and prints a table, or with `--json` one JSON object and nothing else.
Machines are noisy: the cases take turns, medians are shown, and ratios say more than seconds.
"""
