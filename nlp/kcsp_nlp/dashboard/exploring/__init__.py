"""What the scripts of lists and search read: tables as compact files, and an index of words.

- `packing`: columns and postings as short strings in files that are scripts
- `order`: the order of meetings and items, which every other file refers to
- `tables`: meetings, items, actions and sums
- `named`: people, organisations and laws, and the items that name them
- `folding`, `index`: words as they are searched, and where they stand
"""
