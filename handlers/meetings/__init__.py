"""What a meeting sees and decides: its sheet, decisions, change control, actions arising and minutes."""
