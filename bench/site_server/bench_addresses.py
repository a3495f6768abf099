"""The addresses of a live site and an empty page, which goes through all the same layers."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from locality_web.config import urls
from locality_web.config.urls import handler400, handler403, handler404, handler429, handler500


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [path("bench/empty/", empty), *urls.urlpatterns]
__all__ = ["handler400", "handler403", "handler404", "handler429", "handler500", "urlpatterns"]
