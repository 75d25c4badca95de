-- The tables of DESIGN.md section 6, then what only SQL can say: limits the database itself keeps, exact counts, and
-- the two functions by which the operation log reads a referral's fields.
CREATE EXTENSION IF NOT EXISTS pg_trgm;


-- CreateTable
CREATE TABLE "application" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "case_sensitivity" TEXT NOT NULL DEFAULT 'insensitive-uppercase',
    "created" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "application_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaign" (
    "application_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "state" TEXT NOT NULL DEFAULT 'enabled',
    "features" TEXT[],
    "start_time" TIMESTAMPTZ(3),
    "end_time" TIMESTAMPTZ(3),
    "code_pattern" TEXT NOT NULL DEFAULT '####-####',
    "code_characters" TEXT NOT NULL DEFAULT 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789',
    "referral_count" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "campaign_pkey" PRIMARY KEY ("application_id","id")
);

-- CreateTable
CREATE TABLE "attribute_definition" (
    "application_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "type" TEXT NOT NULL,
    "suggestions" JSONB NOT NULL DEFAULT '[]',
    "restricted" BOOLEAN NOT NULL DEFAULT false,
    "position" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "attribute_definition_pkey" PRIMARY KEY ("application_id","name")
);

-- CreateTable
CREATE TABLE "referral" (
    "application_id" INTEGER NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "campaign_id" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    "code_key" TEXT NOT NULL,
    "code_search" TEXT NOT NULL,
    "advocate_integration_id" TEXT NOT NULL,
    "friend_integration_id" TEXT,
    "usage_limit" INTEGER NOT NULL,
    "usage_counter" INTEGER NOT NULL DEFAULT 0,
    "valid_from" TIMESTAMPTZ(3),
    "valid_until" TIMESTAMPTZ(3),
    "attributes" JSONB NOT NULL DEFAULT '{}',
    "batch_id" TEXT,
    "import_id" BIGINT,
    "origin" TEXT NOT NULL,
    "created" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "referral_pkey" PRIMARY KEY ("application_id","id")
);

-- CreateTable
CREATE TABLE "batch" (
    "application_id" INTEGER NOT NULL,
    "batch_id" TEXT NOT NULL,
    "campaign_id" INTEGER NOT NULL,
    "operation_id" BIGINT NOT NULL,
    "referral_count" INTEGER NOT NULL DEFAULT 0,
    "created" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "batch_pkey" PRIMARY KEY ("application_id","batch_id")
);

-- CreateTable
CREATE TABLE "operation" (
    "application_id" INTEGER NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "campaign_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "effect" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "selection" JSONB,
    "input" JSONB,
    "summary" JSONB,
    "matched" INTEGER NOT NULL DEFAULT 0,
    "changed" INTEGER NOT NULL DEFAULT 0,
    "same" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "undoes_id" BIGINT,
    "request_key" TEXT,
    "planned" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "applied" TIMESTAMPTZ(3),

    CONSTRAINT "operation_pkey" PRIMARY KEY ("application_id","id")
);

-- CreateTable
CREATE TABLE "change" (
    "application_id" INTEGER NOT NULL,
    "operation_id" BIGINT NOT NULL,
    "referral_id" BIGINT NOT NULL,
    "code" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "refusal" TEXT,
    "kept" JSONB,

    CONSTRAINT "change_pkey" PRIMARY KEY ("application_id","operation_id","referral_id")
);

-- CreateTable
CREATE TABLE "redemption" (
    "application_id" INTEGER NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "campaign_id" INTEGER NOT NULL,
    "referral_id" BIGINT NOT NULL,
    "code" TEXT NOT NULL,
    "friend_integration_id" TEXT NOT NULL,
    "session_integration_id" TEXT NOT NULL,
    "created" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "redemption_pkey" PRIMARY KEY ("application_id","id")
);

