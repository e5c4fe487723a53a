"""Style and script in the page, and the policy that allows only these."""

import base64
import hashlib
import re

import pytest

from parkbook.export.inlined import TEMPLATES, policy, script_text, style_text


def test_the_policy_names_style_and_script_by_hash() -> None:
    digest = base64.b64encode(hashlib.sha256("甲".encode()).digest()).decode()
    assert policy(["甲"], ["b", "甲"]) == (
        f"default-src 'none'; style-src 'sha256-{digest}'; "
        f"script-src 'sha256-PiPoFgA5WUoziU9lZOGxNIu9egCI1CxKy3PurtWcAJ0=' 'sha256-{digest}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


@pytest.mark.parametrize("name", sorted(path.name for path in TEMPLATES.glob("*.css")))
def test_style_sheets_are_small_and_ask_for_nothing(name: str) -> None:
    text = style_text(name)
    assert "/*" not in text and "\n\n" not in text and len(text.encode()) < 20_000
    assert not re.search(r"@import|url\(|</", text)
    assert text.count("{") == text.count("}")


@pytest.mark.parametrize("name", sorted(path.name for path in TEMPLATES.glob("*.js")))
def test_scripts_are_small_make_no_html_and_ask_for_nothing(name: str) -> None:
    """Words of the page go in and out as text; nothing is stored, loaded or run from text."""
    text = script_text(name)
    assert "\n//" not in text and len(text.encode()) < 10_000
    for forbidden in ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval", "Function(", "fetch", "XMLHttp",
                      "localStorage", "sessionStorage", "cookie", "import", "</", "<!--", ".style.", "setAttribute(\"style"):  # fmt: skip
        assert forbidden not in text, forbidden


@pytest.mark.parametrize("name", sorted(path.name for path in TEMPLATES.glob("*.js")))
def test_scripts_run_in_the_browsers_that_offices_have(name: str) -> None:
    """No syntax younger than 2015: one word of it, and such a browser runs nothing of the script."""
    text = re.sub(r'"[^"\n]*"|/[^/\n]+/[a-z]*[.,;)]', '""', script_text(name))
    for young in ("?.", "??", "=>", "...", "`", "async ", "await ", "class "):
        assert young not in text, young
