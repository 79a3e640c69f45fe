"""Many documents: in order, each on its own, by processes that are watched; resumed where killed.

    planning ─shards→ annotating ─jobs→ scheduling ─asks→ worker ══ serving ─→ outcomes
                          └─journal─→ folder ─joining→ OUT.jsonl

What runs documents (`scheduling`, `worker`, `serving`) knows no shards, and what plans and writes
them (`planning`, `annotating`, `journal`, `folder`, `joining`) no processes.
"""
