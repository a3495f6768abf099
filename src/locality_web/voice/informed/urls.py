"""Addresses of this part of the room."""

from __future__ import annotations

from django.urls import URLPattern, path

from locality_web.voice.informed import became_views, open_data_views, poster, views

_ONE = "conversations/<slug:slug>"

urlpatterns: list[URLPattern] = [
    path("keep-informed/", views.keep_informed, name="keep_informed"),
    path("keep-informed/confirm/<str:token>/", views.confirm_informed, name="confirm_informed"),
    path("keep-informed/stop/<str:token>/", views.stop_informed, name="stop_informed"),
    path("keep-informed/letters/stop/", views.stop_by_letter, name="stop_by_letter"),
    path("news.atom", views.news_feed, name="news_feed"),
    path("became/", became_views.became, name="became"),
    path("c/<int:number>/", views.short, name="short"),
    path(f"{_ONE}/tell/", became_views.tell_contributors, name="tell"),
    path(f"{_ONE}/open-data/", open_data_views.open_data, name="open_data"),
    path(f"{_ONE}/open-data/data.zip", open_data_views.open_data_zip, name="open_data_zip"),
    path(f"{_ONE}/take-in/", open_data_views.take_in_page, name="take_in"),
    path(f"{_ONE}/poster/", poster.poster, name="poster"),
    path(f"{_ONE}/poster.pdf", poster.poster_pdf, name="poster_pdf"),
]
