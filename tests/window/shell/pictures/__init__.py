"""Pictures that leave the lab."""
