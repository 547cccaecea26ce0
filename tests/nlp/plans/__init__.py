"""Invented plans as people make them: each module builds one file and says what a correct import of it holds."""
