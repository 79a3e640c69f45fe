"""Versions of a model: which is better, which is shipped, which was, and how one is handed on.

- `facts`: what a model folder is: digests of its files, corpus, config and taxonomy
- `seen`: which labelled minutes a model was trained on
- `comparing`, `changes`: two models on the same labelled minutes, by figures and by items
- `judging`: whether one may replace the other
- `promoting`: replacing the shipped model, and going back
- `placing`, `history`: the replacement itself, whole or not at all, and its record
- `packaging`: a model as a wheel
"""
