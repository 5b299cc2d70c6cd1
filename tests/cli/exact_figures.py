"""The formulas of docs/methods.md in plain Python, sum by sum: an oracle that shares nothing with the library."""
import math
from statistics import NormalDist


def z_of(level):
    return NormalDist().inv_cdf(0.5 + level / 2)


def root_of(rises, low, high):
    """Where a rising function passes 0."""
    for _ in range(200):
        middle = (low + high) / 2
        if rises(middle) < 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def binomial_tail(first, last, n, q):
    """P(first <= X <= last), added up."""
    if q <= 0 or q >= 1:
        return float(first <= (0 if q <= 0 else n) <= last)
    log_p, log_not = math.log(q), math.log1p(-q)
    whole = math.lgamma(n + 1)
    return math.fsum(
        math.exp(whole - math.lgamma(x + 1) - math.lgamma(n - x + 1) + x * log_p + (n - x) * log_not) for x in range(first, last + 1)
    )


def rate_ratio(before, after, people_before, people_after, level=0.95):
    """Ratio, exact conditional limits (Clopper and Pearson) and twice the smaller tail."""
    n, tail = before + after, (1 - level) / 2
    as_ratio = lambda q: math.inf if q >= 1 else q / (1 - q) * people_before / people_after  # noqa: E731
    low = 0.0 if after == 0 else root_of(lambda q: binomial_tail(after, n, n, q) - tail, 0.0, 1.0)
    high = 1.0 if before == 0 else root_of(lambda q: tail - binomial_tail(0, after, n, q), 0.0, 1.0)
    even = people_after / (people_before + people_after)
    p = min(1.0, 2 * min(binomial_tail(0, after, n, even), binomial_tail(after, n, n, even)))
    ratio = math.inf if before == 0 else after / people_after / (before / people_before)
    return ratio, as_ratio(low), as_ratio(high), p


def poisson_limits(events, level):
    """Exact under 10 events, Byar's from 10."""
    if events < 10:
        tail = (1 - level) / 2
        at_most = lambda k, mean: math.fsum(math.exp(-mean + x * math.log(mean) - math.lgamma(x + 1)) for x in range(k + 1))  # noqa: E731
        low = 0.0 if events == 0 else root_of(lambda mean: 1 - at_most(events - 1, mean) - tail, 1e-12, 100)
        return low, root_of(lambda mean: tail - at_most(events, mean), 1e-12, 100)
    z, more = z_of(level), events + 1
    return (events * (1 - 1 / (9 * events) - z / (3 * math.sqrt(events))) ** 3,
            more * (1 - 1 / (9 * more) + z / (3 * math.sqrt(more))) ** 3)


def funnel_class(events, expected):
    for level, mark in ((0.998, "998"), (0.95, "95")):
        low, high = poisson_limits(events, level)
        if low > expected:
            return f"high_{mark}"
        if high < expected:
            return f"low_{mark}"
    return "similar"


def overdispersion(events, people):
    """phi of winsorised square-root scores, and the variance between units (Spiegelhalter 2005)."""
    rate = sum(events) / sum(people)
    scores = sorted((math.sqrt(o / (n * rate)) - 1) * 2 * math.sqrt(n * rate) for o, n in zip(events, people))
    units = len(scores)

    def quantile(share):
        place = share * (units - 1)
        below = int(place)
        return scores[below] + (place - below) * (scores[min(below + 1, units - 1)] - scores[below])

    low, high = quantile(0.1), quantile(0.9)
    phi = math.fsum(min(max(z, low), high) ** 2 for z in scores) / units
    weights = [4 * n * rate for n in people]
    total = sum(weights)
    return phi, max(0.0, (units * phi - (units - 1)) / (total - sum(w * w for w in weights) / total))


def adjusted_class(events, expected, tau2):
    z = (math.sqrt(events / expected) - 1) / math.sqrt(1 / (4 * expected) + tau2)
    side = "high" if z > 0 else "low"
    return f"{side}_998" if abs(z) > z_of(0.998) else f"{side}_95" if abs(z) > z_of(0.95) else "similar"


