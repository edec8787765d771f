#!/usr/bin/env python3
"""Writes folds.json: folds by the definition, with the variance computed anew in exact fractions.

The program under test places groups by a shortcut in floating point; this follows the words: each
group, by spread and then in shuffled order, goes to the fold that leaves the summed variance of
the folds' shares lowest, then to the fold with fewer rows, then to the first.

usage: python3 make_folds.py        (standard library only)
"""
import json
import random
from fractions import Fraction
from pathlib import Path

MASK = (1 << 64) - 1
SEED = 20240914


class SplitMix64:
    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)


def fold_of_row(groups, labels, label_count, fold_count, seed):
    numbers = {group: number for number, group in enumerate(dict.fromkeys(groups))}
    counts = [[0] * (label_count + 1) for _ in numbers]
    for group, row in zip(groups, labels):
        for indicator in row + [label_count]:
            counts[numbers[group]][indicator] += 1
    totals = [sum(column) for column in zip(*counts)]
    occurring = [indicator for indicator, total in enumerate(totals) if total]

    generator = SplitMix64(seed)
    order = list(range(len(counts)))
    for position in range(len(order) - 1, 0, -1):
        other = (generator.next() * (position + 1)) >> 64
        order[position], order[other] = order[other], order[position]
    order.sort(key=lambda group: -sum(
        Fraction(counts[group][indicator], totals[indicator]) ** 2 for indicator in occurring))

    def summed_variance(placed):
        result = Fraction(0)
        for indicator in occurring:
            shares = [Fraction(fold[indicator], totals[indicator]) for fold in placed]
            mean = sum(shares) / fold_count
            result += sum((share - mean) ** 2 for share in shares) / fold_count
        return result

    placed = [[0] * (label_count + 1) for _ in range(fold_count)]
    fold_of_group = {}
    for group in order:
        def cost(fold):
            after = [
                [a + b for a, b in zip(row, counts[group])] if index == fold else row
                for index, row in enumerate(placed)]
            return summed_variance(after), placed[fold][label_count], fold

        best = min(range(fold_count), key=cost)
        fold_of_group[group] = best
        placed[best] = [a + b for a, b in zip(placed[best], counts[group])]
    return [fold_of_group[numbers[group]] for group in groups]


def case(row_count, group_count, rates, fold_count, seed):
    groups = [random.randrange(group_count) for _ in range(row_count)]
    labels = [
        [label for label, rate in enumerate(rates) if random.random() < rate] for _ in groups]
    return {
        "groups": groups, "labels": labels, "labelCount": len(rates), "count": fold_count,
        "seed": seed, "foldOfRow": fold_of_row(groups, labels, len(rates), fold_count, seed)}


random.seed(SEED)
cases = [
    case(row_count, group_count, rates, fold_count, seed)
    for seed, (row_count, group_count, rates, fold_count) in enumerate([
        (30, 12, [0.5, 0.2], 2), (60, 40, [0.4, 0.3, 0.05], 3), (60, 15, [], 5),
        (80, 60, [0.7, 0.0, 0.1, 0.3], 5), (50, 200, [0.5], 10), (70, 25, [0.3] * 6, 4)])]
path = Path(__file__).with_name("folds.json")
path.write_text(
    json.dumps({"generator": f"make_folds.py, seed {SEED}", "cases": cases}, separators=(",", ":"))
    + "\n", encoding="utf-8")
print(f"{path.name}: {path.stat().st_size} bytes")
