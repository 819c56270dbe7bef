"""The app: takes what the page says, records what has happened, and tells the page its facts."""
