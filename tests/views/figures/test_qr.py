"""QR codes: the same code at any size, with room around it and a text beside it."""

import re
from base64 import b64decode

from views.figures import qr

LINK = "https://tapal.kota.go.id/lapor?koridor=bekasi-depok&bahasa=id"


def test_a_code_of_no_size_fills_its_place_and_is_the_same_code() -> None:
    sized, filling = qr.svg(LINK), qr.svg(LINK, sized=False)
    side = re.search(r'width="(\d+)" height="\1"', sized)
    assert side
    assert f'viewBox="0 0 {side[1]} {side[1]}"' in filling
    assert "width=" not in filling.split(">", 1)[0]
    assert re.findall(r' d="([^"]+)"', sized) == re.findall(r' d="([^"]+)"', filling)


def test_an_image_of_a_code_has_a_text_in_which_nothing_is_markup() -> None:
    found = qr.image(LINK, 'kode "><script>', 132)
    assert "<script" not in found
    assert 'alt="kode &quot;&gt;&lt;script&gt;"' in found
    coded = re.search(r"base64,([^\"]+)", found)
    assert coded
    assert b64decode(coded[1]).decode() == qr.svg(LINK, sized=False)
