from django.db import connection
from django.http import HttpResponse
from django.urls import path


def index(request):
    request.session["visits"] = request.session.get("visits", 0) + 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT words, version() FROM greeting")
        words, version = cursor.fetchone()
    return HttpResponse(f"<h1>{words}</h1><p>{version.split(',')[0]}</p><p>{request.session['visits']} visits</p>")


urlpatterns = [path("", index)]
