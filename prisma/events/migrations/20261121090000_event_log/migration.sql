-- The log of domain events: what the outboxes of the subgraphs are copied into, in the order in which consumers read it.
-- Rows hold ids and status only, never clinical content, and are never changed. A consumer can resume from a position for as
-- long as the rows after it exist: a retention job may delete by logged_at (keep at least an hour for sockets that resume, and
-- longer than any consumer may be down); deleting a row also ends the protection against its event being published again.

CREATE TABLE event_log (
  position  BIGSERIAL PRIMARY KEY,
  id        TEXT NOT NULL UNIQUE,
  type      TEXT NOT NULL,
  source    TEXT NOT NULL,
  subject   TEXT NOT NULL,
  time      TIMESTAMPTZ NOT NULL,
  audience  TEXT[] NOT NULL,
  data      JSONB NOT NULL,
  logged_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX event_log_subject_position ON event_log (subject, position);
CREATE INDEX event_log_logged_at ON event_log (logged_at);

-- Tells the listeners how far the log reaches now; they read the rows themselves, so a lost notification loses no event.
CREATE FUNCTION event_log_announce() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('caregraph_events', max(position)::text) FROM appended HAVING count(*) > 0;
  RETURN NULL;
END
$$;

CREATE TRIGGER event_log_announce AFTER INSERT ON event_log
  REFERENCING NEW TABLE AS appended
  FOR EACH STATEMENT EXECUTE FUNCTION event_log_announce();

CREATE FUNCTION event_log_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'event_log is append-only';
END
$$;

CREATE TRIGGER event_log_refuse_change BEFORE UPDATE ON event_log
  FOR EACH STATEMENT EXECUTE FUNCTION event_log_refuse_change();
