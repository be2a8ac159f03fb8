"""
Where the hub is put together: environment, settings, addresses, data files, processes.

The only room that reads the environment; nothing below imports it.
"""
