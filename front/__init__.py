"""The front door: one click command for each thing a person does. No logic lives here."""
