"""When to ask, and how often: what a publisher may expect of us.

Pure decisions (hints, schedule, trust) and one gate a host (pace, robots). Fetches nothing by itself.
"""
