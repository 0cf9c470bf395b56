"""What every room knows of Chinese text, one module for each matter; import from the module.

``han``: ranges, widths and foldings. ``numerals``: digits and Han numerals. ``labels``: names of
pages. ``credits``: who wrote, sent and photographed. ``contacts``: telephone numbers and
addresses. ``cut``: where a long text is cut. ``traced``: a text that is rewritten and still knows
its source.
"""

__all__: list[str] = []
