"""Figures made for reading: one function a form, one theme, one object that knows its data.

Nothing here is imported until something is drawn: matplotlib costs more than all the rest of the library.
"""
