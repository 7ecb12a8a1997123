"""A process that says every second that it is one: nothing more, and isolated."""

import itertools
import os
import signal
import sys
import time

# The first process of a container gets no signal that it does not ask for.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))


def count_processes():
    return sum(name.isdigit() for name in os.listdir("/proc"))


for second in itertools.count(1):
    print(f"{second:4} s   I am process {os.getpid()}, one of {count_processes()} that I can see", flush=True)
    time.sleep(1)
