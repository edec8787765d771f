"""Trains Vowpal Wabbit on a file in its format, or judges one.

usage: vowpal_wabbit.py train FILE.vw PASSES MODEL
       vowpal_wabbit.py judge FILE.vw MODEL ANSWERS
"""
import sys

import vowpalwabbit

if sys.argv[1] == "train":
    _, _, path, passes, model = sys.argv
    cache = "" if passes == "1" else f"--passes {passes} -c -k --holdout_off"
    options = f"--oaa 4 --ngram 2 --loss_function logistic -b 22 {cache} -d {path} -f {model}"
else:
    _, _, path, model, answers = sys.argv
    options = f"-t -i {model} -d {path} -p {answers}"
vowpalwabbit.Workspace(options + " --quiet").finish()
