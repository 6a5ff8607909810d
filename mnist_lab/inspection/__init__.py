"""What a trained network shows, computed on copied weights with NumPy alone."""
