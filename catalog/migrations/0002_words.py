"""The full-text indexes, in the words of the database at hand. They hang on catalog_searchtext by triggers."""

from django.db import migrations

COLUMNS = "title, tags, category, description"
NEW = "new.image_id, new.title, new.tags, new.category, new.description"
OLD = "old.image_id, old.title, old.tags, old.category, old.description"
TABLES = {"catalog_words": "porter unicode61 remove_diacritics 2", "catalog_trigrams": "trigram"}


def sqlite_statements():
    for table, tokenizer in TABLES.items():
        yield (
            f"CREATE VIRTUAL TABLE {table} USING fts5({COLUMNS}, content='catalog_searchtext', "
            f"content_rowid='image_id', tokenize='{tokenizer}')"
        )
        insert = f"INSERT INTO {table}(rowid, {COLUMNS}) VALUES ({NEW});"
        delete = f"INSERT INTO {table}({table}, rowid, {COLUMNS}) VALUES ('delete', {OLD});"
        for event, body in {"INSERT": insert, "DELETE": delete, "UPDATE": delete + insert}.items():
            yield (
                f"CREATE TRIGGER {table}_{event.lower()} AFTER {event} ON catalog_searchtext BEGIN {body} END"
            )


POSTGRES = [
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    """ALTER TABLE catalog_searchtext ADD COLUMN document tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', tags), 'B') ||
        setweight(to_tsvector('english', category), 'C') || setweight(to_tsvector('english', description), 'D')
    ) STORED""",
    "CREATE INDEX catalog_searchtext_document ON catalog_searchtext USING gin (document)",
    f"""CREATE INDEX catalog_searchtext_trigrams ON catalog_searchtext USING gin (
        ({" || ' ' || ".join(COLUMNS.split(", "))}) gin_trgm_ops)""",
]


def create(apps, schema_editor):
    statements = POSTGRES if schema_editor.connection.vendor == "postgresql" else sqlite_statements()
    for statement in statements:
        schema_editor.execute(statement, params=None)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE catalog_searchtext DROP COLUMN document")
        return
    for table in TABLES:
        for event in ("insert", "delete", "update"):
            schema_editor.execute(f"DROP TRIGGER {table}_{event}")
        schema_editor.execute(f"DROP TABLE {table}")


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
