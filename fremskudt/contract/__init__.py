"""What a municipality delivers, checked row by row: scales, tables, problems, deliveries."""
