"""What an array is, expressions on arrays, and operations cell by cell, computed with NumPy alone."""
