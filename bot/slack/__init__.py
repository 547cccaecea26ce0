"""Slack as a surface: payloads within its limits, the app behind both of its modes, and its manifest."""
