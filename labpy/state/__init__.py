"""Session state: what the student has chosen, predicted and done."""
