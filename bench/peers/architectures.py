"""The benchmarked flows, written once for PyTorch and JAX: `xp` has the few operations that differ.

The formulas, sizes and the order of the parameters are those of flowlab, so that both sides can start from the same
numbers. Each flow is a pair of functions of the parameters: inverse(params, x) -> (z, logdet) and forward(params, z)
-> (x, logdet).
"""
import math

LOG_SCALE_BOUND = 3.0
SMALLEST = 1e-3
SLOPE_OFFSET = math.log(math.expm1(1 - SMALLEST))


def affine(xp, value, raw, invert):
    shift, unbounded = raw[..., 0], raw[..., 1]
    log_scale = LOG_SCALE_BOUND * xp.tanh(unbounded / LOG_SCALE_BOUND)
    if invert:
        return (value - shift) * xp.exp(-log_scale), -log_scale
    return value * xp.exp(log_scale) + shift, log_scale


def spline(bins, interval):
    """Rational-quadratic spline on [-interval, interval], the identity outside (Durkan et al. 2019)."""

    def transform(xp, value, raw, invert):
        def sizes(part):
            return (1 - bins * SMALLEST) * xp.softmax(part) + SMALLEST

        widths, heights = sizes(raw[..., :bins]), sizes(raw[..., bins : 2 * bins])
        inner = xp.softplus(raw[..., 2 * bins :] + SLOPE_OFFSET) + SMALLEST
        one = xp.ones_like(inner[..., :1])
        slopes = xp.concat([one, inner, one])
        zero = xp.zeros_like(one)
        lefts = xp.concat([zero, xp.cumsum(widths)[..., :-1]])
        bottoms = xp.concat([zero, xp.cumsum(heights)[..., :-1]])
        inside = (value >= -interval) & (value <= interval)
        h = (xp.where(inside, value, xp.zeros_like(value)) + interval) / (2 * interval)
        index = xp.count(h[..., None] >= (bottoms if invert else lefts)[..., 1:])
        left, bottom, width, height, first, second = xp.pick(
            [lefts, bottoms, widths, heights, slopes[..., :-1], slopes[..., 1:]], index, bins
        )
        steep = height / width
        excess = first + second - 2 * steep
        if invert:
            share = (h - bottom) / height
            a = steep - first + share * excess
            b = first - share * excess
            c = steep * share
            position = 2 * c / (b + xp.sqrt(xp.maximum(b * b + 4 * a * c, 1e-20)))
        else:
            position = (h - left) / width
        around = position * (1 - position)
        below = steep + excess * around
        rest = 1 - position
        above = second * position**2 + 2 * steep * around + first * rest**2
        log_slope = xp.log(above) + 2 * xp.log(steep / below)
        if invert:
            unit, log_det = left + width * position, -log_slope
        else:
            unit, log_det = bottom + height * (steep * position**2 + first * around) / below, log_slope
        moved = unit * 2 * interval - interval
        return xp.where(inside, moved, value), xp.where(inside, log_det, xp.zeros_like(log_det))

    return transform


def in_bins(xp, bins, interval, raw_count, knots, into, back):
    """A spline on [-interval, interval], the identity outside. `knots` gives widths, heights and slopes at all edges."""

    def transform(xp, value, raw, invert):
        widths, heights, slopes = knots(raw)
        zero = xp.zeros_like(widths[..., :1])
        lefts = xp.concat([zero, xp.cumsum(widths)[..., :-1]])
        bottoms = xp.concat([zero, xp.cumsum(heights)[..., :-1]])
        inside = (value >= -interval) & (value <= interval)
        h = xp.where(inside, value, xp.zeros_like(value)) + interval
        index = xp.count(h[..., None] >= (bottoms if invert else lefts)[..., 1:])
        left, bottom, *bin = xp.pick(
            [lefts, bottoms, widths, heights, slopes[..., :-1], slopes[..., 1:]], index, bins
        )
        if invert:
            position, log_slope = back(h - bottom, *bin)
            moved, log_det = left + bin[0] * position, -log_slope
        else:
            rise, log_det = into((h - left) / bin[0], *bin)
            moved = bottom + rise
        return xp.where(inside, moved - interval, value), xp.where(inside, log_det, xp.zeros_like(log_det))

    return transform, raw_count


def bin_sizes(xp, part, bins, interval):
    return 2 * interval * ((1 - bins * SMALLEST) * xp.softmax(part) + SMALLEST)


