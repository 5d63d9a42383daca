"""Figures for an article: drawn with matplotlib from the same tables that the commands print."""
