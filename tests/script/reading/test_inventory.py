"""The table of rules is its own test: each example, and each text that a rule leaves to others."""

from __future__ import annotations

import pytest

from tingbao.script.reading import read
from tingbao.script.reading.inventory import Rule, _rules_by_kind, rules

RULES = rules()


def names(rule: Rule) -> str:
    return rule.name


def test_no_two_rules_have_the_same_name() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_rules_stand_in_the_order_of_their_weight() -> None:
    assert [rule.weight for rule in RULES] == list(range(1, len(RULES) + 1))


@pytest.mark.parametrize("rule", RULES, ids=names)
def test_the_example_of_a_rule_is_read_by_it_as_said(rule: Rule) -> None:
    result = read(rule.printed)
    assert rule.name in result.rules
    assert result.spoken == rule.spoken


@pytest.mark.parametrize("rule", RULES, ids=names)
def test_a_rule_leaves_to_others_what_it_is_unlike(rule: Rule) -> None:
    assert rule.name not in read(rule.unlike).rules


@pytest.mark.parametrize("rule", RULES, ids=names)
def test_an_example_has_no_rule_that_reports_but_its_own(rule: Rule) -> None:
    assert bool(read(rule.printed).unread) is not rule.known


KINDS = sorted(_rules_by_kind())


def rules_of(kind: str) -> list[Rule]:
    return [rule for _, some in _rules_by_kind()[kind] for rule in some]


@pytest.mark.parametrize("kind", KINDS)
def test_the_rules_of_a_kind_of_sign_keep_the_order_of_the_table(kind: str) -> None:
    weights = [rule.weight for rule in rules_of(kind)]
    assert weights
    assert weights == sorted(weights)


def test_every_rule_may_begin_somewhere() -> None:
    assert {rule.name for kind in KINDS for rule in rules_of(kind)} == {r.name for r in RULES}
