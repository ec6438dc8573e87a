"""Figures made for reading: one function a form, one theme, one object that knows its data.

``figure`` is that object, ``theme`` the look, ``scale`` the unit values are drawn in; ``layout`` decides where text
goes, ``parts`` is what the forms share. The forms: ``time``, ``categories``, ``comparisons``, ``panels``, ``space``.

Nothing here is imported until something is drawn: matplotlib costs more than all the rest of the library.
"""