def quadratic_spline(xp, bins, interval):
    """Piecewise-linear slopes, 1 at both ends (Mueller et al. 2019); roots as in nflows."""

    def knots(raw):
        widths = bin_sizes(xp, raw[..., :bins], bins, interval)
        tents = (widths[..., 1:] + widths[..., :-1]) / 2
        powers = xp.softmax(raw[..., bins:])
        area = 2 * interval - (widths[..., :1] + widths[..., -1:]) / 2
        inner = SMALLEST + (1 - SMALLEST) * powers * area / xp.sum(powers * tents)[..., None]
        one = xp.ones_like(inner[..., :1])
        slopes = xp.concat([one, inner, one])
        return widths, widths * (slopes[..., 1:] + slopes[..., :-1]) / 2, slopes

    def into(position, width, height, first, second):
        rise = width * position * (first + (second - first) * position / 2)
        return rise, xp.log(first + (second - first) * position)

    def back(rise, width, height, first, second):
        root = xp.sqrt(xp.maximum(first * first + 2 * (second - first) * rise / width, 1e-20))
        return 2 * rise / width / (first + root), xp.log(root)

    return in_bins(xp, bins, interval, 2 * bins - 1, knots, into, back)


def cubic_spline(xp, bins, interval):
    """Steffen's slopes (Durkan et al. 2019). Back by as many steps of Halley's method as flowlab takes."""

    def knots(raw):
        widths = bin_sizes(xp, raw[..., :bins], bins, interval)
        heights = bin_sizes(xp, raw[..., bins : 2 * bins], bins, interval)
        steep = heights / widths
        before, after = steep[..., :-1], steep[..., 1:]
        left, right = widths[..., :-1], widths[..., 1:]
        mean = (before * right + after * left) / (left + right)
        inner = xp.minimum(2 * xp.minimum(before, after), mean)
        shares = SMALLEST + (3 - SMALLEST) * xp.sigmoid(raw[..., 2 * bins :] + math.log((1 - SMALLEST) / 2))
        slopes = xp.concat([shares[..., :1] * steep[..., :1], inner, shares[..., 1:] * steep[..., -1:]])
        return widths, heights, slopes

    def powers(width, height, first, second):
        steep = height / width
        return first + second - 2 * steep, 3 * steep - 2 * first - second, first

    def into(position, width, height, first, second):
        a, b, c = powers(width, height, first, second)
        rise = width * (((a * position + b) * position + c) * position)
        return rise, xp.log((3 * a * position + 2 * b) * position + c)

    def back(rise, width, height, first, second):
        a, b, c = powers(width, height, first, second)
        steep, target = height / width, rise / width
        share = rise / height
        linear = first - share * (first + second - 2 * steep)
        root = xp.sqrt(xp.maximum(linear * linear + 4 * (steep - linear) * steep * share, 1e-20))
        position = 2 * steep * share / (linear + root)
        for _ in range(4):
            slope = (3 * a * position + 2 * b) * position + c
            step = (((a * position + b) * position + c) * position - target) / slope
            position = position - step / (1 - step * (3 * a * position + b) / slope)
        return position, xp.log((3 * a * position + 2 * b) * position + c)

    return in_bins(xp, bins, interval, 2 * bins + 2, knots, into, back)


def nonlinear_squared(xp):
    """a z + b + c/(1 + (d z + g)^2) (Ziegler and Rush 2019). Back by Cardano's formula and two Newton steps."""
    limit = 0.99 * 8 * math.sqrt(3) / 9

    def transform(xp, value, raw, invert):
        log_a, log_d = 3 * xp.tanh(raw[..., 0] / 3), 3 * xp.tanh(raw[..., 3] / 3)
        shift, k, g = raw[..., 1], limit * xp.tanh(raw[..., 2]), raw[..., 4]
        scale, width = xp.exp(log_a), xp.exp(log_d)
        if invert:
            line = (value - shift) / scale
            target = line * width + g
            p, q = 1 - target * target / 3, -2 * target**3 / 27 + target / 3 + k - target
            root = xp.sqrt(xp.maximum(q * q / 4 + p * p * p / 27, 1e-20))
            size = xp.maximum(xp.sqrt(q * q / 4) + root, 1e-20) ** (1 / 3)
            u = target / 3 - xp.sign(q) * (size - p / (3 * size))
            for _ in range(2):
                bell = 1 / (1 + u * u)
                u = u - (u - target + k * bell) / (1 - 2 * k * u * bell * bell)
            bell = 1 / (1 + u * u)
            return line - k / width * bell, -log_a - xp.log(1 - 2 * k * u * bell * bell)
        u = width * value + g
        bell = 1 / (1 + u * u)
        return scale * value + shift + k * scale / width * bell, log_a + xp.log(1 - 2 * k * u * bell * bell)

    return transform, 5


