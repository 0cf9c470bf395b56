"""What every room knows of Chinese text: character ranges, folding, numerals, labels, cutting."""

__all__: list[str] = []
