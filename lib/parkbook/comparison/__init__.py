"""Comparison between parks: only what is the same thing is ranked; the rest is shown with the reason."""
