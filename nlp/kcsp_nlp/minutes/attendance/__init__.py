"""Attendance: who the minutes say was present, attended, sent apologies or was absent."""
