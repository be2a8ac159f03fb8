"""The verdict on signed files, offline, whatever the file is."""
