-- Who asked is recorded with its kind, its id and its name. So far there was one: whoever could reach the server. Constant
-- defaults are kept beside the table, so that no row is written; new rows say it themselves.
ALTER TABLE "operation" RENAME COLUMN "actor" TO "actor_id";
ALTER TABLE "import" RENAME COLUMN "actor" TO "actor_id";
ALTER TABLE "selection" RENAME COLUMN "actor" TO "actor_id";
ALTER TABLE "operation" ADD COLUMN "actor_kind" TEXT NOT NULL DEFAULT 'person', ADD COLUMN "actor_name" TEXT NOT NULL DEFAULT 'local';
ALTER TABLE "import" ADD COLUMN "actor_kind" TEXT NOT NULL DEFAULT 'person', ADD COLUMN "actor_name" TEXT NOT NULL DEFAULT 'local';
ALTER TABLE "selection" ADD COLUMN "actor_kind" TEXT NOT NULL DEFAULT 'person', ADD COLUMN "actor_name" TEXT NOT NULL DEFAULT 'local';
ALTER TABLE "operation" ALTER COLUMN "actor_kind" DROP DEFAULT, ALTER COLUMN "actor_name" DROP DEFAULT,
  ADD CHECK ("actor_kind" IN ('person', 'key', 'rule', 'system')) NOT VALID;
ALTER TABLE "import" ALTER COLUMN "actor_kind" DROP DEFAULT, ALTER COLUMN "actor_name" DROP DEFAULT,
  ADD CHECK ("actor_kind" IN ('person', 'key', 'rule', 'system')) NOT VALID;
ALTER TABLE "selection" ALTER COLUMN "actor_kind" DROP DEFAULT, ALTER COLUMN "actor_name" DROP DEFAULT,
  ADD CHECK ("actor_kind" IN ('person', 'key', 'rule', 'system')) NOT VALID;
