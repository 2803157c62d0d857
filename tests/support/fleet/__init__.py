"""A fleet of real worker processes for the tests to start, stop and kill.

Every worker is the program's own (`wirewatch work STAGE`), but for enrich, which only signs: two cores would do
nothing else than read. WIREWATCH_TEST_ENRICH=real puts the program's own in its place.
"""
