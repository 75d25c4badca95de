-- Who did what beside the codes, whose changes the operations record: settings, keys, members, sign-ins, refusals. Nothing of it is
-- ever changed or deleted, by whoever writes here.
CREATE TABLE audit_entry (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  application_id integer,
  campaign_id integer,
  at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  event text NOT NULL,
  actor_kind text NOT NULL,
  actor_id text NOT NULL,
  actor_name text NOT NULL,
  actor_role text,
  actor_from text,
  subject text NOT NULL,
  before jsonb,
  after jsonb
);
CREATE INDEX audit_entry_application_idx ON audit_entry (application_id, at DESC, id DESC);
CREATE INDEX audit_entry_at_idx ON audit_entry (at DESC, id DESC);

CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit is only added to' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_entry_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
REVOKE UPDATE, DELETE, TRUNCATE ON audit_entry FROM PUBLIC, CURRENT_USER;

-- What somebody was when they carried out an operation, and from where.
ALTER TABLE operation ADD COLUMN actor_role text, ADD COLUMN actor_from text;
