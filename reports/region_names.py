"""How a division is called: in full, without its peoples, and in short."""

from __future__ import annotations

import re

_PEOPLES = (
    "阿昌|白|保安|布朗|布依|朝鲜|达斡尔|傣|德昂|东乡|侗|独龙|鄂伦春|鄂温克|高山|仡佬|哈尼|哈萨克|赫哲|回|基诺|京|景颇|"
    "柯尔克孜|拉祜|黎|傈僳|珞巴|满|毛南|门巴|蒙古|苗|仫佬|纳西|怒|普米|羌|撒拉|畲|水|塔吉克|塔塔尔|土家|土|佤|维吾尔|"
    "乌孜别克|锡伯|瑶|彝|裕固|藏|壮|各"
)
_OF_PEOPLES = re.compile(rf"(?<=..)(?:(?:{_PEOPLES})族|维吾尔|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯)+(?=自治[区州县旗]$)")
_SUFFIX = re.compile(r"(?:特别行政区|自治[区州县旗]|(?<=..)(?:地区|林区|新区|特区)|省|市|盟|县|区)$")
# Without its suffix each of these is a plain word, or says a part of a town.
_NO_SHORT = frozenset(("老城", "新城", "新市", "市中", "市南", "市北", "城中", "城东", "城西", "城北", "城区", "郊区"))


def short_name(name: str) -> str | None:
    """The name without its suffix and peoples; None where nothing of two characters is left.

    >>> short_name("恩施土家族苗族自治州"), short_name("西城区"), short_name("陇县")
    ('恩施', '西城', None)
    """
    bare = _SUFFIX.sub("", _OF_PEOPLES.sub("", name) if "自治" in name else name)
    if len(bare) < 2 or bare == name or bare in _NO_SHORT:
        return None
    return bare.removesuffix("族") if name.endswith(("自治县", "自治旗")) and len(bare) > 3 else bare


def full_names(name: str) -> tuple[str, ...]:
    """The name and the fuller short forms of an autonomous division, which still say what it is.

    >>> full_names("恩施土家族苗族自治州")
    ('恩施土家族苗族自治州', '恩施自治州', '恩施州')
    """
    if "自治" not in name:
        return (name,)
    bare, peoples = _OF_PEOPLES.subn("", name)
    head, _, kind = bare.rpartition("自治")
    forms = [name, bare] if peoples else [name]
    # 内蒙古区 and 宁夏区 are said by nobody.
    return (*forms, head + kind) if kind != "区" and len(head) > 1 else tuple(forms)
