"""The lists of words that the reader comes with."""

from __future__ import annotations

import re

import pytest

from parkbook.sources.text.names import VERBS, is_brand


@pytest.mark.parametrize("file", ["verbs.txt", "others.txt"])
def test_words_have_two_characters_and_a_source(file: str) -> None:
    text = VERBS.with_name(file).read_text(encoding="utf-8")
    assert text.startswith("#")
    assert "jieba 0.42.1" in text.splitlines()[0]
    words = re.sub(r"(?m)^#.*$", "", text).split()
    assert len(words) == len(set(words)) > 9000
    assert all(re.fullmatch("[一-龥]{2}", word) for word in words)


@pytest.mark.parametrize(("words", "expected"), [("绍岭织造", True), ("产业织造", False), ("推进织造", False)])
def test_a_brand_is_in_no_dictionary(words: str, expected: bool) -> None:
    assert is_brand(words) is expected
