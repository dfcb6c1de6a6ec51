"""Files that offices submit, second persons publish, and verifiers withdraw; nothing is overwritten."""
