"""Pages that look at the whole house: front, desk, programme home, search, account, demo."""
