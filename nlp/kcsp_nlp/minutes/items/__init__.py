"""Agenda items: where each begins, its number, code and title."""
