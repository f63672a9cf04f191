# PyTorch's scaled_dot_product_attention on the projections' layout, (B, T, H * D), forward and backward.
# Called by attention.ts with a number of threads and shapes "B,T,H,D"; prints a JSON list of milliseconds.
import json
import sys
import time

import torch
import torch.nn.functional as F

threads, *shapes = sys.argv[1:]
torch.set_num_threads(int(threads))
results = []
for shape in shapes:
    batch, context, heads, width = map(int, shape.split(","))
    inputs = [torch.randn(batch, context, heads * width, requires_grad=True) for _ in range(3)]
    gradient = torch.randn(batch, context, heads * width)
    times = ([], [])
    end = time.perf_counter() + 0.8
    while time.perf_counter() < end or len(times[0]) < 5:
        start = time.perf_counter()
        query, key, value = (x.view(batch, context, heads, width).transpose(1, 2) for x in inputs)
        y = F.scaled_dot_product_attention(query, key, value, is_causal=True)
        y = y.transpose(1, 2).reshape(batch, context, heads * width)
        middle = time.perf_counter()
        y.backward(gradient)
        times[0].append(middle - start)
        times[1].append(time.perf_counter() - middle)
        for x in inputs:
            x.grad = None
    results.append([1000 * sorted(all)[len(all) // 2] for all in times])
print(json.dumps(results))
