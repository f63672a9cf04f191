"""Loads each model in a folder with transformers and compares it with expected.json beside it.

    python check.py FOLDER

The last line says how many passed and failed.
"""

import json
import sys
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer
from transformers.utils import logging

logging.disable_progress_bar()
logging.set_verbosity_error()

# Relative distance of all logits: float32 rounds in the seventh digit, float16 and bfloat16 keep 11 and 8 bits of
# every parameter, and Q8_0 has 127 steps a block.
TOLERANCE = {torch.float32: 1e-4, torch.float16: 2e-3, torch.bfloat16: 2e-2}
GGUF_TOLERANCE = {"F32": 1e-4, "F16": 2e-3, "Q8_0": 2e-2}


class LeftOut(Exception):
    pass


def load(folder):
    """The model, its tokenizer, and how far it may be from what was expected."""
    if not (folder / "model.gguf").exists():
        model = AutoModelForCausalLM.from_pretrained(folder)
        return model, AutoTokenizer.from_pretrained(folder), TOLERANCE[model.dtype]
    try:
        import accelerate  # noqa: F401 - transformers wants it for GGUF
        from gguf import GGUFReader
    except ImportError as error:
        raise LeftOut(f"pip install gguf accelerate ({error})")
    stored = {tensor.tensor_type.name for tensor in GGUFReader(folder / "model.gguf").tensors}
    format = next(name for name in ("Q8_0", "F16", "F32") if name in stored)
    source = dict(pretrained_model_name_or_path=folder, gguf_file="model.gguf")
    model = AutoModelForCausalLM.from_pretrained(**source, dtype=torch.float32)
    return model, AutoTokenizer.from_pretrained(**source), GGUF_TOLERANCE[format]


def check(folder):
    expected = json.loads((folder / "expected.json").read_text())
    model, tokenizer, tolerance = load(folder)
    ids = tokenizer.encode(expected["prompt"], add_special_tokens=False)
    assert ids == expected["ids"], f"ids {ids}, not {expected['ids']}"
    assert tokenizer.decode(ids) == expected["prompt"], tokenizer.decode(ids)
    wanted = torch.tensor(expected["logits"])
    if model.dtype != torch.float32:
        model = model.float()
    with torch.no_grad():
        logits = model(torch.tensor([ids])).logits[0]
    distance = ((logits - wanted).norm() / wanted.norm()).item()
    assert distance <= tolerance, f"logits are {distance:.1e} away"
    if expected["chat"] is not None and tokenizer.chat_template:
        message = [{"role": "user", "content": "12?"}]
        chat = tokenizer.apply_chat_template(message, add_generation_prompt=True)["input_ids"]
        assert chat == expected["chat"], f"the conversation is {chat}, not {expected['chat']}"
    return distance


passed = failed = 0
for folder in sorted(Path(sys.argv[1]).iterdir()):
    try:
        print(f"{folder.name}: ok, logits {check(folder):.1e} away", flush=True)
        passed += 1
    except LeftOut as error:
        print(f"{folder.name}: left out: {error}")
    except Exception as error:  # a test that fails in its own way is still one test
        print(f"{folder.name}: FAILED: {type(error).__name__}: {error}")
        failed += 1
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed else 0)
