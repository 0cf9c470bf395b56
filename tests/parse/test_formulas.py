"""Figures and units that an OCR engine writes as a formula."""

from __future__ import annotations

import pytest

from tingbao.parse.sources.markup import plain


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        (r"面积$\mathrm { 3 5 0 k m } ^ { 2 }$", "面积350km²"),
        (r"$\mathrm{hm}^2$", "hm²"),
        (r"$120\ \mathrm{km}^{2}$", "120km²"),
        (r"$12\mathrm{m}^3/\mathrm{s}$", "12m³/s"),
        (r"$1 2 0 \mathrm { k W \cdot h }$", "120kW·h"),
        (r"$320\mathrm{N}\cdot\mathrm{m}$", "320N·m"),
        (r"$1 0 ^ { - 3 } \mathrm { m o l / L }$", "10⁻³mol/L"),
        (r"$2^{n}$", "2ⁿ"),
        (r"$25^{\circ}\mathrm{C}$", "25°C"),
        (r"$5\%\sim 10\%$", "5%～10%"),
        (r"$\mathrm{CO}_2$", "CO₂"),
        (r"$\text{GDP growth}$", "GDP growth"),
        ("票价$5，套票$9", "票价$5，套票$9"),
    ],
)
def test_a_formula_gives_the_figures_and_units_that_it_shows(printed: str, text: str) -> None:
    assert plain(printed) == text
