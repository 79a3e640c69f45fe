"""Labelled minutes into models."""
