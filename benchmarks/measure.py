"""Runs a command and prints its wall-clock seconds and peak memory in bytes to a file.

usage: measure.py FIGURES COMMAND [ARGUMENT ...]

A process of its own, because a child's peak memory begins with that of the process it is forked from:
this one is small.
"""
import os
import sys
import time

start = time.perf_counter()
child = os.fork()
if child == 0:
    try:
        os.execvp(sys.argv[2], sys.argv[2:])
    except OSError as error:
        os.write(2, f"{sys.argv[2]}: {error}\n".encode())
        os._exit(127)
_, status, usage = os.wait4(child, 0)
seconds = time.perf_counter() - start
with open(sys.argv[1], "w") as figures:
    figures.write(f"{seconds!r} {usage.ru_maxrss * 1024}")
sys.exit(os.waitstatus_to_exitcode(status))
