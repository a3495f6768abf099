"""Addresses of the locality plan: its editor, versions, comments, group, joint lines and workbook."""

from django.urls import URLPattern, path

from locality_web.plans import (
    editor_clash,
    editor_lists,
    editor_views,
    from_group,
    group_comments,
    group_views,
    joint_views,
    version_views,
    workbook_views,
)

_HERE = "localities/<slug:locality>/plans/"
_PLAN = f"{_HERE}<slug:year>/"

urlpatterns: list[URLPattern] = [
    path("plans/", editor_lists.all_plans, name="all_plans"),
    path(_HERE, editor_lists.locality_plans, name="locality_plans"),
    path(f"{_HERE}begin/", editor_lists.begin, name="begin"),
    path(f"{_PLAN}edit/", editor_views.editor, name="editor"),
    path(f"{_PLAN}edit/summary/", editor_views.edit_summary, name="edit_summary"),
    path(f"{_PLAN}edit/moves/", editor_views.edit_moves, name="edit_moves"),
    path(f"{_PLAN}edit/priorities/", editor_views.edit_ranks, name="edit_ranks"),
    path(f"{_PLAN}edit/from-group/", from_group.from_group, name="from_group"),
    path(f"{_PLAN}edit/clash/", editor_clash.clash, name="clash"),
    path(f"{_PLAN}edit/<slug:heading>/", editor_views.edit_heading, name="edit_heading"),
    path(f"{_PLAN}versions/", version_views.versions, name="versions"),
    path(f"{_PLAN}versions/compare/", version_views.compare, name="compare"),
    path(f"{_PLAN}versions/<int:number>/restore/", version_views.restore, name="restore"),
    path(f"{_PLAN}comments/", group_comments.comments, name="comments"),
    path(f"{_PLAN}comments/<int:number>/answer/", group_comments.answer, name="answer"),
    path(f"{_PLAN}group/", group_views.group, name="group"),
    path(f"{_PLAN}group/stance/", group_views.stance, name="stance"),
    path(f"{_PLAN}group/step/", group_views.step, name="step"),
    path(f"{_PLAN}group/take-back/", group_views.take_back, name="take_back"),
    path(f"{_PLAN}group/agree/", group_views.agree, name="agree"),
    path(f"{_PLAN}snapshot.json", group_views.snapshot, name="snapshot"),
    path(f"{_PLAN}workbook/", workbook_views.workbook, name="workbook"),
    path(f"{_PLAN}workbook/plan.xlsx", workbook_views.workbook_file, name="workbook_file"),
    path(f"{_PLAN}workbook/confirm/", workbook_views.confirm, name="confirm_workbook"),
    path("joint/<slug:year>/", joint_views.joint, name="joint"),
    path("joint/<slug:year>/propose/", joint_views.propose, name="propose_joint"),
    path("joint/<slug:year>/<slug:code>/change/", joint_views.change, name="change_joint"),
    path("joint/<slug:year>/<slug:code>/withdraw/", joint_views.withdraw, name="withdraw_joint"),
    path("localities/<slug:locality>/joint/<slug:year>/", joint_views.joint_shares, name="joint_shares"),
]
