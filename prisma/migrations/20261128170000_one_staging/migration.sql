-- Advocates for whom codes are drawn are staged as rows of an import, without codes. What tells their list from another is
-- kept, so that a form that is sent twice makes its codes once.
ALTER TABLE "import" ADD COLUMN "advocates_digest" TEXT;

-- Creations that are under way go on: what is left of their lists is staged there, at the same places.
INSERT INTO "import" ("application_id", "campaign_id", "actor_kind", "actor_id", "actor_name", "file_name", "row_count", "operation_id", "advocates_digest", "columns")
  SELECT "application_id", "campaign_id", "actor_kind", "actor_id", "actor_name", 'advocates.csv', "total", "id",
    coalesce("input" ->> 'advocatesDigest', ''), '{advocateprofileintegrationid}'
  FROM "operation" WHERE "kind" = 'create' AND "state" = 'running';
INSERT INTO "import_row" ("application_id", "import_id", "line", "raw", "advocate_integration_id", "advocate_search")
  SELECT r."application_id", i."id", r."line", '', r."advocate_integration_id", r."advocate_search"
  FROM "creation_row" r JOIN "import" i ON i."application_id" = r."application_id" AND i."operation_id" = r."operation_id";
DROP TABLE "creation_row";
