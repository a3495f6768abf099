"""The rules that compute checks of the guidance: each takes the record, a locality's code and the check's parameters.

A rule reads a part of the record only through `known`, so that what nobody holds ends as "not recorded".
"""

from locality.plans.check_rules.areas import (
    every_zone_in_one_locality,
    localities_at_least,
    no_zone_from_elsewhere,
    size_is_set_locally,
    size_within_own_thresholds,
)
from locality.plans.check_rules.boundaries import boundaries_were_compared, boundaries_were_consulted_on
from locality.plans.check_rules.further import entries_held
from locality.plans.check_rules.membership import (
    group_has_voice,
    groups_plan_together,
    own_groups_have_voice,
    people_plan_together,
    register_is_kept,
)
from locality.plans.check_rules.money import (
    budget_is_decided,
    budget_names_its_reason,
    shares_stand_behind_budget,
    sources_are_kept_apart,
)
from locality.plans.check_rules.people import has_deputy, has_lead
from locality.plans.check_rules.plan import (
    every_priority_is_answered,
    joint_shares_add_up,
    joint_shares_are_agreed,
    lists_all_services,
    names_who_agreed,
    objections_are_answered,
    plan_is_agreed,
    plan_is_published,
    priorities_say_who_raised_them,
    priorities_under_each_heading,
    within_budget,
)
from locality.plans.check_rules.strategic import (
    strategic_has_every_locality,
    strategic_is_made_of_agreed_plans,
    strategic_is_more_than_the_sum,
    strategic_is_published,
    strategic_narrows_distance,
    strategic_reconciles,
)
from locality.plans.check_rules.taking_part import (
    access_needs_are_met,
    bodies_have_advised,
    briefing_is_given,
    committee_has_agreed,
    links_are_made,
    meets_regularly,
    members_are_told,
    practices_have_liaisons,
    professions_are_asked_first,
)

__all__ = [
    "access_needs_are_met",
    "bodies_have_advised",
    "boundaries_were_compared",
    "boundaries_were_consulted_on",
    "briefing_is_given",
    "budget_is_decided",
    "budget_names_its_reason",
    "committee_has_agreed",
    "entries_held",
    "every_priority_is_answered",
    "every_zone_in_one_locality",
    "group_has_voice",
    "groups_plan_together",
    "has_deputy",
    "has_lead",
    "joint_shares_add_up",
    "joint_shares_are_agreed",
    "links_are_made",
    "lists_all_services",
    "localities_at_least",
    "meets_regularly",
    "members_are_told",
    "names_who_agreed",
    "no_zone_from_elsewhere",
    "objections_are_answered",
    "own_groups_have_voice",
    "people_plan_together",
    "plan_is_agreed",
    "plan_is_published",
    "practices_have_liaisons",
    "priorities_say_who_raised_them",
    "priorities_under_each_heading",
    "professions_are_asked_first",
    "register_is_kept",
    "shares_stand_behind_budget",
    "size_is_set_locally",
    "size_within_own_thresholds",
    "sources_are_kept_apart",
    "strategic_has_every_locality",
    "strategic_is_made_of_agreed_plans",
    "strategic_is_more_than_the_sum",
    "strategic_is_published",
    "strategic_narrows_distance",
    "strategic_reconciles",
    "within_budget",
]
