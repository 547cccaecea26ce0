"""An owner's words become updates: placed, kept, shown in a receipt, corrected, and passed on."""
