"""Findings as claims that can be held against results."""
