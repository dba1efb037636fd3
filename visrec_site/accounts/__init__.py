"""People with accounts: signing up and in, settings, the owner's first visit, one's data as a file and as nothing."""
