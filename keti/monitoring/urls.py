from django.urls import URLPattern

app_name = "monitoring"
urlpatterns: list[URLPattern] = []
POLICY: dict[str, str] = {}
