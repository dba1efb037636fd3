"""`manage.py up`: broker, web, workers and beat under one roof.

`programs` says what runs, `loop` keeps it running, `broker` and `address` find ports, `logs` sorts what is said.
"""
