"""Facts kept: the vocabulary (model), the schema and the store."""
