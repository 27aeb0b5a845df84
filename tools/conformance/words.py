"""Integer types such as u16 and s64: masks, two's complement readings and ranges."""

INT_TYPES = ['u16', 's16', 'u32', 's32', 'u64', 's64']


def mask(bits):
    """A word whose low bits are set."""
    return (1 << bits) - 1


def signed(value, bits):
    """The two's complement reading of the low bits of value."""
    value &= mask(bits)
    return value - (1 << bits) if value >> (bits - 1) else value


def read(value, kind):
    """The number that `value` holds as the integer type `kind`, such as s16."""
    bits = int(kind[1:])
    return signed(value, bits) if kind[0] == 's' else value & mask(bits)


def int_range(kind):
    """The least and the greatest number of the integer type `kind`."""
    bits = int(kind[1:])
    return (-(1 << (bits - 1)), mask(bits - 1)) if kind[0] == 's' else (0, mask(bits))


def clamp(value, kind):
    """value limited to the range of the integer type `kind`."""
    low, high = int_range(kind)
    return max(low, min(high, value))
