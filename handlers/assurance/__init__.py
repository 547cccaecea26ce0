"""From claim to assurance: proposed ratings and dates, promises, challenges, exceptions, re-checks."""
