"""Makes fixture.json with Hugging Face tokenizers: a small tokenizer built like SmolLM's, and ids of texts.

    python make_fixture.py        (needs tokenizers)

Digits stand alone, and the vocabulary has no bytes but those of the text it was trained on.
"""

import json
from pathlib import Path

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

TRAINING = ["Jumping foxes zap lazy dwarfs by kilo: 3456; x²½ Ⅷ? The boat of 1987 wasn't at the quay; it's 12 o'clock, said Åse — “déjà vu”.\n\n  No 7?\t!\r\n"] * 4

TEXTS = [
    "The boat of 1987 wasn't at the quay",
    "it's  12 o'clock 7",
    "a1b 2  3   4\n5\n\n 6\t7 \n No",
    "Åse — “déjà vu”.\r\n  12",
    "!?;, ;;  quay's 'll",
    "x²½ Ⅷ 7",
]

tokenizer = Tokenizer(models.BPE())
tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
    [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)]
)
tokenizer.decoder = decoders.ByteLevel()
trainer = trainers.BpeTrainer(vocab_size=130, special_tokens=["<|endoftext|>", "<|im_end|>"], show_progress=False)
tokenizer.train_from_iterator(TRAINING, trainer)

texts = [text for text in TEXTS if tokenizer.decode(tokenizer.encode(text).ids) == text]
fixture = {
    "tokenizer": json.loads(tokenizer.to_str()),
    "texts": [{"text": text, "ids": tokenizer.encode(text).ids} for text in texts],
}
Path(__file__).with_name("fixture.json").write_text(json.dumps(fixture, ensure_ascii=False, indent=1) + "\n")
print(len(texts), "of", len(TEXTS), "texts have all their bytes")
