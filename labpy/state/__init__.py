"""What the student did and where they stand: the session, the ledger, the link."""
