"""The page of forms names every form and file of the site, and says what the code says."""

from __future__ import annotations

import ast
import html
import re
from functools import cache
from pathlib import Path

import pytest
from allauth.account import forms as account_forms
from checkout import ROOT
from django.contrib.auth import password_validation

SITE = ROOT / "src" / "locality_web"
PAGE = ROOT / "docs" / "look-up" / "site-forms.md"
BASES = {"Form", "FaultForm", "MoneyGrid", "LoginForm", "SignupForm", "ResetPasswordForm", "ResetPasswordKeyForm"}
BASES |= {"ChangePasswordForm", "SetPasswordForm", "AuthenticateForm", "ActivateTOTPForm"}
FOUNDATIONS = {"FaultForm", "MoneyGrid", "PathForm"}
"""What forms are made of; nobody meets these themselves."""
WHERE = re.compile(r"^(?:(?:Row|Line) …(?:, column [\w…]+)?|Column …): ")
"""Where a fault is: the page writes it before every fault of a file."""


def forms_in_code() -> dict[str, bool]:
    """Give every form, and whether it takes a file."""
    classes = [
        node
        for path in SITE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    ]
    known, found = set(BASES), {}
    while True:
        new = [each for each in classes if each.name not in found and known & {_last(base) for base in each.bases}]
        if not new:
            return {name: takes for name, takes in found.items() if name not in FOUNDATIONS}
        found |= {each.name: "UploadField(" in ast.unparse(each) for each in new}
        known |= {each.name for each in new}


def _last(base: ast.expr) -> str:
    return ast.unparse(base).rpartition(".")[2]


def rows(heading: str) -> list[list[str]]:
    """Give the cells of the tables under a heading, without their heads."""
    part = PAGE.read_text(encoding="utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def test_every_form_of_the_site_is_on_the_page_and_no_other():
    forms = forms_in_code()
    listed = {row[0].strip("`"): row for row in rows("Every form by name")[1:]}
    assert set(listed) == set(forms)
    assert {name for name, row in listed.items() if "file" in row[1]} == {name for name, file in forms.items() if file}


def test_every_form_leads_to_a_part_of_the_page():
    """That the parts are there is tested with all links."""
    assert [row[0] for row in rows("Every form by name")[1:] if not re.search(r"\]\(#[\w-]+\)", row[2])] == []


@cache
def said_by_code() -> str:
    """Give every text of site and library as one, with … for what differs."""
    sources = [*SITE.rglob("*.py"), *(ROOT / "src" / "locality").rglob("*.py")]
    sources = [path for path in sources if "synth" not in path.parts]
    sources += [Path(str(module.__file__)) for module in (password_validation, account_forms)]
    texts = [text for path in sources for text in _texts(ast.parse(path.read_text(encoding="utf-8")))]
    written = [*SITE.rglob("*.yaml"), *(ROOT / "src" / "locality").rglob("*.yaml")]
    texts += [path.read_text(encoding="utf-8") for path in written]
    texts += [
        _without_tags(path.read_text(encoding="utf-8")) for path in SITE.rglob("templates/**/*") if path.is_file()
    ]
    return "\n".join(plain(text) for text in texts)


def _texts(tree: ast.AST) -> list[str]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            found.append("".join(each.value if isinstance(each, ast.Constant) else "…" for each in node.values))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.append(re.sub(r"%\(\w+\)s", "…", node.value))
    return found


def _without_tags(text: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "…", text)))


def plain(text: str) -> str:
    """Write a text for comparing: one space, no capital letters, one kind of quotation mark."""
    return re.sub(r"\s+", " ", text).lower().replace("’", "'")


DIFFERS = re.compile(r"£?…|\b\d[\d,.]*\b")
"""What a page writes as … or as a figure, and the code puts together."""
DESCRIPTION = re.compile(r"\([A-Z][^()]*\)")
"""In brackets after a refusal: what else the page does."""


def pieces(said: str) -> list[str]:
    """Take a refusal apart: sentence by sentence, and between what differs."""
    sentences = re.split(r"\s/\s|(?<=[.?!])\s+|: ", WHERE.sub("", DESCRIPTION.sub("", said)))
    parts = [part.strip(" .“”'(),:;") for sentence in sentences for part in DIFFERS.split(sentence)]
    return [part for part in parts if len(part) > 3]


def said_on_page() -> list[str]:
    """Give what forms say: the last cell of every table, and what is set in italics."""
    text = PAGE.read_text(encoding="utf-8").partition("## Every form by name")[0]
    lines = [line for line in text.splitlines() if line.startswith("| ") and "what it says" not in line]
    cells = [line.strip().strip("|").split(" | ")[-1].strip() for line in lines]
    return cells + re.findall(r"(?<!\*)\*([A-Z][^*]{12,})\*(?!\*)", re.sub(r"\s*\n(?!\n)", " ", text))


def is_said(piece: str) -> bool:
    return plain(piece) in said_by_code()


@pytest.mark.parametrize("said", said_on_page())
def test_what_the_page_quotes_is_what_the_code_says(said):
    assert [piece for piece in pieces(said) if not is_said(piece)] == []


def test_a_sentence_that_nobody_says_is_seen():
    assert is_said("An objection needs its reason")
    assert not is_said("Please enter a valid value")
    assert pieces("Row …, column zone: '…' is not a code. Write it.") == ["is not a code", "Write it"]
