"""Every public function says what it takes, gives and refuses, when not to use it, and whence."""

from __future__ import annotations

import doctest
import inspect
import re
import types
from typing import Any

import pytest

from evenhand import stats
from evenhand.core import UsageProblem

FUNCTIONS = sorted(
    name for name in stats.__all__ if isinstance(getattr(stats, name), types.FunctionType)
)
SECTIONS = ("Parameters", "Returns", "Raises", "Notes", "References", "Examples")


def docstring(name: str) -> str:
    return inspect.getdoc(getattr(stats, name)) or ""


def sections(name: str) -> dict[str, str]:
    parts = re.split(r"^(\w+)\n-+\n", docstring(name), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_it_has_every_section_and_something_in_each(name: str) -> None:
    found = sections(name)
    assert list(found) == list(SECTIONS)
    assert all(len(text.strip()) > 10 for text in found.values())


@pytest.mark.parametrize("name", FUNCTIONS)
def test_it_opens_with_a_question_a_board_member_could_read(name: str) -> None:
    first = docstring(name).partition("\n\n")[0]
    assert "?" in first or name in {"build_spells", "benjamini_yekutieli"}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_it_names_every_parameter_and_some_shape(name: str) -> None:
    found = sections(name)
    named = re.findall(r"^(\w[\w, ]*?)(?: :.*)?$", found["Parameters"], re.MULTILINE)
    told = {word for line in named for word in re.split(r",\s*", line)}
    assert told == set(inspect.signature(getattr(stats, name)).parameters)
    assert re.search(r"shape|from :func:", docstring(name), re.IGNORECASE)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_its_example_runs_and_ends_with_what_the_numbers_mean(name: str) -> None:
    example = sections(name)["Examples"]
    assert ">>> " in example
    last = example.strip().rsplit("\n\n", 1)[-1]
    assert last.rstrip().endswith(".")
    assert ">>>" not in last


def test_a_source_is_a_name_and_a_year_or_another_function_s() -> None:
    for name in FUNCTIONS:
        source = sections(name)["References"]
        assert re.search(r"\b(1[89]|20)\d\d\b", source), name


WITH_CONFIDENCE = [
    name for name in FUNCTIONS if "confidence" in inspect.signature(getattr(stats, name)).parameters
]


@pytest.mark.parametrize("name", WITH_CONFIDENCE)
def test_a_confidence_of_95_is_refused_in_its_own_example(name: str) -> None:
    function, refused = getattr(stats, name), []

    def with_95(*given: Any, **named: Any) -> Any:
        with pytest.raises(UsageProblem, match="confidence must be a Confidence, not 95"):
            function(*given, **named | {"confidence": 95})
        refused.append(name)
        return function(*given, **named)

    names = vars(inspect.getmodule(function)) | {each: getattr(stats, each) for each in FUNCTIONS}
    for example in doctest.DocTestParser().get_examples(docstring(name)):
        exec(example.source, names)
        names[name] = with_95  # an example may have brought in the function itself
    for example in doctest.DocTestParser().get_examples(docstring(name)):
        if "import" not in example.source:
            exec(example.source, names)
    assert refused
