"""YAML to codebook: the model, loading with line numbers, and finding a codebook by name."""
