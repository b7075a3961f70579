"""The register: inquiries, publications, recommendations, and what stands about each."""
