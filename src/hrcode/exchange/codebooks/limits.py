"""How large another tool's codebook may be."""

MAX_BYTES = 10_000_000
