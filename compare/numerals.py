"""Numbers as reports write them, in digits and in Chinese numerals, made values. Folded text."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {char: number for number, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
_MORE = re.compile("[多余来几]")
_FRACTION = re.compile("(百|千|万)分之(.+)")
_INDEFINITE = re.compile("、|[一二三四五六七八九]{2}[十百千万亿]")
_MIXED = re.compile(r"([\d.]+)([十百千万亿]*)")


def value_of(number: str) -> Decimal | None:
    """What a numeral says, without what makes it approximate; None where nothing definite is said (七八百).

    >>> value_of("三十二亿五千万"), value_of("1,234.5"), value_of("百分之八点六"), value_of("三分之一")
    (Decimal('3250000000'), Decimal('1234.5'), Decimal('8.6'), None)
    """
    plain = _MORE.sub("", number).replace(",", "")
    if fraction := _FRACTION.fullmatch(plain):
        return value_of(fraction[2])
    if "分之" in plain:
        return None
    if plain.startswith("-"):
        return None if (value := value_of(plain[1:])) is None else -value
    return _mixed(plain) if plain[0].isdigit() else _chinese(plain)


def scale_of(magnitude: str) -> Decimal:
    """What 万亿 and its like multiply by: 1 for none."""
    scale = Decimal(1)
    for char in magnitude:
        scale *= _SMALL.get(char) or _LARGE.get(char) or 1
    return scale


def _mixed(number: str) -> Decimal:
    """Digits with magnitudes among them, 2万5千: the sum."""
    return sum((Decimal(digits) * scale_of(scale) for digits, scale in _MIXED.findall(number)), Decimal(0))


def _chinese(number: str) -> Decimal | None:
    if _INDEFINITE.search(number):
        return None
    whole, _, part = number.partition("点")
    value = Decimal(_whole(whole))
    # 一点二亿: the magnitude stands behind the decimals.
    digits, scale = part.rstrip("十百千万亿"), part[len(part.rstrip("十百千万亿")) :]
    if digits:
        value += Decimal("0." + "".join(str(_DIGITS[char]) for char in digits))
    return value * scale_of(scale)


def _whole(number: str) -> int:
    """四亿零七百万. A magnitude with nothing before it counts once (千次); digits in a row are a number (一九五三)."""
    total = section = digit = 0
    for char in number:
        if char in _DIGITS:
            digit = digit * 10 + _DIGITS[char]
        elif char in _SMALL:
            section, digit = section + (digit or 1) * _SMALL[char], 0
        else:
            below = section + digit
            # 三万亿 multiplies what stands before, 四亿零七百万 adds to it.
            if char == "亿":
                total, section, digit = (total + below or 1) * _LARGE[char], 0, 0
            else:
                total, section, digit = total + (below or 1) * _LARGE[char], 0, 0
    return total + section + digit
