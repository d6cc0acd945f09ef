"""The drawing tools behind draw.py: masks, flat fills, sprayed shading, light and grain, with Pillow alone.

Everything is measured in the picture's own 1200 x 800 units and drawn 1.5 times as large. Chance comes from
a seeded generator, so that the same script draws the same pictures.
"""

from __future__ import annotations

import io
import math
import random
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDTH, HEIGHT, SCALE = 1200, 800, 1.5
SIZE = (int(WIDTH * SCALE), int(HEIGHT * SCALE))
LIMIT = 45 * 1000

Colour = tuple[int, int, int]
Point = tuple[float, float]


def hexed(value: str) -> Colour:
    return int(value[0:2], 16), int(value[2:4], 16), int(value[4:6], 16)


PAPER, CREAM, SAND, PEACH = map(hexed, ("EFE1CB", "FAF2E3", "DCC4A0", "EFC096"))
GLOW, EMBER, RUST, BROWN, UMBER = map(hexed, ("F4AE5E", "D4602B", "A9431F", "70402A", "3F2A26"))
NIGHT, INK, INK2, SLATE, MIST, HAZE = map(hexed, ("0F1828", "1B2A41", "2F4563", "54708A", "93A7B4", "CBD3CF"))
PALE, SAGE, SAGE2, SAGE3, PINE = map(hexed, ("BECAB0", "8FA386", "667E66", "445C4D", "26382F"))


def mix(a: Colour, b: Colour, t: float) -> Colour:
    return tuple(round(x + (y - x) * t) for x, y in zip(a, b, strict=True))  # type: ignore[return-value]


# -- chance ------------------------------------------------------------------------------------------------


@cache
def noise(grain: float, seed: int) -> Image.Image:
    """Uniform noise whose specks are about `grain` units wide."""
    w, h = max(2, round(WIDTH / grain)), max(2, round(HEIGHT / grain))
    small = Image.frombytes("L", (w, h), random.Random(seed).randbytes(w * h))
    return small.resize(SIZE, Image.Resampling.BICUBIC)


# -- masks -------------------------------------------------------------------------------------------------


def up(points: Sequence[Point]) -> list[Point]:
    return [(x * SCALE, y * SCALE) for x, y in points]


def blank(value: int = 0) -> Image.Image:
    return Image.new("L", SIZE, value)


def poly(*points: Point) -> Image.Image:
    m = blank()
    ImageDraw.Draw(m).polygon(up(points), fill=255)
    return m


def rect(x0: float, y0: float, x1: float, y1: float, r: float = 0) -> Image.Image:
    m = blank()
    ImageDraw.Draw(m).rounded_rectangle([v * SCALE for v in (x0, y0, x1, y1)], r * SCALE, fill=255)
    return m


def ell(cx: float, cy: float, rx: float, ry: float, turn: float = 0) -> Image.Image:
    a = math.radians(turn)
    pts = []
    for i in range(96):
        t = i / 96 * math.tau
        x, y = rx * math.cos(t), ry * math.sin(t)
        pts.append((cx + x * math.cos(a) - y * math.sin(a), cy + x * math.sin(a) + y * math.cos(a)))
    return poly(*pts)


def curve(points: Sequence[Point], closed: bool = False, steps: int = 14) -> list[Point]:
    """A Catmull-Rom curve through the points."""
    n = len(points)
    out: list[Point] = []
    for i in range(n if closed else n - 1):
        if closed:
            p = [points[(i + k - 1) % n] for k in range(4)]
        else:
            p = [points[min(max(i + k - 1, 0), n - 1)] for k in range(4)]
        for s in range(steps):
            t = s / steps
            out.append(
                tuple(  # type: ignore[arg-type]
                    0.5
                    * (
                        2 * p[1][d]
                        + (p[2][d] - p[0][d]) * t
                        + (2 * p[0][d] - 5 * p[1][d] + 4 * p[2][d] - p[3][d]) * t * t
                        + (3 * p[1][d] - p[0][d] - 3 * p[2][d] + p[3][d]) * t**3
                    )
                    for d in (0, 1)
                )
            )
    if not closed:
        out.append(points[-1])
    return out


def blob(*points: Point) -> Image.Image:
    return poly(*curve(points, closed=True))


