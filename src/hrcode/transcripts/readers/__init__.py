"""Readers: one file per family of formats, from a file to a draft."""
