"""Codings to tables."""