def mixture_logistic_cdf(xp, components):
    """The logit of a mixture's distribution function, scaled and shifted (Ho et al. 2019): towards the base only."""
    factors = [0.5 + k / (components - 1) for k in range(components)]

    def transform(xp, value, raw, invert):
        logits, means, scales = (raw[..., i * components : (i + 1) * components] for i in range(3))
        log_scales = 4 * xp.tanh(scales / 4)
        v = (value[..., None] - means * xp.constant(factors)) * xp.exp(-log_scales)
        log_weights = logits - xp.logsumexp(logits)[..., None]
        below, above = log_weights - xp.softplus(-v), log_weights - xp.softplus(v)
        log_cdf, log_survival = xp.logsumexp(below), xp.logsumexp(above)
        log_density = xp.logsumexp(below - xp.softplus(v) - log_scales)
        slope = 3 * xp.tanh(raw[..., -1] / 3)
        z = (log_cdf - log_survival) * xp.exp(slope) + raw[..., -2]
        return z, log_density - log_cdf - log_survival + slope

    return transform, 3 * components + 2


def transformer_of(xp, config):
    if config["type"] == "quadraticSpline":
        return quadratic_spline(xp, config["bins"], float(config["interval"][1]))
    if config["type"] == "cubicSpline":
        return cubic_spline(xp, config["bins"], float(config["interval"][1]))
    if config["type"] == "nonlinearSquared":
        return nonlinear_squared(xp)
    if config["type"] == "mixtureLogisticCdf":
        return mixture_logistic_cdf(xp, config["components"])
    raise ValueError(f"no transformer called {config['type']}")


