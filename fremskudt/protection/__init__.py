"""What may be shown of one municipality's tables when all of them are read together."""
