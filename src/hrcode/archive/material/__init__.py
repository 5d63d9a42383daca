"""What an archive is made of: partitions, and the transcripts in them."""
