"""Indicators: what can be said of a park in a period from its observations, with formula, inputs and status."""
