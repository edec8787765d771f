"""The comparisons: each prepares its material, lets the contenders race, and returns a table."""
import csv
import hashlib
import json
import subprocess
from pathlib import Path

import data
from harness import Contender, in_turn, race

STANCE = Path(".build/release/stance").resolve()
PYTHON = Path("benchmarks/.peers/bin/python").absolute()
PEERS = Path("benchmarks/peers").resolve()


class Table:
    """Figures of one comparison, and what they were held against."""

    def __init__(self, title, note, contenders, quality=""):
        self.title, self.note, self.contenders, self.quality = title, note, contenders, quality
        self.bars = []

    def hold(self, what, found, bar, at_least=True):
        """Notes a figure beside the bar it should reach."""
        met = found >= bar if at_least else found <= bar
        self.bars.append(
            {"what": what, "found": found, "bar": bar, "at_least": at_least, "met": bool(met)})
        return self


class Material:
    """What several comparisons share: the large corpus, its files in the peers' formats, models."""

    def __init__(self, rows, repeats, folder):
        self.corpus, self.train, self.test = data.prepare(rows)
        self.rows = data.count_rows(self.train)
        self.repeats, self.folder = repeats, folder
        # Of commands that take a second or two: what other guests of the machine's host do makes one
        # run in three half as slow again, and a median of three with it.
        self.many_repeats = 5 * repeats
        self._settings = {}

    def path(self, name):
        return self.folder / name

    def training(self, longest, train=None, model=None, threads=None):
        """The command that trains words 1 to `longest` without choosing anything."""
        rows = self.rows if train is None else data.count_rows(train)
        command = [
            STANCE, "train", train or self.train, "--task", "era:single", "--folds", "0", "--recipe",
            "words", "--words", f"1-{longest}", "--penalty", f"{1 / rows:.17g}", "--quiet",
            "--output", model or self.path(f"words-{longest}.safetensors")]
        return command + (["--threads", threads] if threads else [])

    def model(self, longest):
        """A model of this tool, trained when it is asked for first."""
        path = self.path(f"words-{longest}.safetensors")
        if not path.exists():
            run(self.training(longest))
        return path

    def scikit_learn(self, longest):
        """The objective that this tool's model reaches, and scikit-learn's fastest way there."""
        if longest not in self._settings:
            reached = answer(
                [PYTHON, PEERS / "model_objective.py", self.train, longest, self.model(longest)])
            best = answer([
                PYTHON, PEERS / "scikit_learn_settings.py", self.train, longest,
                reached["objective"]])
            self._settings[longest] = (reached, best)
        return self._settings[longest]

    def scikit_learn_training(self, longest):
        _, best = self.scikit_learn(longest)
        return [
            PYTHON, PEERS / "scikit_learn_train.py", self.train, longest, best["solver"],
            best["tolerance"], self.path(f"words-{longest}.joblib")]

    def peer_format(self, part, write):
        """A file of the corpus in a peer's format."""
        source = self.train if part == "train" else self.test
        path = self.path(f"{part}.{write.__name__}")
        if not path.exists():
            with open(path, "w", encoding="utf-8") as target:
                target.writelines(write(text, era) for text, era in zip(*data.read(source)))
        return path

    def all_sentences(self):
        """Training and test sentences in one file, and the bytes of their texts."""
        path = self.path("all.csv")
        texts = data.read(self.train)[0] + data.read(self.test)[0]
        with open(path, "w", newline="", encoding="utf-8") as target:
            writer = csv.writer(target)
            writer.writerow(["text"])
            writer.writerows([text] for text in texts)
        self.path("all.txt").write_text(
            "".join(one_line(text) + "\n" for text in texts), encoding="utf-8")
        return path, self.path("all.txt"), sum(len(text.encode()) for text in texts)

    def accuracy(self, judged):
        """Of a list of classes for the test file."""
        gold = data.read(self.test)[1]
        if len(gold) != len(judged):
            raise ValueError(f"{len(judged)} answers for {len(gold)} sentences")
        return sum(a == b for a, b in zip(gold, judged)) / len(gold)

    def own_accuracy(self, longest):
        scores = answer([
            STANCE, "evaluate", self.test, "--model", self.model(longest), "--format", "json"])
        return scores["era"]["accuracy"]


def run(command):
    """Runs a command that is not timed; returns its output."""
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]}: status {done.returncode}\n{done.stderr[-2000:]}")
    return done.stdout


def answer(command):
    """The JSON that a command prints."""
    return json.loads(run(command))


