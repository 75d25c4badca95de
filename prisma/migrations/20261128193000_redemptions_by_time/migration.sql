-- Redemptions of a range of time, for the chart and the rows behind it. The ledger grows at its end, so a summary of its pages finds
-- a range, and costs the write of a redemption next to nothing.
CREATE INDEX "redemption_created_idx" ON "redemption" USING brin ("created") WITH (pages_per_range = 32, autosummarize = on);
