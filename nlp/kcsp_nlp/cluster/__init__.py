"""A run over the machines of a Ray cluster, with the shards and journals of a run on one.

    run ─jobs→ pool ══ annotator (an actor: one core, one watched process) ─→ journal
     └─ what became of them, in order

What is kept and how it is joined is `batch`'s; here is only who does which shard.
"""
