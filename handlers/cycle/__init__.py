"""The rhythm of a plan: its calendar and settings, who is asked and reminded when, and who is silent."""
