"""Who may sign what, and when: the law's checks, appointments and numbers."""
