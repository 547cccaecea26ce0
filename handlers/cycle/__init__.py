"""The rhythm of a plan: meetings, working days, settings, who answers for an action and who is silent."""
