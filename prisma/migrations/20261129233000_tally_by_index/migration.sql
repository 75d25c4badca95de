-- Each code that is made or goes is looked up in the ledger. A plan that was made while that was empty would read all of it for each.
ALTER FUNCTION "tally_batches"() SET enable_seqscan = off;
