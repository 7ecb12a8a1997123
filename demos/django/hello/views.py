import os
import platform
import socket
import time

import django
from django.http import HttpResponse
from django.shortcuts import render

from .models import Visit

STARTED = time.time()


def welcome(request):
    # Deckhand asks with HEAD whether somebody answers; that is no visit.
    if request.method == "GET":
        Visit.objects.create()
    return render(
        request,
        "hello/welcome.html",
        {
            "visits": Visit.objects.count(),
            "uptime": round(time.time() - STARTED, 1),
            "facts": [
                ("Hostname", socket.gethostname(), "the container's id"),
                ("Process", f"pid {os.getpid()}", f"one of {count_processes()} in here"),
                ("Python", platform.python_version(), "from the image"),
                ("Django", django.get_version(), "from requirements.txt"),
            ],
        },
    )


def health(request):
    """For the healthcheck: answers without being counted as a visit."""
    return HttpResponse("ok\n", content_type="text/plain")


def count_processes():
    return sum(name.isdigit() for name in os.listdir("/proc"))
