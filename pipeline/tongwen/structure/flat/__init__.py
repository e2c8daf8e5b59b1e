"""Tables in plain text: drawn with box characters, or flattened to lines by a conversion."""

from tongwen.structure.flat.drawn import drawn
from tongwen.structure.flat.flattened import flat
from tongwen.structure.flat.names import named
from tongwen.structure.flat.table import EMPTY, FlatCell, FlatTable, Group

__all__ = ["EMPTY", "FlatCell", "FlatTable", "Group", "drawn", "flat", "named"]
