"""The register as a web application: Django apps over the rules of ``accountability``."""
