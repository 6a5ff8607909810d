"""Real digits: where they come from, how they are checked, how a drawing becomes one. No Qt, no Keras."""
