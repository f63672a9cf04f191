"""One measurement of the packages `tokenizers` or `tiktoken`, in a process of its own; prints it as JSON.

    python peer_tokenizer.py NAME TEXT_FILE MERGES_FILE

The names are those of measure.ts, and so is what each does, on the same text with the same merges. Training
uses all cores, as `tokenizers` does by itself; encoding one.
"""

import base64
import json
import resource
import sys
import time

COPIES = 20
WARM_RUNS = 15
GPT2_SPLIT = (
    r"'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s"
)


def timed(act):
    start = time.perf_counter()
    result = act()
    return result, time.perf_counter() - start


def measure_training(text, vocabulary_size):
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary_size,
        min_frequency=2,
        show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
    )
    _, seconds = timed(lambda: tokenizer.train_from_iterator(text, trainer=trainer))
    return {"seconds": seconds, "result": tokenizer.get_vocab_size()}


def measure_encoding(encode, text):
    first, cold_seconds = timed(lambda: encode(text))
    peak = peak_bytes()
    warm = [timed(lambda: encode(text))[1] for _ in range(WARM_RUNS)]
    return {"seconds": min(warm), "coldSeconds": cold_seconds, "result": len(first), "peakBytes": peak}


def peak_bytes():
    # Kilobytes on Linux, bytes on macOS.
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def tiktoken_encoding(merges):
    import tiktoken

    lines = merges["tiktoken"].splitlines()
    ranks = {base64.b64decode(token): int(rank) for token, rank in map(str.split, lines)}
    return tiktoken.Encoding(
        "bench", pat_str=GPT2_SPLIT, mergeable_ranks=ranks, special_tokens={}
    )


def tokenizers_encoder(merges):
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(json.dumps(merges["huggingFace"]))
    return lambda text: tokenizer.encode(text).ids


def main():
    name, text_file, merges_file = sys.argv[1:]
    with open(text_file, encoding="utf-8", newline="") as file:
        text = file.read()
    size = len(text.encode("utf-8"))
    if name == "train-1024":
        measured = measure_training([text], 1024)
    elif name == "train-4096":
        measured = measure_training([text] * COPIES, 4096)
        size *= COPIES
    else:
        with open(merges_file, encoding="utf-8") as file:
            merges = json.load(file)
    if name == "load":
        encoding, seconds = timed(lambda: tiktoken_encoding(merges))
        measured = {"seconds": seconds, "result": encoding.n_vocab}
        size = 0
    elif name.startswith("encode"):
        encode = (
            tiktoken_encoding(merges).encode_ordinary
            if name == "encode"
            else tokenizers_encoder(merges)
        )
        measured = measure_encoding(encode, text)
    measured.setdefault("peakBytes", peak_bytes())
    measured["bytes"] = size
    print(json.dumps(measured))


main()
