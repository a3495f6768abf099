"""`[money]` of partnership.toml: what a partnership decides for itself, and what is said when it is written wrongly."""

import tomllib

import pytest

from locality.foundations import FinancialYear, InputRefused
from locality.money.settings import ShareSettings, read_settings


def _read(text):
    return read_settings(tomllib.loads(text))


def _faults(text):
    with pytest.raises(InputRefused) as refused:
        _read(text)
    return refused.value.faults


def test_without_settings_people_count_where_they_live_and_unknown_places_are_spread():
    settings = _read("")
    assert settings == ShareSettings()
    assert (settings.basis, settings.no_locality, settings.stage, settings.years) == (
        "residence",
        "spread",
        "supply",
        (),
    )
    assert (settings.interval, settings.resamples) == (0.95, 500)


def test_every_setting_is_read_as_it_is_written():
    settings = _read(
        """
        basis = "registration"
        no_locality = "apart"
        years = ["2022/23", "2021/22", "2022/23"]
        stage = "need"
        weights_year = 2018
        deprivation = "imd_fifth"
        social_care = ["older"]
        interval = 0.9
        resamples = 20
        seed = 7
        need = ["income_rate"]
        [methods]
        acute = "curves"
        [supply]
        acute = ["beds"]
        """
    )
    assert settings == ShareSettings(
        basis="registration",
        no_locality="apart",
        years=(FinancialYear(2021), FinancialYear(2022)),
        stage="need",
        weights_year=2018,
        methods={"acute": "curves"},
        deprivation="imd_fifth",
        need={"": ("income_rate",)},
        supply={"acute": ("beds",)},
        social_care=("older",),
        interval=0.9,
        resamples=20,
        seed=7,
    )


def test_settings_come_back_with_plain_values_for_the_summary():
    plain = _read('years = ["2022/23"]\nneed = ["a"]\nsocial_care = ["older"]\n[methods]\nacute = "curves"').as_json()
    assert plain["years"] == ["2022/23"]
    assert plain["need"] == {"": ["a"]}
    assert (plain["social_care"], plain["methods"]) == (["older"], {"acute": "curves"})
    assert read_settings(plain).as_json() == plain, "what a summary says may be written into [money] again"


def test_every_wrong_setting_is_named_at_once():
    faults = _faults(
        """
        bassis = "residence"
        basis = "home"
        no_locality = true
        stage = "want"
        years = ["2022/24", "next"]
        deprivation = 5
        social_care = "older"
        interval = 1.5
        resamples = -1
        seed = true
        weights_year = 20
        supply = "beds"
        [need]
        acute = "income"
        mental = [1]
        [methods]
        acute = "guess"
        """
    )
    assert sorted(fault.what.removeprefix("money.").split(":")[0] for fault in faults) == [
        "basis",
        "bassis",
        "deprivation",
        "interval",
        "methods.acute",
        "need.acute",
        "need.mental",
        "no_locality",
        "resamples",
        "seed",
        "social_care",
        "stage",
        "supply",
        "weights_year",
        "years",
        "years",
    ]
    assert {fault.file for fault in faults} == {"partnership.toml"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('bassis = "x"', "money.bassis: there is no such setting. Did you mean 'basis'? Otherwise take it out."),
        ("qqqq = 1", "money.qqqq: there is no such setting. Take it out."),
        ('basis = "home"', "money.basis: 'home' is not a choice. Use one of: residence, registration."),
        ('years = "2022/24"', "money.years: '2022/24' is not a financial year: 24 does not follow 2022."),
        ('methods = "curves"', "money.methods: it must be a table. Write [money.methods]"),
        ('methods.acute = "x"', "money.methods.acute: 'x' is not a choice. Use one of: published, practices, curves, "),
        ("interval = nan", "money.interval: 'nan' is outside its range. Use 0.5 to 0.999."),
        ("resamples = 2.5", "money.resamples: '2.5' is outside its range. Use a whole number, 0 to 100000."),
        ("need.acute = 1", 'money.need.acute: it must be a list of indicators. Write ["a", "b"].'),
        ('need = "income"', "money.need: it must be a table."),
        ("deprivation = ['a']", "money.deprivation: '['a']' is not the name of an indicator."),
        ("social_care = [1]", "money.social_care: it must be a list of programmes."),
        ("[social_care]\nolder = ['a']", "money.social_care: it must be a list of programmes."),
    ],
)
def test_a_wrong_setting_is_told_with_what_to_write(text, said):
    faults = _faults(text)
    assert len(faults) == 1
    assert said in str(faults[0])


def test_a_single_year_may_be_written_without_a_list():
    assert _read('years = "2022/23"').years == (FinancialYear(2022),)
