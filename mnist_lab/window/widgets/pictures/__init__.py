"""Pictures of digits, weights and probabilities."""
