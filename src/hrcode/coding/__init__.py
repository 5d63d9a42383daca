"""Segments x codebook to codings."""
