"""Plan documents in and out, their scales and channels, and any other file that is dropped on the bot."""
