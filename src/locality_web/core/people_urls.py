"""Addresses of one's own account, invitations, people and settings."""

from django.urls import path

from locality_web.core import people_own, people_views, settings_views

urlpatterns = [
    path("account/", people_own.account, name="account"),
    path("invitations/<str:token>/", people_own.open_invitation, name="invitation"),
    path("<slug:partnership>/people/", people_views.list_people, name="people"),
    path("<slug:partnership>/people/invite/", people_views.invite, name="invite"),
    path("<slug:partnership>/people/invitations/<int:number>/again/", people_views.send_again, name="invite_again"),
    path("<slug:partnership>/people/invitations/<int:number>/withdraw/", people_views.withdraw, name="withdraw"),
    path("<slug:partnership>/people/<int:number>/roles/", people_views.give, name="give_role"),
    path(
        "<slug:partnership>/people/<int:number>/second-factor/", people_views.second_factor, name="lost_second_factor"
    ),
    path("<slug:partnership>/people/roles/<int:number>/end/", people_views.end, name="end_role"),
    path("<slug:partnership>/settings/", settings_views.list_settings, name="settings"),
    path("<slug:partnership>/settings/look/", settings_views.look, name="settings_look"),
    path("<slug:partnership>/settings/values/<str:name>/", settings_views.change, name="setting"),
]
