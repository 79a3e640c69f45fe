"""Labelled minutes in and out."""
