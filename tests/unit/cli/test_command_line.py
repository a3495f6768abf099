"""The command as a whole: help, exit codes, and errors that a person can mend."""

import io

import click
import pytest
from rich.console import Console

from factories.command import run_locality
from locality import __version__
from locality.cli.made_up import told
from locality.cli.main import locality

pytestmark = pytest.mark.xdist_group("command")


def _commands(command=locality, name=()):
    yield command, name
    for under, found in getattr(command, "commands", {}).items():
        yield from _commands(found, (*name, under))


COMMANDS = [name for _, name in _commands()]


def test_the_commands_are_those_that_the_docs_promise():
    leaves = [" ".join(name) for command, name in _commands() if not isinstance(command, click.Group)]
    areas = [f"areas {name}" for name in ("carry-over", "compare", "measure", "practices", "propose")]
    plans, release = ["plans check", "plans consolidate"], ["release read", "release write"]
    voice = ["voice choose", "voice groups"]
    assert sorted(leaves) == [*areas, "check", "money budget", "money shares", *plans, *release, "synth", *voice]


@pytest.mark.parametrize("name", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_every_command_says_what_it_does(name, option):
    ran = run_locality(*name, option)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"Usage: {' '.join(('locality', *name))}")


@pytest.mark.parametrize(
    ("command", "name"), list(_commands()), ids=lambda one: " ".join(one) if type(one) is tuple else ""
)
def test_every_option_and_every_command_has_its_sentence(command, name):
    assert command.help and command.help.strip().endswith(".")
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, f"{name} {option.opts}"


def test_the_version_is_that_of_the_library():
    ran = run_locality("--version")
    assert (ran.code, ran.out.strip()) == (0, f"locality, version {__version__}")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nothing",), "No such command 'nothing'"),
        (("money", "nothing"), "No such command 'nothing'"),
        (("check",), "Missing argument 'DIR'"),
        (("check", "nowhere-at-all"), "Directory 'nowhere-at-all' does not exist"),
        (("check", "."), None),
        (("money", "shares", "."), "Missing option '--out'"),
        (("money", "shares", ".", "--out", "x", "--engine", "abacus"), "'abacus' is not one of 'duckdb'"),
        (("money", "shares", ".", "--out", "x", "--on", "1 April"), "'1 April' does not match the format"),
        (("money", "budget", ".", "--out", "x", "--years", "0"), "0 is not in the range 1<=x<=50"),
        (("synth", "--out", "x"), "Say how many people to make up with --people"),
        (("synth", "--out", "x", "--people", "many"), "'many' is not a valid integer"),
        (("release", "write", ".", "--out", "x", "--threshold", "0"), "0 is not in the range x>=1"),
    ],
)
def test_wrong_usage_is_code_two_and_says_what_was_wrong(arguments, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ran = run_locality(*arguments)
    if said is None:
        assert ran.code == 1, "a folder without settings is a fault in the input, not wrong usage"
        return
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert not list(tmp_path.iterdir()), "nothing was written"


def test_a_group_without_a_command_shows_its_help():
    ran = run_locality("money")
    assert ran.code == 2
    assert "shares" in ran.err and "budget" in ran.err


@pytest.mark.parametrize(
    ("raised", "code", "said"),
    [
        (click.Abort(), 1, "Stopped."),
        (
            OSError(28, "No space left on device", "out/summary.json"),
            1,
            "out/summary.json cannot be read or written: No",
        ),
        (OSError("odd"), 1, "A file cannot be read or written: odd"),
        (click.exceptions.Exit(3), 3, ""),
        (click.exceptions.Exit(0), 0, ""),
    ],
)
def test_what_stops_a_command_leaves_with_its_code_and_no_traceback(raised, code, said, monkeypatch):
    def stop(*_, **__):
        raise raised

    monkeypatch.setattr(locality.commands["check"], "callback", stop)
    ran = run_locality("check", ".")
    assert ran.code == code
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_our_own_mistakes_are_not_hidden(monkeypatch):
    def stumble(*_, **__):
        raise ZeroDivisionError("ours")

    monkeypatch.setattr(locality.commands["check"], "callback", stumble)
    with pytest.raises(ZeroDivisionError, match="ours"):
        run_locality("check", ".")


def test_progress_is_shown_on_a_terminal_and_nowhere_else(monkeypatch):
    for terminal in (True, False):
        shown = io.StringIO()
        monkeypatch.setattr(
            "locality.cli.made_up.Console",
            lambda stderr, at=shown, is_one=terminal: Console(file=at, force_terminal=is_one, width=60),
        )
        with told("Making up people") as tell:
            tell(1, 2)
        assert ("Making up people" in shown.getvalue()) is terminal
