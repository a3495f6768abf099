"""Addresses of the planners' pages of the strategic plan."""

from django.urls import URLPattern, path

from locality_web.plans import strategic_comments, strategic_views

_EDIT = "plan/<slug:year>/edit/"

urlpatterns: list[URLPattern] = [
    path("plan/<slug:year>/begin/", strategic_views.begin, name="strategic_begin"),
    path("plan/<slug:year>/comments/", strategic_comments.comments, name="strategic_comments"),
    path("plan/<slug:year>/comments/<int:number>/answer/", strategic_comments.answer, name="strategic_answer"),
    path(_EDIT, strategic_views.edit, name="strategic_edit"),
    path(f"{_EDIT}narrative/", strategic_views.narrative, name="strategic_narrative"),
    path(f"{_EDIT}lines/", strategic_views.lines, name="strategic_lines"),
    path(f"{_EDIT}board/", strategic_views.board, name="strategic_board"),
    path(f"{_EDIT}board/stance/", strategic_views.stance, name="strategic_stance"),
    path(f"{_EDIT}board/step/", strategic_views.step, name="strategic_step"),
    path(f"{_EDIT}board/agree/", strategic_views.agree, name="strategic_agree"),
]
