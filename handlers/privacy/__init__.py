"""Who may read what, what is never kept, and what is forgotten."""
