//! Pictures such as a designer shows: a few shapes in a few colours. Without letters, so that they need none to be drawn with.

use std::fmt::Write as _;

/// How wide a picture is, in pixels.
const WIDE: u16 = 480;
/// How high a picture is, in pixels.
const HIGH: u16 = 360;

/// Red, green and blue.
pub(super) type Colour = [u8; 3];

/// A place in a picture, in pixels from its upper left corner.
pub(super) type Place = (i32, i32);

/// What a picture is made of.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    /// Around a middle, with a radius.
    Disc(Place, i32),
    /// From one corner to the other.
    Block(Place, Place),
    /// Between three corners.
    Triangle([Place; 3]),
}

impl Shape {
    /// Whether the middle of the pixel at this place lies within.
    const fn covers(self, (x, y): Place) -> bool {
        match self {
            Self::Disc((to_x, to_y), radius) => (x - to_x) * (x - to_x) + (y - to_y) * (y - to_y) <= radius * radius,
            Self::Block(from, to) => from.0 <= x && x < to.0 && from.1 <= y && y < to.1,
            Self::Triangle([a, b, c]) => {
                let sides = [side(a, b, (x, y)), side(b, c, (x, y)), side(c, a, (x, y))];
                (sides[0] >= 0 && sides[1] >= 0 && sides[2] >= 0) || (sides[0] <= 0 && sides[1] <= 0 && sides[2] <= 0)
            }
        }
    }
    /// The same as a path of a PDF, whose places count from the lower left corner.
    fn path(self) -> String {
        let up = |y: i32| i32::from(HIGH) - y;
        match self {
            Self::Disc((x, y), r) => {
                // Four arcs; a circle's handles are 0.55 of its radius long.
                let (y, k) = (up(y), r * 55 / 100);
                let arc = |[a, b, c, d, e, f]: [i32; 6]| format!("{} {} {} {} {} {} c ", x + a, y + b, x + c, y + d, x + e, y + f);
                let arcs = [[r, k, k, r, 0, r], [-k, r, -r, k, -r, 0], [-r, -k, -k, -r, 0, -r], [k, -r, r, -k, r, 0]];
                format!("{} {y} m {}f", x + r, arcs.map(arc).concat())
            }
            Self::Block(from, to) => format!("{} {} {} {} re f", from.0, up(to.1), to.0 - from.0, to.1 - from.1),
            Self::Triangle([a, b, c]) => format!("{} {} m {} {} l {} {} l f", a.0, up(a.1), b.0, up(b.1), c.0, up(c.1)),
        }
    }
}

/// On which side of the way from `a` to `b` a place lies.
const fn side(a: Place, b: Place, (x, y): Place) -> i32 {
    (b.0 - a.0) * (y - a.1) - (b.1 - a.1) * (x - a.0)
}

/// A picture: its ground, and shapes upon it, each above those before.
#[derive(Clone, Debug)]
pub(super) struct Drawing {
    pub(super) ground: Colour,
    pub(super) shapes: Vec<(Shape, Colour)>,
}

impl Drawing {
    fn at(&self, place: Place) -> Colour {
        self.shapes.iter().rev().find(|(shape, _)| shape.covers(place)).map_or(self.ground, |(_, colour)| *colour)
    }
    /// As a PNG.
    pub(super) fn png(&self) -> Result<Vec<u8>, png::EncodingError> {
        let rows = (0..i32::from(HIGH)).flat_map(|y| (0..i32::from(WIDE)).map(move |x| (x, y)));
        let pixels: Vec<u8> = rows.flat_map(|place| self.at(place)).collect();
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, u32::from(WIDE), u32::from(HIGH));
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&pixels)?;
        writer.finish()?;
        Ok(bytes)
    }
    /// As a document of one page.
    pub(super) fn pdf(&self) -> Vec<u8> {
        let whole = Shape::Block((0, 0), (i32::from(WIDE), i32::from(HIGH)));
        let mut page = String::new();
        for (shape, colour) in std::iter::once((whole, self.ground)).chain(self.shapes.iter().copied()) {
            let [red, green, blue] = colour.map(|part| f32::from(part) / 255.0);
            // A text never fails to be written.
            let _ = writeln!(page, "{red:.3} {green:.3} {blue:.3} rg {}", shape.path());
        }
        let objects = [
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
            format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDE} {HIGH}]/Resources<<>>/Contents 4 0 R>>"),
            format!("<</Length {}>>stream\n{page}endstream", page.len()),
        ];
        let mut text = "%PDF-1.4\n".to_owned();
        let mut places = "0000000000 65535 f \n".to_owned();
        for (n, object) in objects.iter().enumerate() {
            let _ = writeln!(places, "{:010} 00000 n ", text.len());
            let _ = writeln!(text, "{} 0 obj {object} endobj", n + 1);
        }
        let begins = text.len();
        let count = objects.len() + 1;
        let _ = write!(text, "xref\n0 {count}\n{places}trailer <</Size {count}/Root 1 0 R>>\nstartxref\n{begins}\n%%EOF\n");
        text.into_bytes()
    }
}
