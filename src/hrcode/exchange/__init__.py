"""Results in and out."""
