"""Who stands: what makes eligible, whose consent is needed, and which nominations are one."""
