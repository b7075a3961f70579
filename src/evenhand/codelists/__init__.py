"""Classifications, their editions, and what each mapping between them loses."""