-- CreateIndex
CREATE INDEX "referral_application_id_campaign_id_created_id_idx" ON "referral"("application_id", "campaign_id", "created" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "referral_application_id_batch_id_created_id_idx" ON "referral"("application_id", "batch_id", "created" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "referral_code_search_idx" ON "referral" USING GIN ("code_search" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "referral_attributes_idx" ON "referral" USING GIN ("attributes" jsonb_path_ops);

-- CreateIndex
CREATE UNIQUE INDEX "referral_application_id_code_key_key" ON "referral"("application_id", "code_key");

-- CreateIndex
CREATE INDEX "batch_application_id_campaign_id_created_idx" ON "batch"("application_id", "campaign_id", "created" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "operation_application_id_request_key_key" ON "operation"("application_id", "request_key");

-- CreateIndex
CREATE INDEX "change_application_id_referral_id_operation_id_idx" ON "change"("application_id", "referral_id", "operation_id" DESC);

-- CreateIndex
CREATE INDEX "redemption_application_id_referral_id_created_idx" ON "redemption"("application_id", "referral_id", "created" DESC);

-- AddForeignKey
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "application"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "attribute_definition" ADD CONSTRAINT "attribute_definition_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "application"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "referral" ADD CONSTRAINT "referral_application_id_campaign_id_fkey" FOREIGN KEY ("application_id", "campaign_id") REFERENCES "campaign"("application_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "referral" ADD CONSTRAINT "referral_application_id_batch_id_fkey" FOREIGN KEY ("application_id", "batch_id") REFERENCES "batch"("application_id", "batch_id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "batch" ADD CONSTRAINT "batch_application_id_campaign_id_fkey" FOREIGN KEY ("application_id", "campaign_id") REFERENCES "campaign"("application_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "batch" ADD CONSTRAINT "batch_application_id_operation_id_fkey" FOREIGN KEY ("application_id", "operation_id") REFERENCES "operation"("application_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "operation" ADD CONSTRAINT "operation_application_id_campaign_id_fkey" FOREIGN KEY ("application_id", "campaign_id") REFERENCES "campaign"("application_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "change" ADD CONSTRAINT "change_application_id_operation_id_fkey" FOREIGN KEY ("application_id", "operation_id") REFERENCES "operation"("application_id", "id") ON DELETE CASCADE ON UPDATE RESTRICT;


-- The last guard: what must never be stored, whoever writes.
ALTER TABLE "application" ADD CHECK (length("name") BETWEEN 1 AND 100),
  ADD CHECK ("case_sensitivity" IN ('insensitive-uppercase', 'insensitive-lowercase', 'sensitive'));
ALTER TABLE "campaign" ADD CHECK (length("name") BETWEEN 1 AND 100),
  ADD CHECK ("state" IN ('enabled', 'disabled', 'archived')),
  ADD CHECK ("start_time" < "end_time"),
  ADD CHECK ("code_pattern" ~ '^[A-Za-z0-9._%+@#-]{3,100}$'),
  ADD CHECK ("referral_count" >= 0);
ALTER TABLE "attribute_definition" ADD CHECK ("name" ~ '^[A-Za-z][A-Za-z0-9_]*$'),
  ADD CHECK ("type" IN ('string', 'number', 'boolean', 'time', '(list string)', '(list number)', '(list time)')),
  ADD CHECK (jsonb_typeof("suggestions") = 'array' AND jsonb_array_length("suggestions") <= 50);
ALTER TABLE "referral" ADD CHECK (length("code") BETWEEN 4 AND 100),
  ADD CHECK (length("advocate_integration_id") BETWEEN 1 AND 1000),
  ADD CHECK (length("friend_integration_id") BETWEEN 1 AND 1000),
  ADD CONSTRAINT "referral_usage_limit_check" CHECK ("usage_limit" BETWEEN 0 AND 999999),
  ADD CONSTRAINT "referral_usage_counter_check" CHECK ("usage_counter" >= 0 AND ("usage_limit" = 0 OR "usage_counter" <= "usage_limit")),
  ADD CONSTRAINT "referral_validity_check" CHECK ("valid_from" < "valid_until"),
  ADD CHECK (jsonb_typeof("attributes") = 'object'),
  ADD CHECK ("origin" IN ('created', 'imported', 'api'));
ALTER TABLE "batch" ADD CHECK ("batch_id" ~ '^[a-z]{8}$'), ADD CHECK ("referral_count" >= 0);
ALTER TABLE "operation" ADD CHECK ("kind" IN ('create', 'import', 'edit', 'delete', 'undo')),
  ADD CHECK ("effect" IN ('create', 'edit', 'delete')),
  ADD CHECK ("state" IN ('planned', 'applied')),
  ADD CHECK (("state" = 'applied') = ("applied" IS NOT NULL)),
  ADD CHECK (("kind" = 'undo') = ("undoes_id" IS NOT NULL));

-- An advocate's codes. An Integration ID may be longer than an index entry, so its hash is indexed.
CREATE INDEX "referral_advocate_idx" ON "referral" ("application_id", hashtextextended("advocate_integration_id", 0), "created" DESC, "id" DESC);
-- How common a searched text is decides between walking the list and the trigram index: know it well.
ALTER TABLE "referral" ALTER COLUMN "code_search" SET STATISTICS 1000;
-- Operations that were applied, newest first; each is undone at most once.
CREATE INDEX "operation_applied_idx" ON "operation" ("application_id", "campaign_id", "id" DESC) WHERE "state" = 'applied';
CREATE UNIQUE INDEX "operation_undoes_idx" ON "operation" ("application_id", "undoes_id") WHERE "state" = 'applied';

-- The value of one field of a referral by the name that the operation log gives it; SQL NULL when unset.
CREATE FUNCTION "referral_value"(r "referral", field text) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT CASE field
    WHEN 'usageLimit' THEN to_jsonb(r."usage_limit")
    WHEN 'validFrom' THEN to_jsonb(r."valid_from")
    WHEN 'validUntil' THEN to_jsonb(r."valid_until")
    WHEN 'friendIntegrationId' THEN to_jsonb(r."friend_integration_id")
    ELSE r."attributes" -> substr(field, 12) -- after 'attributes.'
  END
$$;

-- Every field that an operation can set, by the same names: what a new code was made with.
CREATE FUNCTION "referral_fields"(r "referral") RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('usageLimit', r."usage_limit", 'validFrom', r."valid_from", 'validUntil', r."valid_until",
    'friendIntegrationId', r."friend_integration_id")
    || CASE WHEN r."attributes" = '{}' THEN '{}'::jsonb
       ELSE (SELECT jsonb_object_agg('attributes.' || key, value) FROM jsonb_each(r."attributes")) END
$$;

-- A referral's attributes after the fields of one recorded change; JSON null removes an attribute.
CREATE FUNCTION "attributes_after"(attributes jsonb, fields jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT (attributes - coalesce(array_agg(substr(key, 12)) FILTER (WHERE value = 'null'), '{}'::text[]))
    || coalesce(jsonb_object_agg(substr(key, 12), value) FILTER (WHERE value <> 'null'), '{}'::jsonb)
  FROM jsonb_each(fields) WHERE starts_with(key, 'attributes.')
$$;

-- Exact counts a campaign and a batch show without counting, kept by the statement that changes them.
CREATE FUNCTION "count_referrals"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  sign int := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END;
BEGIN
  UPDATE "campaign" c SET "referral_count" = c."referral_count" + sign * t.n
    FROM (SELECT "application_id", "campaign_id", count(*) AS n FROM touched GROUP BY 1, 2) t
    WHERE c."application_id" = t."application_id" AND c."id" = t."campaign_id";
  UPDATE "batch" b SET "referral_count" = b."referral_count" + sign * t.n
    FROM (SELECT "application_id", "batch_id", count(*) AS n FROM touched WHERE "batch_id" IS NOT NULL GROUP BY 1, 2) t
    WHERE b."application_id" = t."application_id" AND b."batch_id" = t."batch_id";
  RETURN NULL;
END
$$;
CREATE TRIGGER "referral_count_inserted" AFTER INSERT ON "referral" REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION "count_referrals"();
CREATE TRIGGER "referral_count_deleted" AFTER DELETE ON "referral" REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION "count_referrals"();
