"""Views read into themes by people: how well readers agree, and help with reading that decides nothing."""

from locality.voice.themes.alpha import (
    Alpha,
    by_name,
    by_number,
    by_overlap,
    by_overlap_and_kind,
    krippendorff_alpha,
)
from locality.voice.themes.copies import Copies, find_copies
from locality.voice.themes.kappa import Kappa, cohen_kappa
from locality.voice.themes.readers import (
    ReadDifferently,
    ReaderAgreement,
    SettledThemes,
    ThemeAgreement,
    reader_agreement,
    settle_themes,
)
from locality.voice.themes.settings import AgreementRules, LikenessRules, agreement_rules, likeness_rules
from locality.voice.themes.suggest import Suggestion, suggest_themes
from locality.voice.themes.terms import KeyTerm, key_terms

__all__ = [
    "AgreementRules",
    "Alpha",
    "Copies",
    "Kappa",
    "KeyTerm",
    "LikenessRules",
    "ReadDifferently",
    "ReaderAgreement",
    "SettledThemes",
    "Suggestion",
    "ThemeAgreement",
    "agreement_rules",
    "by_name",
    "by_number",
    "by_overlap",
    "by_overlap_and_kind",
    "cohen_kappa",
    "find_copies",
    "key_terms",
    "krippendorff_alpha",
    "likeness_rules",
    "reader_agreement",
    "settle_themes",
    "suggest_themes",
]