def stroke(points: Sequence[Point], width: float, end: float | None = None, smooth: bool = True) -> Image.Image:
    """A brush line, `width` wide at its start and `end` at its end."""
    pts = curve(points) if smooth else list(points)
    end = width if end is None else end
    m = blank()
    d = ImageDraw.Draw(m)
    n = len(pts) - 1
    for i in range(n):
        w0 = (width + (end - width) * i / n) * SCALE / 2
        w1 = (width + (end - width) * (i + 1) / n) * SCALE / 2
        (x0, y0), (x1, y1) = up(pts[i : i + 2])
        length = math.hypot(x1 - x0, y1 - y0) or 1
        nx, ny = (y1 - y0) / length, -(x1 - x0) / length
        d.polygon(
            [
                (x0 + nx * w0, y0 + ny * w0),
                (x1 + nx * w1, y1 + ny * w1),
                (x1 - nx * w1, y1 - ny * w1),
                (x0 - nx * w0, y0 - ny * w0),
            ],
            fill=255,
        )
        if w0 > 0.8:
            d.ellipse([x0 - w0, y0 - w0, x0 + w0, y0 + w0], fill=255)
    return m


def both(a: Image.Image, b: Image.Image) -> Image.Image:
    return ImageChops.multiply(a, b)


def join(*masks: Image.Image) -> Image.Image:
    out = masks[0]
    for m in masks[1:]:
        out = ImageChops.lighter(out, m)
    return out


def less(a: Image.Image, b: Image.Image) -> Image.Image:
    return ImageChops.subtract(a, b)


def soft(mask: Image.Image, radius: float) -> Image.Image:
    return mask.filter(ImageFilter.GaussianBlur(radius * SCALE))


def faded(mask: Image.Image, amount: float) -> Image.Image:
    return mask.point([round(v * amount) for v in range(256)])


def hand(mask: Image.Image, wobble: float = 0.3, seed: int = 5) -> Image.Image:
    """The same shape as if cut with scissors: its edge is a little uneven."""
    if not wobble:
        return mask
    rough = noise(8, seed).point([round(v * wobble) for v in range(256)])
    wavy = ImageChops.add(soft(mask, 1.5), rough, 1, -round(127 * wobble))
    return wavy.point([min(255, max(0, (v - 128) * 5 + 128)) for v in range(256)])


@cache
def ramp_strip() -> Image.Image:
    strip = Image.new("L", (4, 4096), 0)
    strip.paste(255, (0, 2176, 4, 4096))
    strip.paste(Image.linear_gradient("L").resize((4, 256)), (0, 1920))
    return strip


def ramp(start: Point, stop: Point) -> Image.Image:
    """Black at `start`, white at `stop`, straight between."""
    (x0, y0), (x1, y1) = up([start, stop])
    dx, dy = x1 - x0, y1 - y0
    k = 256 / (dx * dx + dy * dy)
    data = (0, 0, 2, dx * k, dy * k, 1920 - (x0 * dx + y0 * dy) * k)
    return ramp_strip().transform(SIZE, Image.Transform.AFFINE, data, Image.Resampling.BILINEAR)


def halo(cx: float, cy: float, rx: float, ry: float | None = None, power: float = 1.6) -> Image.Image:
    """White in the middle, gone at the rim."""
    ry = rx if ry is None else ry
    disc = ImageChops.invert(Image.radial_gradient("L"))
    disc = disc.point([round(255 * max(0.0, (v - 76) / 179) ** power) for v in range(256)])  # 76: the middle of a side
    m = blank()
    m.paste(disc.resize((round(2 * rx * SCALE), round(2 * ry * SCALE)), Image.Resampling.BICUBIC),
            (round((cx - rx) * SCALE), round((cy - ry) * SCALE)))
    return m


# -- the sheet ---------------------------------------------------------------------------------------------


