"""A built site that is kept in memory, so that the edit of a text shows at once."""
