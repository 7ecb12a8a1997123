from django.urls import path

from hello import views

urlpatterns = [
    path("", views.welcome),
    path("health", views.health),
]
