-- What is asked for beside a password: a secret that somebody's app makes codes of, and the codes for whoever lost that app.
CREATE TABLE "second_factor" (
    "person_id" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "last_step" INTEGER NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "second_factor_pkey" PRIMARY KEY ("person_id"),
    CONSTRAINT "second_factor_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE CASCADE ON UPDATE RESTRICT
);

CREATE TABLE "recovery_code" (
    "hash" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,

    CONSTRAINT "recovery_code_pkey" PRIMARY KEY ("hash"),
    CONSTRAINT "recovery_code_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "second_factor" ("person_id") ON DELETE CASCADE ON UPDATE RESTRICT
);
CREATE INDEX "recovery_code_person_id_idx" ON "recovery_code" ("person_id");
