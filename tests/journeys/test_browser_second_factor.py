"""A passkey and the pages of the second factor in a real browser: set up, signed in with, read."""

import re
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Visitor
from tests.journeys.test_browser_first_run import register
from tests.serving import free_port, serving

WORDS = "correct horse battery"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
PAGES = ("/accounts/2fa/", "/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/")


def with_key(page: Page) -> None:
    """A key in the browser, as its own tools for developers make one."""
    tools: Any = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})


def again(page: Page) -> None:
    """The password once more, where it is asked for."""
    if "reauthenticate" in page.url:
        page.locator("input[name=password]").fill(WORDS)
        page.locator("main button.primary").click()


def sound(page: Page) -> None:
    """No fault that axe finds, and nothing wider than the page."""
    faults = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in faults] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def sign_in(page: Page, url: str) -> None:
    page.goto(f"{url}/accounts/login/")
    page.locator("input[name=login]").fill("qin@example.org")
    page.locator("input[name=password]").fill(WORDS)
    page.locator("main button.primary").first.click()


def test_a_key_is_registered_and_opens(browser: Browser, tmp_path: Path) -> None:
    log = tmp_path / "log.txt"
    port = free_port()
    url = f"http://localhost:{port}"  # keys are bound to a name, never to a number
    with serving("up", tmp_path / "data", log, port=port, KETI_URL=url):
        one = Visitor(browser.new_context(locale="zh-CN"), url)
        page = one.page
        with_key(page)
        register(page, url, log)
        page.goto(f"{url}/accounts/2fa/webauthn/add/")
        again(page)
        page.get_by_role("textbox").first.fill("我的电脑")
        page.locator("#mfa_webauthn_add").click()
        expect(page.locator("main")).to_contain_text(re.compile("恢复代码|恢复码|Recovery"))
        page.context.clear_cookies()
        sign_in(page, url)
        page.wait_for_url("**/accounts/2fa/authenticate/")
        sound(page)
        page.locator("#mfa_webauthn_authenticate").click()
        page.wait_for_url(re.compile(rf"{url}/(?!accounts).*"))
        assert one.complaints == []
        page.context.close()


def test_its_pages_are_sound_on_a_phone_and_in_both_languages(
    browser: Browser, tmp_path: Path
) -> None:
    log = tmp_path / "log.txt"
    with serving("up", tmp_path / "data", log) as found:
        size: Any = {"width": 390, "height": 844}
        one = Visitor(browser.new_context(viewport=size, locale="zh-CN"), found.url)
        register(one.page, found.url, log)
        for lang in ("zh-hans", "en"):
            cookie: Any = {"name": "django_language", "value": lang, "url": found.url}
            one.context.add_cookies([cookie])
            for path in PAGES:
                one.page.goto(found.url + path)
                again(one.page)
                expect(one.page.locator("h1")).to_be_visible()
                sound(one.page)
        assert one.complaints == []
        one.context.close()
