"""What a built site must be before readers see it: clean text, links that lead somewhere, nothing that acts unasked."""
