"""How things look: map, charts, tables, wording, exports. A result goes in, a picture comes out.

Nothing is computed here.
"""
