"""requirements.txt fixes, with hashes, all that is installed to run: no less and no more;
constraints.txt fixes what `make` installs to develop and test."""

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from tests.house.sources import ROOT

pytestmark = pytest.mark.once

TEXT = (ROOT / "requirements.txt").read_text()
RUNNING, BUILDING = TEXT.split("# To build keti itself:\n")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def fixed(text: str) -> dict[str, Version]:
    """Name -> version of the lines of a part of the file."""
    found = re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE)
    return {name: Version(version) for name, version in found}


def direct() -> list[Requirement]:
    """What pyproject.toml asks for to run, with both databases."""
    project = PROJECT["project"]
    words = [*project["dependencies"], *project["optional-dependencies"]["pg"]]
    return [Requirement(one) for one in words]


def needed(roots: list[Requirement]) -> Iterator[tuple[str, Version]]:
    """Name and version, installed here, of these and of whatever they need in turn."""
    waiting, met = list(roots), set()
    while waiting:
        one = waiting.pop()
        if (asked := (key(one.name), frozenset(one.extras))) in met:
            continue
        met.add(asked)
        there = distribution(one.name)
        yield key(one.name), Version(there.version)
        for word in there.requires or ():
            more = Requirement(word)
            extras = ["", *one.extras]
            if more.marker is None or any(more.marker.evaluate({"extra": e}) for e in extras):
                waiting.append(more)


def test_every_version_has_its_hashes_and_no_address():
    blocks = re.split(r"\n(?=[a-z0-9])", re.sub(r"^#.*\n", "", TEXT, flags=re.MULTILINE).strip())
    whole = re.compile(r"[a-z0-9-]+==\S+( \\\n    --hash=sha256:[0-9a-f]{64})+")
    assert [one for one in blocks if not whole.fullmatch(one.strip())] == []
    assert len(blocks) == len(fixed(TEXT)) > 20
    assert "://" not in TEXT


def test_what_the_project_asks_for_is_fixed_within_its_bounds():
    versions = fixed(RUNNING)
    asked = {key(one.name): one for one in direct()}
    assert asked.keys() - versions.keys() == set()
    assert [n for n, one in asked.items() if versions[n] not in one.specifier] == []
    tools = [Requirement(one) for one in PROJECT["build-system"]["requires"]]
    assert [one.name for one in tools if fixed(TEXT).get(key(one.name)) not in one.specifier] == []


def test_what_is_installed_to_run_is_what_is_fixed():
    """Where newer versions came since, the names still agree; the versions are those of the file
    on the machine that wrote it, and wherever it was installed from the file."""
    try:
        installed = dict(needed(direct()))
    except PackageNotFoundError as absent:
        pytest.skip(f"{absent} is not installed here")
    versions = fixed(RUNNING)
    assert installed.keys() - versions.keys() == set()
    assert versions.keys() - installed.keys() == set()
    older = {n: str(v) for n, v in installed.items() if v < versions[n]}
    assert older == {}
    newer = {n: str(v) for n, v in installed.items() if v > versions[n]}
    if newer:
        pytest.skip(f"newer here than what is fixed, run tools/fixed-versions: {newer}")


def test_make_installs_fixed_versions_alone_and_they_are_those_one_runs():
    limits = fixed((ROOT / "constraints.txt").read_text())
    words = [one for one in PROJECT["project"]["optional-dependencies"]["dev"] if "keti" not in one]
    tools = {key(one.name): one for one in map(Requirement, words)}
    assert tools.keys() - limits.keys() == set()
    assert [n for n, one in tools.items() if limits[n] not in one.specifier] == []
    assert {n: v for n, v in fixed(TEXT).items() if limits.get(n) != v} == {}
    installs = re.findall(r"pip install .*", (ROOT / "Makefile").read_text())
    assert len(installs) == 2
    assert all("--constraint constraints.txt" in one for one in installs)


def test_everything_installed_here_for_the_tests_is_fixed():
    limits = fixed((ROOT / "constraints.txt").read_text())
    words = [one for one in PROJECT["project"]["optional-dependencies"]["dev"] if "keti" not in one]
    try:
        installed = dict(needed([*direct(), *map(Requirement, words)]))
    except PackageNotFoundError as absent:
        pytest.skip(f"{absent} is not installed here")
    assert installed.keys() - limits.keys() == set()
