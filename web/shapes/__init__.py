"""What /api/v1 takes and answers with, as types: one file a part of it."""
