"""Bitext: a text and its translation, aligned.

The library behind ``scripts/convert.py``, ``scripts/check.py`` and the hooks of the site. Data flows one way:
``sources/ + data/ → docs/ → site/``; the order of the stages stands in :mod:`bitext.pipeline`.
"""
