"""What the database itself refuses: changing, deleting or slipping in an event of the audit record.

The head (one row) says how far the record goes. A trigger moves it with every event and lets in only the event that
follows it, so that neither a gap nor a second beginning can be written, by whatever program. Somebody who owns the
database can drop triggers; that is what the hashes and a head noted elsewhere are for (`locality-web audit verify`).
"""

from __future__ import annotations

STAYS = "An event of the audit record is never changed or deleted."
FOLLOWS = "An event must follow the head of the audit record."
HEAD = "The head of the audit record moves only with an event."
_EVENTS, _HEAD, _FIRST = "core_auditevent", "core_audithead", "0" * 64

# REPLACE on SQLite deletes the old row without asking the trigger for deletion, so an event that meets one is refused.
_SQLITE = [
    *[
        f"CREATE TRIGGER audit_event_stays_{what.lower()} BEFORE {what} ON {_EVENTS} "
        f"BEGIN SELECT RAISE(ABORT, '{STAYS}'); END"
        for what in ("UPDATE", "DELETE")
    ],
    f"""CREATE TRIGGER audit_event_follows BEFORE INSERT ON {_EVENTS}
        WHEN NEW.number <> (SELECT COALESCE(MAX(number), 0) + 1 FROM {_HEAD})
            OR NEW.previous_hash <> (SELECT COALESCE(MAX(hash), '{_FIRST}') FROM {_HEAD})
            OR EXISTS (SELECT 1 FROM {_EVENTS} WHERE id = NEW.id OR hash = NEW.hash)
        BEGIN SELECT RAISE(ABORT, '{FOLLOWS}'); END""",
    f"""CREATE TRIGGER audit_head_moves AFTER INSERT ON {_EVENTS} BEGIN
            UPDATE {_HEAD} SET number = NEW.number, hash = NEW.hash;
            INSERT INTO {_HEAD} (id, number, hash)
                SELECT 1, NEW.number, NEW.hash WHERE NOT EXISTS (SELECT 1 FROM {_HEAD});
        END""",
    f"""CREATE TRIGGER audit_head_begins BEFORE INSERT ON {_HEAD}
        WHEN EXISTS (SELECT 1 FROM {_HEAD})
            OR NOT EXISTS (SELECT 1 FROM {_EVENTS} WHERE number = NEW.number AND hash = NEW.hash)
        BEGIN SELECT RAISE(ABORT, '{HEAD}'); END""",
    f"""CREATE TRIGGER audit_head_stays BEFORE UPDATE ON {_HEAD}
        WHEN NEW.id <> OLD.id OR NEW.number <> OLD.number + 1
            OR NOT EXISTS (SELECT 1 FROM {_EVENTS} WHERE number = NEW.number AND hash = NEW.hash)
        BEGIN SELECT RAISE(ABORT, '{HEAD}'); END""",
    f"CREATE TRIGGER audit_head_stays_delete BEFORE DELETE ON {_HEAD} BEGIN SELECT RAISE(ABORT, '{HEAD}'); END",
]
_REFUSE = "RAISE EXCEPTION '{}' USING ERRCODE = 'integrity_constraint_violation'"
_POSTGRESQL = [
    f"""CREATE FUNCTION audit_event_stays() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN {_REFUSE.format(STAYS)}; END $$""",
    f"""CREATE TRIGGER audit_event_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON {_EVENTS}
        FOR EACH STATEMENT EXECUTE FUNCTION audit_event_stays()""",
    f"""CREATE FUNCTION audit_event_follows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF NEW.number <> (SELECT COALESCE(MAX(number), 0) + 1 FROM {_HEAD})
                OR NEW.previous_hash <> (SELECT COALESCE(MAX(hash), '{_FIRST}') FROM {_HEAD})
            THEN {_REFUSE.format(FOLLOWS)}; END IF;
            RETURN NEW;
        END $$""",
    f"""CREATE TRIGGER audit_event_follows BEFORE INSERT ON {_EVENTS}
        FOR EACH ROW EXECUTE FUNCTION audit_event_follows()""",
    f"""CREATE FUNCTION audit_head_moves() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            UPDATE {_HEAD} SET number = NEW.number, hash = NEW.hash;
            IF NOT FOUND THEN INSERT INTO {_HEAD} (id, number, hash) VALUES (1, NEW.number, NEW.hash); END IF;
            RETURN NULL;
        END $$""",
    f"""CREATE TRIGGER audit_head_moves AFTER INSERT ON {_EVENTS}
        FOR EACH ROW EXECUTE FUNCTION audit_head_moves()""",
    f"""CREATE FUNCTION audit_head_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF TG_OP IN ('DELETE', 'TRUNCATE')
                OR (TG_OP = 'INSERT' AND EXISTS (SELECT 1 FROM {_HEAD}))
                OR (TG_OP = 'UPDATE' AND (NEW.id <> OLD.id OR NEW.number <> OLD.number + 1))
                OR NOT EXISTS (SELECT 1 FROM {_EVENTS} WHERE number = NEW.number AND hash = NEW.hash)
            THEN {_REFUSE.format(HEAD)}; END IF;
            RETURN NEW;
        END $$""",
    f"""CREATE TRIGGER audit_head_stays BEFORE INSERT OR UPDATE OR DELETE ON {_HEAD}
        FOR EACH ROW EXECUTE FUNCTION audit_head_stays()""",
    f"""CREATE TRIGGER audit_head_stays_whole BEFORE TRUNCATE ON {_HEAD}
        FOR EACH STATEMENT EXECUTE FUNCTION audit_head_stays()""",
]
_PLACES = {
    "audit_event_stays": _EVENTS,
    "audit_event_follows": _EVENTS,
    "audit_head_moves": _EVENTS,
    "audit_head_stays": _HEAD,
    "audit_head_stays_whole": _HEAD,
}
_ON_SQLITE = (
    "audit_event_stays_update",
    "audit_event_stays_delete",
    "audit_event_follows",
    "audit_head_moves",
    "audit_head_begins",
    "audit_head_stays",
    "audit_head_stays_delete",
)


def add_triggers(vendor: str) -> list[str]:
    """Give the statements that protect the record; SQLite forgets them when Django remakes a table: add them again."""
    return {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}[vendor]


def drop_triggers(vendor: str) -> list[str]:
    """Give the statements that take the protection away: for migrating back, and for tests of the verification."""
    if vendor == "sqlite":
        return [f"DROP TRIGGER {name}" for name in _ON_SQLITE]
    return [
        *[f"DROP TRIGGER {name} ON {table}" for name, table in _PLACES.items()],
        *[f"DROP FUNCTION {name}" for name in _PLACES if name != "audit_head_stays_whole"],
    ]
