"""JAX, compiled by XLA: python jax_peer.py <job folders>."""
import os
from functools import partial
from types import SimpleNamespace

os.environ.setdefault("JAX_PLATFORMS", "cpu")

import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402
import numpy as np  # noqa: E402
from architectures import build, log_normal  # noqa: E402
from protocol import emit, run_jobs  # noqa: E402


def pick(tables, index, bins):
    """A sum over a mask instead of a gather, which XLA fuses on the CPU too."""
    own = jax.nn.one_hot(index, bins)
    return [jnp.sum(own * table, -1) for table in tables]


def conv(x, w):
    return jax.lax.conv_general_dilated(x, w, (1, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"))


xp = SimpleNamespace(
    tanh=jnp.tanh,
    exp=jnp.exp,
    log=jnp.log,
    sqrt=jnp.sqrt,
    relu=jax.nn.relu,
    softplus=jax.nn.softplus,
    where=jnp.where,
    zeros_like=jnp.zeros_like,
    ones_like=jnp.ones_like,
    eye=jnp.eye,
    inverse=jnp.linalg.inv,
    softmax=jax.nn.softmax,
    cumsum=lambda x: jnp.cumsum(x, -1),
    concat=lambda parts: jnp.concatenate(parts, -1),
    sum=lambda x: jnp.sum(x, -1),
    sum_event=lambda x: jnp.sum(x.reshape(x.shape[0], -1), 1),
    maximum=jnp.maximum,
    minimum=jnp.minimum,
    sigmoid=jax.nn.sigmoid,
    sign=jnp.sign,
    logsumexp=lambda x: jax.nn.logsumexp(x, -1),
    transpose=jnp.transpose,
    permute=jnp.transpose,
    tril=lambda x: jnp.tril(x, -1),
    triu=lambda x: jnp.triu(x, 1),
    count=lambda flags: jnp.sum(flags, -1),
    pick=pick,
    constant=jnp.array,
    conv=conv,
)


def make_engine(workload, parameters, constants, data):
    inverse, forward = build(xp, workload, [jnp.array(c) for c in constants])
    events = jnp.array(data)

    def log_prob(params, x):
        z, log_det = inverse(params, x)
        return log_normal(xp, z) + log_det

    @partial(jax.jit, donate_argnums=0)
    def update(state, rows, rate):
        params, mean, square, count = state
        loss, grads = jax.value_and_grad(lambda p: -jnp.mean(log_prob(p, events[rows])))(params)
        count = count + 1
        mean = [0.9 * m + 0.1 * g for m, g in zip(mean, grads)]
        square = [0.999 * s + 0.001 * g * g for s, g in zip(square, grads)]
        first, second = 1 - 0.9**count, 1 - 0.999**count
        params = [
            p - rate * (m / first) / (jnp.sqrt(s / second) + 1e-8) for p, m, s in zip(params, mean, square)
        ]
        return (params, mean, square, count), loss

    density = jax.jit(log_prob)

    @partial(jax.jit, static_argnums=2)
    def push(params, key, count):
        return forward(params, jax.random.normal(key, (count, *data.shape[1:])))[0]

    params = [jnp.array(p) for p in parameters]
    zeros = lambda: [jnp.zeros_like(p) for p in params]  # noqa: E731
    # The count is a float: as a whole number, powers of it would be recompiled or truncated.
    box = SimpleNamespace(state=(params, zeros(), zeros(), jnp.float32(0)), key=jax.random.key(0))

    def step(rows, rate):
        box.state, loss = update(box.state, rows, np.float32(rate))
        return float(loss)

    def sample(count):
        box.key, own = jax.random.split(box.key)
        return np.asarray(push(box.state[0], own, count))

    return SimpleNamespace(step=step, log_prob=lambda x: np.asarray(density(box.state[0], x)), sample=sample)


emit(measure="about", version=jax.__version__, threads=f"XLA's own pool, {os.cpu_count()} cores")
run_jobs(make_engine)
