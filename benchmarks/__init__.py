"""Measurements of hrcode's speed; run them with ``python -m benchmarks NAME``."""