def benjamini_hochberg(p):
    order = sorted(range(len(p)), key=lambda i: p[i], reverse=True)
    out, least = [0.0] * len(p), 1.0
    for place, i in enumerate(order):
        least = min(least, p[i] * len(p) / (len(p) - place))
        out[i] = least
    return out


def wilson(x, n, level=0.95):
    z = z_of(level)
    half = z * math.sqrt(z * z + 4 * x * (1 - x / n))
    return (2 * x + z * z - half) / (2 * (n + z * z)), (2 * x + z * z + half) / (2 * (n + z * z))


def spearman(a, b):
    def ranks(values):
        return [sum(one < value for one in values) + (sum(one == value for one in values) + 1) / 2 for value in values]

    x, y = ranks(a), ranks(b)
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    covered = sum((i - mean_x) * (j - mean_y) for i, j in zip(x, y))
    return covered / math.sqrt(sum((i - mean_x) ** 2 for i in x) * sum((j - mean_y) ** 2 for j in y))


def jaccard(a, b):
    return len(a & b) / len(a | b) if a | b else 1.0


def places_for(share, events):
    """Share of the densest places that hold a share of events, part of a place by its part of the events."""
    left, places = share * sum(events), 0.0
    for one in sorted(events, reverse=True):
        if left <= one:
            return (places + left / one) / len(events)
        left -= one
        places += 1
    return 1.0


def displacement(before, after, level=0.95):
    """Weighted displacement difference with its limits: (areas, ring, rest) of two years."""
    (a0, r0, k0), (a1, r1, k1) = before, after
    scale = (a0 + r0) / k0
    value = (a1 - a0) + (r1 - r0) - scale * (k1 - k0)
    half = z_of(level) * math.sqrt(a0 + a1 + r0 + r1 + scale * scale * (k0 + k1))
    return value, value - half, value + half


class Stream:
    """Philox4x32-10 under a seed: numbers of one draw of one unit (Salmon, Moraes, Dror and Shaw 2011)."""

    def __init__(self, seed, stream, draw):
        self.key = (seed & 0xFFFFFFFF, seed >> 32)
        self.counter = [0, draw, stream & 0xFFFFFFFF, stream >> 32]
        self.block = []

    def bits32(self):
        if not self.block:
            a, b, c, d = self.counter
            key_0, key_1 = self.key
            for _ in range(10):
                first, second = 0xD2511F53 * a, 0xCD9E8D57 * c
                a, b, c, d = (second >> 32) ^ b ^ key_0, second & 0xFFFFFFFF, (first >> 32) ^ d ^ key_1, first & 0xFFFFFFFF
                key_0, key_1 = (key_0 + 0x9E3779B9) & 0xFFFFFFFF, (key_1 + 0xBB67AE85) & 0xFFFFFFFF
            self.block = [a, b, c, d]
            self.counter[0] += 1
        return self.block.pop(0)

    def uniform(self):
        high = self.bits32()
        return ((high << 32 | self.bits32()) >> 11) * 2.0**-53

    def poisson(self, mean):
        """Under 10 by multiplying uniform numbers (Knuth 1969), from 10 by PTRS (Hormann 1993)."""
        if mean <= 0:
            return 0
        if mean < 10:
            least, product, count = math.exp(-mean), self.uniform(), 0
            while product > least:
                product *= self.uniform()
                count += 1
            return count
        b = 0.931 + 2.53 * math.sqrt(mean)
        a = -0.059 + 0.02483 * b
        while True:
            u, v = self.uniform() - 0.5, 1 - self.uniform()
            us = 0.5 - abs(u)
            k = math.floor((2 * a / us + b) * u + mean + 0.43)
            if us >= 0.07 and v <= 0.9277 - 3.6224 / (b - 2):
                return k
            if k < 0 or (us < 0.013 and v > us):
                continue
            inverse = 1.1239 + 1.1328 / (b - 3.4)
            if math.log(v) + math.log(inverse) - math.log(a / us**2 + b) <= -mean + k * math.log(mean) - math.lgamma(k + 1):
                return k
