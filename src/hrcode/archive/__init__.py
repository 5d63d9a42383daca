"""Archives: more than fits into memory, coded part by part, on this machine or on a cluster."""
