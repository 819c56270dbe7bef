"""For teachers: what the ledgers of a class tell, in the browser as on a command line."""
