"""The spaCy pipeline: tokenizer, rules, document memory, precedence, loading."""
