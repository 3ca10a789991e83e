"""Before a site is published: what can a reader with time find out about single citizens?"""
