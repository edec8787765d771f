"""Runs commands as whole processes, and keeps what they took."""
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

MEASURE = str(Path(__file__).parent / "measure.py")


class Contender:
    """A command to time against others.

    command: the argument list; output: a file for its standard output, None to discard it;
    environment: variables on top of this process's.
    """

    def __init__(self, name, command, output=None, environment=None):
        self.name = name
        self.command = [str(part) for part in command]
        self.output = output
        self.environment = environment or {}
        self.seconds = []
        self.peak_memory = 0
        self.quality = {}

    @property
    def median(self):
        return statistics.median(self.seconds)

    def run(self):
        """Runs the command once; raises with its errors when it fails."""
        output = open(self.output, "wb") if self.output else subprocess.DEVNULL
        with tempfile.NamedTemporaryFile("r") as figures:
            done = subprocess.run(
                [sys.executable, "-S", "-E", MEASURE, figures.name, *self.command], stdout=output,
                stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
                env=os.environ | self.environment)
            if self.output:
                output.close()
            if done.returncode != 0:
                errors = done.stderr.decode()[-2000:]
                raise RuntimeError(f"{self.name}: status {done.returncode}\n{errors}")
            seconds, memory = figures.read().split()
        self.seconds.append(float(seconds))
        self.peak_memory = max(self.peak_memory, int(memory))
        return self.seconds[-1]

    def record(self):
        """What the results file keeps."""
        return {
            "name": self.name,
            "command": " ".join(self.command),
            "seconds": [round(value, 4) for value in self.seconds],
            "median": round(self.median, 4),
            "peak_memory": self.peak_memory,
            **self.quality,
        }


def race(contenders, repeats):
    """Runs all contenders in turn, `repeats` times, in alternating order."""
    for contender in in_turn(contenders, repeats):
        contender.run()
    return contenders


def in_turn(contenders, repeats):
    """All contenders, `repeats` times, in alternating order: a slow minute is one for all of them."""
    for repeat in range(repeats):
        yield from contenders if repeat % 2 == 0 else reversed(contenders)
