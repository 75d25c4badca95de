-- Who may do what in which application. Who administers the server is in none of these rows and may do everything.
CREATE TABLE member (
  application_id integer NOT NULL REFERENCES application (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  person_id text NOT NULL REFERENCES person (id) ON DELETE CASCADE ON UPDATE RESTRICT,
  role text NOT NULL CHECK (role IN ('viewer', 'editor', 'admin')),
  created timestamptz(3) NOT NULL DEFAULT now(),
  actor_kind text NOT NULL,
  actor_id text NOT NULL,
  actor_name text NOT NULL,
  PRIMARY KEY (application_id, person_id)
);
CREATE INDEX member_person_id_idx ON member (person_id);

-- Whom an invitation is for is a person from the beginning.
ALTER TABLE entry_link DROP COLUMN email;
