"""The running program: settings, command line, workers, and one folder per surface."""