class Sheet:
    def __init__(self, top: Colour, bottom: Colour, seed: int = 1, start: Point = (600, 0), stop: Point = (600, 800)):
        self.image = Image.new("RGB", SIZE, top)
        self.chance = random.Random(seed)
        self.seed = seed
        self.fill(blank(255), top, bottom, start, stop, wobble=0)

    def lay(self, mask: Image.Image, colour: Colour, alpha: float = 1.0) -> None:
        """Paint through a mask."""
        self.image.paste(colour, (0, 0), faded(mask, alpha) if alpha < 1 else mask)

    def box(self, mask: Image.Image) -> tuple[float, float, float, float]:
        b = mask.getbbox() or (0, 0, 1, 1)
        return tuple(v / SCALE for v in b)  # type: ignore[return-value]

    def fill(self, mask: Image.Image, colour: Colour, to: Colour | None = None, start: Point | None = None,
             stop: Point | None = None, wobble: float = 0.3, mottle: float = 0.1) -> Image.Image:
        """A flat or graded shape with a slightly clouded, painted surface. Returns the mask as cut."""
        m = hand(mask, wobble)
        box = m.getbbox()
        if not box:
            return m
        paint = Image.new("RGB", SIZE, colour)
        if to is not None:
            x0, y0, x1, y1 = self.box(m)
            paint.paste(to, (0, 0), ramp(start or ((x0 + x1) / 2, y0), stop or ((x0 + x1) / 2, y1)))
        if mottle:
            dark = mix(colour, NIGHT, 0.5)
            cloud = noise(60, 11).point([round(max(0, v - 110) * mottle * 1.7) for v in range(256)])
            paint.paste(dark, (0, 0), cloud)
        self.image.paste(paint, (0, 0), m)
        return m

    def spray(self, mask: Image.Image, colour: Colour, start: Point, stop: Point, amount: float = 0.7,
              reach: float = 1.0) -> None:
        """Sprayed shading inside a mask: nothing at `start`, dense at `stop`."""
        self.dust(mask, colour, ramp(start, stop), amount, reach)

    def dust(self, mask: Image.Image, colour: Colour, strength: Image.Image, amount: float = 0.7,
             reach: float = 1.0) -> None:
        specks = noise(1.7, 23)
        s = ImageChops.add(strength.point([round(v * reach) for v in range(256)]), specks, 1, -128)
        s = s.point([min(255, max(0, (v - 118) * 4 + 118)) for v in range(256)])
        smooth = strength.point([round(v * reach * 0.55) for v in range(256)])
        s = Image.blend(s, smooth, 0.55)
        self.lay(both(s, mask), colour, amount)

    def solid(self, mask: Image.Image, base: Colour, dark: Colour | None = None, light: Colour | None = None,
              way: Point = (1, 0.5), depth: float = 0.75, shine: float = 0.5, wobble: float = 0.3) -> Image.Image:
        """A body: base colour, sprayed darker away from the light and lighter towards it."""
        m = self.fill(mask, base, wobble=wobble)
        x0, y0, x1, y1 = self.box(m)
        cx, cy, rx, ry = (x0 + x1) / 2, (y0 + y1) / 2, (x1 - x0) / 2, (y1 - y0) / 2
        end = (cx + way[0] * rx * 1.1, cy + way[1] * ry * 1.1)
        back = (cx - way[0] * rx * 1.1, cy - way[1] * ry * 1.1)
        mid = (cx - way[0] * rx * 0.2, cy - way[1] * ry * 0.2)
        self.spray(m, dark or mix(base, NIGHT, 0.55), mid, end, depth)
        self.spray(m, light or mix(base, CREAM, 0.55), mid, back, shine)
        return m

    def shadow(self, mask: Image.Image, dx: float, dy: float, blur: float, colour: Colour = NIGHT,
               alpha: float = 0.4) -> None:
        m = ImageChops.offset(mask, round(dx * SCALE), round(dy * SCALE))
        self.lay(soft(m, blur) if blur else m, colour, alpha)

    def multiply(self, mask: Image.Image, colour: Colour, alpha: float = 1.0) -> None:
        darker = ImageChops.multiply(self.image, Image.new("RGB", SIZE, colour))
        self.image.paste(darker, (0, 0), faded(mask, alpha))

    def screen(self, mask: Image.Image, colour: Colour, alpha: float = 1.0) -> None:
        lighter = ImageChops.screen(self.image, Image.new("RGB", SIZE, colour))
        self.image.paste(lighter, (0, 0), faded(mask, alpha))

    def stars(self, area: Image.Image, count: int, low: float, colour: Colour = CREAM) -> None:
        m = blank()
        d = ImageDraw.Draw(m)
        for _ in range(count):
            x, y = self.chance.uniform(0, WIDTH) * SCALE, self.chance.uniform(0, low) * SCALE
            r = self.chance.choice((1.0, 1.2, 1.3, 2.0)) * SCALE
            d.ellipse([x - r, y - r, x + r, y + r], fill=self.chance.randint(90, 230))
        self.lay(both(m, area), colour)

    def finish(self) -> Image.Image:
        """Grain and a breath of darkness at the corners, at the size it is printed."""
        self.multiply(ImageChops.invert(halo(600, 400, 1150, 900, 0.5)), hexed("B9AFA6"), 0.55)
        out = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        grain = Image.frombytes("L", (WIDTH, HEIGHT), random.Random(self.seed + 900).randbytes(WIDTH * HEIGHT))
        grain = grain.filter(ImageFilter.GaussianBlur(0.8)).point([128 + round((v - 128) * 0.14) for v in range(256)])
        return ImageChops.add(out, Image.merge("RGB", (grain,) * 3), 1, -128)


def save(picture: Image.Image, path: Path) -> int:
    """WebP without metadata, as good as fits in the limit."""
    data = b""
    for quality in (84, 80, 76, 72, 68, 64, 60, 56, 52, 48, 44, 40, 36, 32, 28, 24, 20):
        held = io.BytesIO()
        picture.save(held, "WEBP", quality=quality, method=6, exif=b"", xmp=b"", icc_profile=b"")
        data = held.getvalue()
        if len(data) <= LIMIT:
            break
    path.write_bytes(data)
    return quality
