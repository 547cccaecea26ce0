"""Text in, facts out: the spaCy pipeline, the summariser, and readers for documents."""