def perceptron(xp, params, x, masks=None):
    """Dense layers with rectifiers between; `params` alternates weights [in, out] and biases."""
    for k in range(0, len(params), 2):
        weights = params[k] if masks is None else params[k] * masks[k // 2]
        x = x @ weights + params[k + 1]
        if k + 2 < len(params):
            x = xp.relu(x)
    return x


def coupling(xp, transform, per_number, tensors):
    """Even layers change the second half of a vector, odd ones the first."""

    def layer(params, x, k, invert):
        half = x.shape[-1] // 2
        first, second = x[..., :half], x[..., half:]
        kept, changed = (first, second) if k % 2 == 0 else (second, first)
        raw = perceptron(xp, params, kept)
        raw = raw.reshape(tuple(changed.shape) + (per_number,))
        changed, log_det = transform(xp, changed, raw, invert)
        joined = [kept, changed] if k % 2 == 0 else [changed, kept]
        return xp.concat(joined), xp.sum(log_det)

    return stack(xp, layer, tensors)


def stack(xp, layer, tensors):
    """So many layers of `tensors` parameters each; the last one is next to the data."""

    def run(params, x, invert):
        count = len(params) // tensors
        order = range(count - 1, -1, -1) if invert else range(count)
        total = 0.0
        for k in order:
            x, log_det = layer(params[k * tensors : (k + 1) * tensors], x, k, invert)
            total = total + log_det
        return x, total

    return (lambda params, x: run(params, x, True)), (lambda params, z: run(params, z, False))


def planar(xp):
    """Layers x -> x + u tanh(w.x + b) towards the base, with the u of Rezende and Mohamed 2015, appendix A.1."""

    def layer(params, x, k, invert):
        w, u, b = params
        dot = xp.sum(w * u)
        pull = u + (xp.softplus(dot) - 1 - dot) * w / xp.sum(w * w)
        bend = xp.tanh(xp.sum(x * w) + b)
        return x + pull * bend[..., None], xp.log(1 + xp.sum(w * pull) * (1 - bend * bend))

    inverse, _ = stack(xp, layer, 3)
    return inverse, None


def radial(xp):
    """Layers x -> x + beta h (x - centre) towards the base; back by the quadratic equation for the radius."""

    def layer(params, x, k, invert):
        centre, alpha, gamma = params[0], xp.softplus(params[1]), xp.softplus(params[2])
        beta = gamma - alpha
        away = x - centre
        radius = xp.sqrt(xp.sum(away * away))
        if not invert:
            half = (radius - gamma) / 2
            radius = half + xp.sqrt(half * half + alpha * radius)
        h = 1 / (alpha + radius)
        stretch = 1 + beta * h
        log_det = (x.shape[-1] - 1) * xp.log(stretch) + xp.log(stretch - beta * h * h * radius)
        if invert:
            return centre + away * stretch[..., None], log_det
        return centre + away / stretch[..., None], -log_det

    return stack(xp, layer, 3)


def made_masks(xp, dimensions, hidden, reverse):
    own = [dimensions - i if reverse else i + 1 for i in range(dimensions)]
    degrees = [own] + [[1 + k % (dimensions - 1) for k in range(width)] for width in hidden]
    degrees.append([degree for degree in own for _ in range(2)])
    masks = []
    for k in range(len(degrees) - 1):
        last = k == len(degrees) - 2
        masks.append([[float(a < b if last else a <= b) for b in degrees[k + 1]] for a in degrees[k]])
    return [xp.constant(mask) for mask in masks]


def masked_autoregressive(xp, dimensions, hidden):
    masks = [made_masks(xp, dimensions, hidden, reverse) for reverse in (False, True)]

    def layer(params, x, k, invert):
        def raw_of(known):
            return perceptron(xp, params, known, masks[k % 2]).reshape(tuple(known.shape) + (2,))

        if invert:
            value, log_det = affine(xp, x, raw_of(x), True)
            return value, xp.sum(log_det)
        columns = [xp.zeros_like(x[..., :1]) for _ in range(dimensions)]
        total = 0.0
        for i in range(dimensions) if k % 2 == 0 else range(dimensions - 1, -1, -1):
            raw = raw_of(xp.concat(columns))
            columns[i], log_det = affine(xp, x[..., i : i + 1], raw[..., i : i + 1, :], False)
            total = total + xp.sum(log_det)
        return xp.concat(columns), total

    return stack(xp, layer, 2 * (len(hidden) + 1))


def glow(xp, constants):
    """One level: squeeze, then steps of ActNorm, invertible 1x1 convolution (PLU) and affine coupling; NHWC."""

    def matrix(params, k):
        lower, upper, log_scale = params
        permutation, signs = constants[2 * k], constants[2 * k + 1]
        eye = xp.eye(log_scale.shape[0])
        unit = xp.tril(lower) + eye
        right = xp.triu(upper) + eye * (signs * xp.exp(log_scale))
        return permutation @ (unit @ right)

    def network(params, x):
        x = xp.relu(xp.conv(x, params[0]) + params[1])
        x = xp.relu(xp.conv(x, params[2]) + params[3])
        return (xp.conv(x, params[4]) + params[5]) * xp.exp(3 * params[6])

    def couple(params, x, invert):
        half = x.shape[-1] // 2
        kept, changed = x[..., :half], x[..., half:]
        raw = network(params, kept).reshape(tuple(changed.shape) + (2,))
        changed, log_det = affine(xp, changed, raw, invert)
        return xp.concat([kept, changed]), xp.sum_event(log_det)

    def layer(params, x, k, invert):
        net, plu, (log_scale, shift) = params[:7], params[7:10], params[10:]
        pixels = x.shape[1] * x.shape[2]
        constant = pixels * (xp.sum(plu[2]) - xp.sum(log_scale))
        if invert:
            x = (x - shift) * xp.exp(-log_scale)
            x = x @ xp.transpose(matrix(plu, k))
            x, log_det = couple(net, x, True)
            return x, log_det + constant
        x, log_det = couple(net, x, False)
        x = x @ xp.transpose(xp.inverse(matrix(plu, k)))
        return x * xp.exp(log_scale) + shift, log_det - constant

    inverse, forward = stack(xp, layer, 12)

    def squeeze(x):
        n, h, w, c = x.shape
        parts = x.reshape(n, h // 2, 2, w // 2, 2, c)
        return xp.permute(parts, (0, 1, 3, 2, 4, 5)).reshape(n, h // 2, w // 2, 4 * c)

    def unsqueeze(x):
        n, h, w, c = x.shape
        parts = x.reshape(n, h, w, 2, 2, c // 4)
        return xp.permute(parts, (0, 1, 3, 2, 4, 5)).reshape(n, 2 * h, 2 * w, c // 4)

    def to_base(params, x):
        z, log_det = inverse(params, squeeze(x))
        return unsqueeze(z), log_det

    def to_data(params, z):
        x, log_det = forward(params, squeeze(z))
        return unsqueeze(x), log_det

    return to_base, to_data


def build(xp, workload, constants):
    kind, options = workload["kind"], workload["options"]
    tensors = 2 * (len(options.get("hidden", [])) + 1)
    if kind == "realNVP":
        return coupling(xp, affine, 2, tensors)
    if kind == "maf":
        return masked_autoregressive(xp, options["dimensions"], options["hidden"])
    if kind == "splineCoupling":
        bins = options["bins"]
        return coupling(xp, spline(bins, float(options["interval"])), 3 * bins - 1, tensors)
    if kind == "transformerCoupling":
        return coupling(xp, *transformer_of(xp, options["transformer"]), tensors)
    if kind == "planar":
        return planar(xp)
    if kind == "radial":
        return radial(xp)
    if kind == "glow":
        return glow(xp, constants)
    raise ValueError(f"no architecture called {kind}")


def log_normal(xp, z):
    return xp.sum_event(-0.5 * (z * z + math.log(2 * math.pi)))
