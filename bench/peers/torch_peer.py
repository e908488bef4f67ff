"""PyTorch: python torch_peer.py <job folders> <eager | compile> <threads>."""
import sys
from types import SimpleNamespace

import numpy as np
import torch
import torch.nn.functional as F
from architectures import build, log_normal
from protocol import emit, run_jobs

xp = SimpleNamespace(
    tanh=torch.tanh,
    exp=torch.exp,
    log=torch.log,
    sqrt=torch.sqrt,
    relu=torch.relu,
    softplus=F.softplus,
    where=torch.where,
    zeros_like=torch.zeros_like,
    ones_like=torch.ones_like,
    eye=torch.eye,
    inverse=torch.linalg.inv,
    softmax=lambda x: torch.softmax(x, -1),
    cumsum=lambda x: torch.cumsum(x, -1),
    concat=lambda parts: torch.cat(parts, -1),
    sum=lambda x: torch.sum(x, -1),
    sum_event=lambda x: torch.sum(x.flatten(1), 1),
    maximum=torch.clamp_min,
    minimum=torch.minimum,
    sigmoid=torch.sigmoid,
    sign=torch.sign,
    logsumexp=lambda x: torch.logsumexp(x, -1),
    transpose=lambda x: x.T,
    permute=lambda x, axes: x.permute(axes),
    tril=lambda x: torch.tril(x, -1),
    triu=lambda x: torch.triu(x, 1),
    count=lambda flags: flags.sum(-1),
    pick=lambda tables, index, bins: [table.gather(-1, index[..., None])[..., 0] for table in tables],
    constant=torch.tensor,
    # Filters are kept as PyTorch wants them; images in NHWC are its "channels last" seen from the other side.
    conv=lambda x, w: F.conv2d(x.permute(0, 3, 1, 2), w, padding=w.shape[-1] // 2).permute(0, 2, 3, 1),
)


def parameter(array):
    if array.ndim == 4:
        array = np.ascontiguousarray(array.transpose(3, 2, 0, 1))
    tensor = torch.from_numpy(array.copy())
    if tensor.ndim == 4:
        tensor = tensor.contiguous(memory_format=torch.channels_last)
    return tensor.requires_grad_()


def make_engine(workload, parameters, constants, data):
    params = [parameter(array) for array in parameters]
    inverse, forward = build(xp, workload, [torch.from_numpy(c.copy()) for c in constants])
    events = torch.from_numpy(data.copy())
    optimizer = torch.optim.Adam(params, lr=1e-3, fused=True)

    def log_prob(x):
        z, log_det = inverse(params, x)
        return log_normal(xp, z) + log_det

    def loss_of(x):
        return -log_prob(x).mean()

    def push(z):
        return forward(params, z)[0]

    compiles = sys.argv[2] == "compile"
    if compiles:
        torch._dynamo.reset()
    loss_of, log_prob, push = (torch.compile(f, dynamic=False) if compiles else f for f in (loss_of, log_prob, push))

    def step(rows, rate):
        optimizer.param_groups[0]["lr"] = rate
        loss = loss_of(events[torch.from_numpy(rows)])
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        return loss.item()

    def density(x):
        with torch.no_grad():
            return log_prob(torch.from_numpy(x)).numpy()

    def sample(count):
        with torch.no_grad():
            return push(torch.randn((count, *data.shape[1:]))).numpy()

    return SimpleNamespace(step=step, log_prob=density, sample=sample)


torch.set_num_threads(int(sys.argv[3]))
torch.manual_seed(0)
emit(measure="about", version=torch.__version__, threads=f"{torch.get_num_threads()} intra-op")
run_jobs(make_engine)
