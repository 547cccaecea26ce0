"""Printed owners and the people behind them: mapping, roles, clearing officers, organisations without a chat."""
