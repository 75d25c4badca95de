-- What an advocate is sent with a code, with places for the code, its link, the advocate and its end; empty where there is none.
ALTER TABLE "campaign" ADD COLUMN "share_text" TEXT NOT NULL DEFAULT '';
