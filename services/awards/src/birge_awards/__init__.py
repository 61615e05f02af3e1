"""Awards: nominations, juries, rankings and their proofs."""

import os

# A matrix of a hundred jurors is solved in a millisecond by one thread. Several wait for each
# other where cores are shared, which made it seconds; numpy reads this when it is first loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