def one_line(text):
    return " ".join(text.split())


def fasttext(text, era):
    return f"__label__{era} {one_line(text).lower()}\n"


def vowpal(text, era):
    words = one_line(text).lower().translate({ord("|"): " ", ord(":"): " "})
    return f"{data.CLASSES.index(era) + 1} | {words}\n"


# MARK: The comparisons


def training(material, longest):
    """A file of sentences to a model, nothing chosen, against scikit-learn."""
    reached, best = material.scikit_learn(longest)
    ours = Contender("StanceKit", material.training(longest))
    theirs = Contender("scikit-learn", material.scikit_learn_training(longest))
    race([ours, theirs], material.repeats)
    ours.quality["objective"] = round(reached["objective"], 7)
    theirs.quality["objective"] = f"within 1e-4 of it, {best['solver']}, tol {best['tolerance']:g}"
    table = Table(
        f"Training, words 1-{longest}", f"{material.rows:,} sentences, {reached['features']:,} "
        "features, softmax over four classes, λ = 1/n; the file read, the model written",
        [ours, theirs], "objective")
    table.hold("times faster than scikit-learn", theirs.median / ours.median, 15)
    return table.hold(
        "of scikit-learn's peak memory", ours.peak_memory / theirs.peak_memory, 1, at_least=False)


def solver(material):
    """The solver alone on one label, against liblinear's on the same matrix."""
    matrix = material.path("matrix.libsvm")
    command = [
        STANCE, "benchmark", material.train, "--task", "era:single", "--words", "1-1", "--solver",
        "--format", "json", "--repeats"]
    run([*command, 1, "--write-matrix", matrix])
    contenders = [
        Contender(f"StanceKit, {threads} thread" + "s" * (threads > 1),
                  [*command, 3, "--threads", threads])
        for threads in (1, 2)]
    for name, options in [("liblinear -s 0", []), ("liblinear -s 0 -B 1", ["-B", 1])]:
        contenders.append(Contender(name, [PYTHON, PEERS / "liblinear.py", matrix, *options]))
    for contender in in_turn(contenders, material.many_repeats):
        found = answer(contender.command)
        if contender in contenders[:2]:
            found = found["solver"]
        contender.seconds.append(found["seconds"])
        contender.quality["objective"] = round(found["objective"], 3)
    one, two, *peers = contenders
    fastest = min(peer.median for peer in peers)
    table = Table(
        "Solver alone", "one label against the others, the matrix of words in memory, C = 1; "
        "StanceKit's intercept is free, liblinear's is none, or penalized with -B 1; each time of "
        f"StanceKit is the median of three fits in one process; {material.many_repeats} runs",
        contenders, "objective")
    table.hold("times faster than liblinear, one thread", fastest / one.median, 4)
    table.hold("times faster than liblinear, two threads", fastest / two.median, 7)
    lowest = min(peer.quality["objective"] for peer in peers)
    return table.hold("objective over liblinear's lowest", one.quality["objective"] / lowest, 1,
                      at_least=False)


def other_learners(material):
    """Whole training runs of fastText and Vowpal Wabbit, with the accuracy each reaches."""
    fast_train = material.peer_format("train", fasttext)
    fast_test = material.peer_format("test", fasttext)
    vowpal_train = material.peer_format("train", vowpal)
    vowpal_test = material.peer_format("test", vowpal)
    ours = Contender("StanceKit", material.training(2))
    fast = Contender("fastText", [
        "fasttext", "supervised", "-input", fast_train, "-output", material.path("fasttext"),
        "-wordNgrams", 2, "-thread", 2, "-verbose", 0])
    rabbits = [
        Contender(f"Vowpal Wabbit, {passes} pass" + "es" * (passes > 1), [
            PYTHON, PEERS / "vowpal_wabbit.py", "train", vowpal_train, passes,
            material.path(f"{passes}.vw-model")])
        for passes in (1, 3, 6)]
    race([ours, fast, *rabbits], material.repeats)
    ours.quality["accuracy"] = round(material.own_accuracy(2), 4)
    labels = run(["fasttext", "predict", material.path("fasttext.bin"), fast_test]).split()
    fast.quality["accuracy"] = round(
        material.accuracy([label.removeprefix("__label__") for label in labels]), 4)
    for passes, rabbit in zip((1, 3, 6), rabbits):
        answers = material.path("vw-answers")
        run([PYTHON, PEERS / "vowpal_wabbit.py", "judge", vowpal_test,
             material.path(f"{passes}.vw-model"), answers])
        numbers = [int(float(line.split()[0])) for line in open(answers)]
        rabbit.quality["accuracy"] = round(
            material.accuracy([data.CLASSES[number - 1] for number in numbers]), 4)
    table = Table(
        "Other learners", f"{material.rows:,} sentences, words 1-2; accuracy on "
        f"{data.count_rows(material.test):,} sentences of other speeches",
        [ours, fast, *rabbits], "accuracy")
    table.hold("times faster than fastText", fast.median / ours.median, 1)
    table.hold("accuracy above fastText's",
               ours.quality["accuracy"] - fast.quality["accuracy"], 0)
    best = max(rabbit.quality["accuracy"] for rabbit in rabbits)
    return table.hold(
        "accuracy above Vowpal Wabbit's best", ours.quality["accuracy"] - best, 0)


