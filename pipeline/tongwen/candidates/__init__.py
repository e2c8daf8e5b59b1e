"""Term candidates: strings of characters that come again in a text and look like names of things.

They are suggestions with a score and a reason, for a person to judge; nothing here says that one is a term.
"""

from tongwen.candidates.extraction import Candidate, Place, candidates
from tongwen.candidates.merging import Ranked, merged

__all__ = ["Candidate", "Place", "Ranked", "candidates", "merged"]
