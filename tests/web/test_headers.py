"""The security headers of every answer, and the policy that lets nothing in from outside."""

import pytest

from tests.web.answers import Answer, ask, greeting
from web.headers import SecurityHeaders, content_security_policy, inline_script_hashes


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/app/static/none.json", "/component/none/index.html"])
def test_every_answer_carries_the_security_headers(address: str, path: str) -> None:
    headers = Answer(address + path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert headers["referrer-policy"] == "same-origin"
    assert "frame-ancestors 'self'" in headers["content-security-policy"]


def test_a_part_of_a_page_carries_a_short_policy(address: str) -> None:
    for part in ("/app/static/map/tapal.js", "/app/static/map/tapal.css"):
        headers = Answer(address + part).headers
        assert headers["content-security-policy"] == "default-src 'self'"
        assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors" in Answer(f"{address}/app/static/tapal.svg").headers["content-security-policy"]


def test_the_policy_names_no_other_machine(address: str) -> None:
    host = address.removeprefix("http://")
    policy = Answer(address + "/").headers["content-security-policy"]
    words = {word for rule in policy.split("; ") for word in rule.split()[1:]}
    addresses = {word for word in words if "." in word or "*" in word or word in {"http:", "https:", "ws:", "wss:"}}
    assert addresses == {f"ws://{host}", f"wss://{host}"}


def test_eval_is_left_to_the_frame_of_the_map(address: str) -> None:
    page = Answer(address + "/").headers["content-security-policy"]
    frame = Answer(address + "/component/streamlit_folium.st_folium/index.html").headers["content-security-policy"]
    assert "unsafe-eval" not in page
    assert "'unsafe-inline'" not in next(rule for rule in page.split("; ") if rule.startswith("script-src"))
    assert "'unsafe-eval'" in frame


def test_a_downgrade_to_plain_http_is_stopped_for_whoever_came_over_tls() -> None:
    guarded = SecurityHeaders(greeting, "", "/frame")
    assert ask(guarded, scheme="https")[1]["strict-transport-security"] == "max-age=31536000"
    assert "strict-transport-security" not in ask(guarded)[1], "make run has no TLS"


def test_a_planted_base_or_object_is_stopped() -> None:
    assert {"base-uri 'none'", "object-src 'none'"} < set(content_security_policy("", "").split("; "))


@pytest.mark.parametrize(
    "path",
    [
        "/x/component/profil", "/component/none/index.html", "/x/component/streamlit_folium.st_folium/index.html",
        "/component/streamlit_folium.st_folium/index.html/", "/lapor/component/x", "/latihan/component/x",
    ],
)  # fmt: skip
def test_a_path_that_looks_like_the_frame_does_not_loosen_the_policy_of_the_app(address: str, path: str) -> None:
    policy = Answer(address + path).headers["content-security-policy"]
    assert "unsafe-eval" not in policy
    assert "script-src 'self' 'sha256-" in policy


@pytest.mark.parametrize("path", ["/x/app/static/a_0123456789.json", "/x/component/a.01234567.js", "/x/_stcore/y"])
def test_a_made_up_path_is_no_page_and_is_kept_by_nobody(address: str, path: str) -> None:
    answer = Answer(address + path, {"Accept-Encoding": "gzip"})
    assert answer.status == 404
    assert "immutable" not in answer.headers.get("cache-control", "")


@pytest.mark.parametrize("host", ["evil.example; script-src *", "a b", "", "x'y", "evil\t.example"])
def test_a_made_up_host_adds_nothing_to_the_policy(host: str) -> None:
    assert content_security_policy(host, "") == content_security_policy("", "")


def test_only_inline_scripts_get_a_hash() -> None:
    page = '<script src="a.js"></script><script>one()</script><script type="module" src="b.js"></script>'
    assert inline_script_hashes(page) == ["'sha256-HR7iaask9daLMRRskMI++QeJtjWDOjyPA6lGzYGzKW4='"]
