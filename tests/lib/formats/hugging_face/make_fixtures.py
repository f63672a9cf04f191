"""Makes the tiny models and golden values in fixtures/, with Hugging Face transformers.

    python make_fixtures.py        (needs torch, transformers and safetensors)

Each folder holds a model with random parameters as transformers saves it, and expected.safetensors: input and target
ids, the loss, all logits and the gradient of every parameter, computed in float32. The models are as small as
their families allow; what is special to a family is on.
"""

import shutil
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers import (
    AutoModelForCausalLM,
    GPT2Config,
    GPT2LMHeadModel,
    LlamaConfig,
    LlamaForCausalLM,
    Qwen2Config,
    Qwen2ForCausalLM,
    Qwen3Config,
    Qwen3ForCausalLM,
    SmolLM3Config,
    SmolLM3ForCausalLM,
)

FOLDER = Path(__file__).parent / "fixtures"
VOCABULARY = 48
CONTEXT = 32
SPECIAL = dict(bos_token_id=0, eos_token_id=0, pad_token_id=None)

LLAMA = dict(
    vocab_size=VOCABULARY,
    max_position_embeddings=CONTEXT,
    hidden_size=24,
    intermediate_size=40,
    num_hidden_layers=2,
    num_attention_heads=4,
    num_key_value_heads=2,
    **SPECIAL,
)

LLAMA3_ROPE = dict(
    rope_type="llama3",
    rope_theta=500_000.0,
    factor=8.0,
    low_freq_factor=1.0,
    high_freq_factor=4.0,
    original_max_position_embeddings=16,
)

MODELS = {
    # Untied, and a feed-forward layer of another width than four times the model's.
    "gpt2-untied": lambda: GPT2LMHeadModel(
        GPT2Config(
            vocab_size=VOCABULARY,
            n_positions=CONTEXT,
            n_embd=24,
            n_layer=2,
            n_head=3,
            n_inner=40,
            attn_pdrop=0.0,
            embd_pdrop=0.0,
            resid_pdrop=0.0,
            tie_word_embeddings=False,
            **SPECIAL,
        )
    ),
    "llama3": lambda: LlamaForCausalLM(LlamaConfig(**LLAMA, rope_parameters=LLAMA3_ROPE)),
    "llama-biases": lambda: LlamaForCausalLM(
        LlamaConfig(
            **LLAMA,
            attention_bias=True,
            mlp_bias=True,
            tie_word_embeddings=True,
            rope_parameters=dict(rope_type="linear", rope_theta=10_000.0, factor=4.0),
        )
    ),
    # SmolLM and SmolLM2 are Llamas whose head is their embedding.
    "smollm2-bf16-sharded": lambda: LlamaForCausalLM(
        LlamaConfig(**{**LLAMA, "num_attention_heads": 6}, tie_word_embeddings=True)
    ),
    "smollm3": lambda: SmolLM3ForCausalLM(
        SmolLM3Config(**{**LLAMA, "hidden_size": 16, "num_hidden_layers": 4, "intermediate_size": 24})
    ),
    "qwen2-f16": lambda: Qwen2ForCausalLM(Qwen2Config(**LLAMA)),
    # Heads are wider than the model's width divided among them.
    "qwen3": lambda: Qwen3ForCausalLM(Qwen3Config(**LLAMA, head_dim=10, tie_word_embeddings=True)),
}


def randomise(model):
    """Every parameter at random: norms and biases too, which would otherwise be ones and zeros."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            values = torch.randn_like(parameter)
            parameter.copy_(1 + 0.2 * values if "norm" in name or "ln_" in name else 0.2 * values)


def make(name, model):
    randomise(model)
    dtype = torch.bfloat16 if "bf16" in name else torch.float16 if "f16" in name else torch.float32
    folder = FOLDER / name
    shutil.rmtree(folder, ignore_errors=True)
    model.to(dtype).save_pretrained(folder, max_shard_size="10KB" if "sharded" in name else "1GB")
    # Read back: converting the model itself would round its rotary frequencies too.
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    ids = torch.randint(VOCABULARY, (2, 21))
    inputs, targets = ids[:, :-1].contiguous(), ids[:, 1:].contiguous()
    logits = model(inputs).logits
    loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1), targets.flatten())
    loss.backward()
    expected = {
        "inputs": inputs.float(),
        "targets": targets.float(),
        "logits": logits.detach(),
        "loss": loss.detach().reshape(1),
    }
    for parameter_name, parameter in model.named_parameters():
        expected[f"gradient.{parameter_name}"] = parameter.grad.contiguous()
    save_file(expected, folder / "expected.safetensors")


if __name__ == "__main__":
    for index, (name, build) in enumerate(MODELS.items()):
        torch.manual_seed(index)
        make(name, build())
