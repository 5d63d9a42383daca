"""Coding an archive, partition by partition."""
