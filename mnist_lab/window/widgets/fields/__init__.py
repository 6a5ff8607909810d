"""What one types or slides: numbers, expressions, choices."""
