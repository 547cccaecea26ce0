"""What people ask of the record: status and its filters, history, figures over time."""
