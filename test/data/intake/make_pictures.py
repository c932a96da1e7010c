#!/usr/bin/env python3
"""Writes the pictures beside it (python3-pil): small, real files of every format and kind.

They are committed, so that a newer Pillow changes no test; run this only to add one.
"""
import io
import pathlib
import struct
import zlib

from PIL import Image

here = pathlib.Path(__file__).parent


def gradient(width, height):
    image = Image.new("RGB", (width, height))
    image.putdata([(x * 7 % 256, y * 11 % 256, x * y % 256) for y in range(height)
                   for x in range(width)])
    return image


def encoded(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def exif_with(thumbnail):
    """A TIFF header, an empty first directory and a second one that points at the thumbnail."""
    first_at, second_at, picture_at = 8, 14, 14 + 2 + 2 * 12 + 4
    first = struct.pack("<HI", 0, second_at)
    second = struct.pack("<H", 2)
    second += struct.pack("<HHII", 0x0201, 4, 1, picture_at)
    second += struct.pack("<HHII", 0x0202, 4, 1, len(thumbnail)) + struct.pack("<I", 0)
    return b"Exif\0\0II*\0" + struct.pack("<I", first_at) + first + second + thumbnail


def interlaced_png(width, height):
    """Adam7, grey: Pillow reads it but does not write it."""
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(
            ">I", zlib.crc32(kind + body))
    rows = b""
    for x0, y0, dx, dy in ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4),
                           (1, 0, 2, 2), (0, 1, 1, 2)):
        for y in range(y0, height, dy):
            rows += b"\0" + bytes((x * y) % 256 for x in range(x0, width, dx))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 1)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) +
            chunk(b"IEND", b""))


baseline = encoded(gradient(24, 16), "JPEG", quality=60)
frames = [gradient(20, 12 + n).resize((20, 12)).convert("P") for n in range(3)]
pictures = {
    "baseline.jpg": baseline,
    "progressive.jpg": encoded(gradient(33, 17), "JPEG", progressive=True, quality=80),
    "thumbnail.jpg": encoded(gradient(40, 30), "JPEG", quality=60,
                             exif=exif_with(encoded(gradient(8, 6), "JPEG", quality=30))),
    "trailing.jpg": baseline + b"SEFT trailer of a phone \xff\xd8\xff\xe0 and more" + bytes(40),
    "plain.png": encoded(gradient(19, 23), "PNG"),
    "interlaced.png": interlaced_png(21, 13),
    "still.gif": encoded(gradient(18, 14).convert("P"), "GIF"),
    "animated.gif": encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], loop=0),
    "colour.bmp": encoded(gradient(11, 7), "BMP"),
    "palette.bmp": encoded(gradient(13, 5).convert("P"), "BMP"),
}
for name, content in pictures.items():
    Image.open(io.BytesIO(content)).load()
    (here / name).write_bytes(content)
