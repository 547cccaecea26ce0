"""What the papers for a meeting hold, taken from the record as at the cut-off."""
