"""Files to transcripts: one reader per format, speakers, participants."""
