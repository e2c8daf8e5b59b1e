"""Note markers and the notes they point to, told from all other figures by the whole sequence."""

from tongwen.structure.notes.contexts import stands_free
from tongwen.structure.notes.find import find
from tongwen.structure.notes.kinds import Marker, NoteBody, Notes

__all__ = ["Marker", "NoteBody", "Notes", "find", "stands_free"]
