"""Guarding a codebook: its examples as tests, what it does on transcripts, what a change of it changes."""
