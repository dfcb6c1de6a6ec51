"""Where the app stands, from the address that the browser names."""

import pytest

from views.link import office


@pytest.mark.parametrize(
    ("url", "page", "address"),
    [
        ("http://127.0.0.1:8501/rapat", "rapat", "http://127.0.0.1:8501"),
        ("https://kota.go.id/tapal/rapat/", "rapat", "https://kota.go.id/tapal"),
        ("https://kota.go.id", "rapat", "https://kota.go.id"),
        (None, "rapat", ""),
        ("about:blank", "rapat", ""),
        ("http://127.0.0.1:8501/pengingat?koridor=semua", "pengingat", "http://127.0.0.1:8501"),
    ],
)
def test_the_address_is_the_one_of_the_browser(url: str | None, page: str, address: str) -> None:
    assert office.address_of(url, page) == address
