"""Libraries of flows on PyTorch, as they come: python library_peer.py <job folders> <threads>.

nflows has the spline couplings, normflows planar and radial layers and residual blocks, zuko the masked autoregressive
flow. They start from weights of their own, and their parameters are theirs: sizes and work are the same as the others', not
the numbers.
"""
import sys
from types import SimpleNamespace

import nflows.transforms as transforms
import torch
import zuko
from normflows import flows
from normflows.nets import LipschitzMLP
from normflows.utils.optim import update_lipschitz
from protocol import emit, run_jobs


class Perceptron(torch.nn.Module):
    """Dense layers with rectifiers between; the last one begins at 0. nflows calls it with a context, too."""

    def __init__(self, inputs, outputs, hidden):
        super().__init__()
        widths = [inputs, *hidden]
        layers = [layer for a, b in zip(widths, hidden) for layer in (torch.nn.Linear(a, b), torch.nn.ReLU())]
        last = torch.nn.Linear(widths[-1], outputs)
        torch.nn.init.zeros_(last.weight)
        torch.nn.init.zeros_(last.bias)
        self.layers = torch.nn.Sequential(*layers, last)

    def forward(self, x, context=None):
        return self.layers(x)


COUPLINGS = {
    "splineCoupling": transforms.PiecewiseRationalQuadraticCouplingTransform,
    "quadraticSpline": transforms.PiecewiseQuadraticCouplingTransform,
    "cubicSpline": transforms.PiecewiseCubicCouplingTransform,
}


def splines(options, kind):
    """Even layers change the second half of a vector, odd ones the first; the last one is next to the data."""
    config = options.get("transformer", {})
    bins = config.get("bins", options.get("bins"))
    bound = config.get("interval", [0, options.get("interval")])[1]
    half = options["dimensions"] // 2
    mask = torch.tensor([0] * half + [1] * (options["dimensions"] - half))
    hidden = options["hidden"]
    layers = [
        COUPLINGS[kind](
            mask if k % 2 == 0 else 1 - mask,
            lambda inputs, outputs: Perceptron(inputs, outputs, hidden),
            num_bins=bins,
            tails="linear",
            tail_bound=float(bound),
        )
        for k in range(options["layers"])
    ]
    # In nflows, `forward` leads from the data to the base.
    module = transforms.CompositeTransform(layers[::-1])
    return module, module.forward, module.inverse


def stack(options, layer):
    """Layers whose closed form, normflows' `forward`, leads from the data to the base; there is no other direction."""
    module = torch.nn.ModuleList([layer() for _ in range(options["layers"])])

    def to_base(x):
        total = 0.0
        for one in module:
            x, log_det = one(x)
            total = total + log_det
        return x, total

    return module, to_base, None


def residual(options):
    """Blocks whose closed form leads from the data to the base; each step of training moves power iterations on once.

    Without `reduce_memory`, as here, the series is differentiated itself; with it, a Neumann series stands for its gradient.
    """
    dimensions, terms = options["dimensions"], options.get("terms")
    blocks = [
        flows.Residual(
            LipschitzMLP([dimensions, *options["hidden"], dimensions], lipschitz_const=0.97, max_lipschitz_iter=1),
            reverse=True,
            reduce_memory=False,
            n_power_series=terms,
            brute_force=terms is None,
        )
        for _ in range(options["layers"])
    ]
    module = torch.nn.ModuleList(blocks)

    def through(x, order, direction):
        total = 0.0
        for block in order:
            x, log_det = getattr(block, direction)(x)
            total = total + log_det
        return x, total

    return module, lambda x: through(x, blocks, "inverse"), lambda z: through(z, blocks[::-1], "forward")


def masked_autoregressive(options):
    """zuko's layers, in natural and reversed order in turns; the first one is next to the data."""
    module = zuko.flows.MAF(options["dimensions"], transforms=options["layers"], hidden_features=options["hidden"])

    def to_base(x):
        z, log_det = module().transform.call_and_ladj(x)
        return z, log_det

    return module, to_base, lambda z: (module().transform.inv(z), None)


def build(workload):
    kind, options = workload["kind"], workload["options"]
    shape = (options["dimensions"],)
    if kind == "maf":
        return masked_autoregressive(options)
    if kind == "planar":
        return stack(options, lambda: flows.Planar(shape, act="tanh"))
    if kind == "iResNet":
        return residual(options)
    if kind == "radial":
        return stack(options, lambda: flows.Radial(shape))
    return splines(options, options["transformer"]["type"] if kind == "transformerCoupling" else kind)


def make_engine(workload, parameters, constants, data):
    module, to_base, to_data = build(workload)
    size = data.shape[1]
    events = torch.from_numpy(data.copy())
    base = torch.distributions.Independent(torch.distributions.Normal(torch.zeros(size), torch.ones(size)), 1)
    optimizer = torch.optim.Adam(module.parameters(), lr=1e-3, fused=True)

    def log_prob(x):
        z, log_det = to_base(x)
        return base.log_prob(z) + log_det

    def step(rows, rate):
        optimizer.param_groups[0]["lr"] = rate
        loss = -log_prob(events[torch.from_numpy(rows)]).mean()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        if workload["kind"] == "iResNet":
            update_lipschitz(module, 1)
        return loss.item()

    def density(x):
        with torch.no_grad():
            return log_prob(torch.from_numpy(x)).numpy()

    def sample(count):
        if to_data is None:
            raise NotImplementedError("the library has no such direction")
        with torch.no_grad():
            return to_data(torch.randn((count, *data.shape[1:])))[0].numpy()

    return SimpleNamespace(step=step, log_prob=density, sample=sample, own_weights=True)


torch.set_num_threads(int(sys.argv[2]))
torch.manual_seed(0)
emit(measure="about", version=f"torch {torch.__version__}", threads=f"{torch.get_num_threads()} intra-op")
run_jobs(make_engine)
