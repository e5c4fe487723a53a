"""Parkbook: the analysis workbook for work reports of development zones and industrial parks."""

__version__ = "0.1.0"
