"""The gateway's traditional script, character by character, with its regional words; and readings in brackets."""

from __future__ import annotations

from functools import cache

from demo.material import lines

REGIONAL = {
    "信息": "資訊",
    "程序": "程式",
    "水平": "水準",
    "质量": "品質",
    "运行": "運作",
    "共享": "共用",
    "加快": "加速",
}


@cache
def _characters() -> dict[str, str]:
    pairs = (pair for line in lines("traditional.txt") if not line.startswith("#") for pair in line.split())
    return {pair[0]: pair[1] for pair in pairs}


def traditional(text: str) -> str:
    """The text in traditional script, one character for one.

    >>> traditional("体制运行")
    '體制運行'
    """
    return text.translate({ord(plain): other for plain, other in _characters().items()})


def gateway(text: str) -> str:
    """What the gateway makes of a page: regional words, then characters.

    >>> gateway("运行质量")
    '運作品質'
    """
    for word, other in REGIONAL.items():
        text = text.replace(word, other)
    return traditional(text)


def simplified(text: str) -> str:
    """What `gateway` was given, as long as that had none of the regional words itself."""
    back = {ord(other): plain for plain, other in _characters().items()}
    text = text.translate(back)
    for word, other in REGIONAL.items():
        text = text.replace(other.translate(back), word)
    return text


def with_readings(text: str) -> str:
    """The text with the reading after every third character that has one in the list."""
    readings = dict(pair.split("=") for pair in lines("readings.txt")[1].split())
    told: list[str] = []
    seen = 0
    for character in text:
        seen += character in readings
        mark = f"({readings[character]})" if character in readings and seen % 3 == 1 else ""
        told.append(character + mark)
    return "".join(told)