def scoring(material):
    """A file of sentences to probabilities."""
    csv_file, text_file, size = material.all_sentences()
    if not material.path("words-2.joblib").exists():
        run(material.scikit_learn_training(2))
    if not material.path("fasttext.bin").exists():
        run(["fasttext", "supervised", "-input", material.peer_format("train", fasttext), "-output",
             material.path("fasttext"), "-wordNgrams", 2, "-thread", 2, "-verbose", 0])
    judge = [STANCE, "classify", "--input", csv_file, "--model", material.model(2), "--format",
             "jsonl"]
    ours = Contender("StanceKit", judge, output=material.path("judged.jsonl"))
    theirs = Contender("scikit-learn", [
        PYTHON, PEERS / "scikit_learn_score.py", material.path("words-2.joblib"), csv_file],
        output=material.path("judged-peer.jsonl"))
    fast = Contender("fastText", [
        "fasttext", "predict-prob", material.path("fasttext.bin"), text_file, 4],
        output=material.path("judged-peer.txt"))
    race([ours, theirs, fast], material.repeats)
    for contender in (ours, theirs, fast):
        contender.quality["MB of text a second"] = round(size / 1e6 / contender.median, 1)
    table = Table(
        "Judging", f"{size / 1e6:.0f} MB of sentences, words 1-2: the file read, all probabilities "
        "written", [ours, theirs, fast], "MB of text a second")
    table.hold("MB of text a second", size / 1e6 / ours.median, 60)
    table.hold("times faster than scikit-learn", theirs.median / ours.median, 20)
    return table.hold("times faster than fastText", fast.median / ours.median, 5)


def one_statement(material):
    """One statement with a model at hand, as whole processes."""
    statement = "The only way forward is the full implementation of resolution 2254."
    peer_model = material.path("seeds.joblib")
    run([PYTHON, PEERS / "scikit_learn_one.py", "train", "seeds/statements.csv", peer_model])
    ours = Contender("StanceKit", [
        STANCE, "classify", statement, "--model", "Models/syria-stances.safetensors"])
    theirs = Contender("scikit-learn", [
        PYTHON, PEERS / "scikit_learn_one.py", "judge", peer_model, statement])
    race([ours, theirs], material.many_repeats)
    table = Table(
        "One statement", "a process started, the model loaded, one statement judged: the shipped "
        f"model, and a pipeline of the same n-grams for scikit-learn; {material.many_repeats} runs",
        [ours, theirs])
    table.hold("milliseconds", 1000 * ours.median, 20, at_least=False)
    return table.hold("MB of peak memory", ours.peak_memory / 1e6, 60, at_least=False)


