"""English as it is used in Vietnam: day first."""
