"""The schema (OpenAPI 3) and its page. The page loads its scripts from this site, and none of them inline."""

from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiJsonRenderer2, OpenApiYamlRenderer
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

schema = SpectacularAPIView.as_view(renderer_classes=[OpenApiJsonRenderer2, OpenApiJsonRenderer, OpenApiYamlRenderer])
docs = SpectacularSwaggerSplitView.as_view(url_name="api-schema", template_name="pages/api_docs.html")
