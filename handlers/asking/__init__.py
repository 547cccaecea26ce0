"""People are asked, reminded and stood in for, and the programme office hears what waits."""
