"""What a desk asks of its archive: functions over the reading port, with records as answers (schemas/answers.py).

The command line is one face of them. Knows neither a terminal nor a web page.
"""
