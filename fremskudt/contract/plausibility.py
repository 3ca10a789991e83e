def unlikely(tables, places, municipality):
    return []
