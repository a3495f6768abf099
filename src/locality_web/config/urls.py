"""The addresses of a site: core's own first, then each room's below its partnership."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("locality_web.core.sign_in_urls")),
    path("", include("locality_web.core.urls")),
    *[
        path("<slug:partnership>/", include(f"locality_web.{room}.urls"))
        for room in ("areas", "members", "money", "voice", "plans")
    ],
]
handler400 = "locality_web.core.refusals.bad_request"
handler403 = "locality_web.core.refusals.forbidden"
handler404 = "locality_web.core.refusals.not_found"
handler429 = "locality_web.core.sign_in_limits.too_many"
handler500 = "locality_web.core.refusals.broken"
