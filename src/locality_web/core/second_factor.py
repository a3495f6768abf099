"""Whether a person still has to set up the second factor that their roles ask for."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest

from locality_web.core.permissions import roles_held
from locality_web.core.roles import all_roles


def lacks_second_factor(request: HttpRequest) -> bool:
    """Say whether one of the roles needs a second factor and none is set up.

    A person who has one was asked for it at sign-in. Somebody who came by single sign-on gave it there.
    """
    needs = any(all_roles()[held.role].second_factor for held in roles_held(request.user))
    return needs and not is_mfa_enabled(request.user)
