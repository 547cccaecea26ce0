"""What the bot does, one module per thing that people ask for or that falls due."""
