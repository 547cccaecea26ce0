"""The vocabulary: pure dataclasses and enums, one module per part of the field's language."""