def growth(material):
    """A quarter of the data against all of it; and judging twice as much."""
    _, quarter, _ = data.prepare(material.rows // 4)
    small = Contender("training, a quarter of the sentences", material.training(
        2, train=quarter, model=material.path("quarter.safetensors")))
    large = Contender("training, all sentences", material.training(2))
    csv_file, _, _ = material.all_sentences()
    twice = material.path("twice.csv")
    lines = open(csv_file, encoding="utf-8").read().split("\n", 1)
    twice.write_text(lines[0] + "\n" + lines[1] + lines[1], encoding="utf-8")
    judging = [
        Contender(f"judging, {name}", [
            STANCE, "classify", "--input", path, "--model", material.model(2), "--format", "jsonl"])
        for name, path in [("all sentences", csv_file), ("all of them twice", twice)]]
    race([small, large, *judging], material.many_repeats)
    table = Table(
        "Growth", "words 1-2; four times the sentences, twice the judging; "
        f"{material.many_repeats} runs", [small, large, *judging])
    table.hold("times as long for four times the data", large.median / small.median, 4.4, False)
    table.hold("times the memory for four times the data", large.peak_memory / small.peak_memory,
               4.2, False)
    return table.hold("times the memory for judging twice as much",
                      judging[1].peak_memory / judging[0].peak_memory, 1.05, False)


def threads(material):
    """One thread against two, and whether they write the same bytes."""
    csv_file, _, _ = material.all_sentences()
    contenders, hashes = [], {}
    for count in (1, 2):
        model = material.path(f"threads-{count}.safetensors")
        contenders.append(Contender(
            f"training, {count} thread" + "s" * (count > 1),
            material.training(2, model=model, threads=count)))
        contenders.append(Contender(
            f"judging, {count} thread" + "s" * (count > 1),
            [STANCE, "classify", "--input", csv_file, "--model", material.model(2), "--format",
             "jsonl", "--threads", count], output=material.path(f"threads-{count}.jsonl")))
    race(contenders, material.many_repeats)
    for kind, suffix in [("models", "safetensors"), ("answers", "jsonl")]:
        hashes[kind] = {
            hashlib.sha256(material.path(f"threads-{count}.{suffix}").read_bytes()).hexdigest()
            for count in (1, 2)}
    table = Table("Threads", f"words 1-2; {material.many_repeats} runs", contenders)
    table.hold("times faster training on two threads",
               contenders[0].median / contenders[2].median, 1.7)
    table.hold("times faster judging on two threads",
               contenders[1].median / contenders[3].median, 1.7)
    for kind, found in hashes.items():
        table.hold(f"different {kind}", len(found), 1, at_least=False)
    return table


def kernels(material):
    """The inner passes in process, beside the memory's speed."""
    command = [STANCE, "benchmark", material.train, "--task", "era:single", "--words", "1-1",
               "--kernels", "--format", "json", "--repeats", 2 * material.repeats + 1,
               "--threads", 1]
    found = answer(command)
    contenders = []
    for kernel in found["kernels"]:
        contender = Contender(kernel["kernel"], command)
        contender.seconds.append(kernel["seconds"])
        amount = next(key for key in kernel if key.endswith("sPerSecond") and key[0] != "t")
        unit = amount.removesuffix("sPerSecond")
        contender.quality["throughput"] = (
            f"{kernel[amount] / 1e6:,.0f} " + ("MB" if unit == "byte" else f"million {unit}s")
            + f"/s, {kernel['trafficPerSecond'] / found['memoryBandwidth']:.0%} of memory's speed")
        contenders.append(contender)
    table = Table(
        "Kernels, one thread in process",
        f"copying memory: {found['memoryBandwidth'] / 1e9:.1f} GB/s", contenders, "throughput")
    counting = next(k for k in found["kernels"] if k["kernel"] == "tokenize and count words")
    return table.hold("MB/s tokenized and counted", counting["bytesPerSecond"] / 1e6, 400)


def seeds(material):
    """The small case: the seeds with everything chosen, and the quality on the same folds."""
    folds = material.path("folds.jsonl")
    ours = Contender("StanceKit", [
        STANCE, "cross-validate", "seeds/statements.csv", "--codebook", "seeds/codebook.yaml",
        "--predictions", folds])
    ours.run()
    theirs = Contender("scikit-learn", [
        PYTHON, PEERS / "scikit_learn_seeds.py", "seeds/statements.csv", folds])
    scores = answer(theirs.command)
    theirs.run()
    for contender, key in [(ours, "StanceKit"), (theirs, "scikit-learn")]:
        contender.quality["macro F1"] = ", ".join(
            f"{name} {value:.3f}" for name, value in scores[key].items())
    table = Table(
        "Seeds", "out-of-fold macro F1 of four stances on the same ten folds. StanceKit chooses "
        "recipe, penalty, class weight, thresholds and calibration for two tasks; scikit-learn fits one "
        "fixed setting for one task (words 1-2 + characters 3-5, balanced, C = 5)", [ours, theirs],
        "macro F1")
    return table.hold("macro F1 above scikit-learn's",
                      scores["StanceKit"]["all"] - scores["scikit-learn"]["all"], 0)


ALL = {
    "training-1": lambda material: training(material, 1),
    "training-2": lambda material: training(material, 2),
    "solver": solver,
    "learners": other_learners,
    "judging": scoring,
    "one": one_statement,
    "growth": growth,
    "threads": threads,
    "kernels": kernels,
    "seeds": seeds,
}
