//! Letters as numbers of a palette: paper, and each ink in steps.
//!
//! A card has one ground and few inks that never overlap, so that coverage alone says which colour a
//! pixel has. That is a quarter of the bytes of a picture in full colour, and nothing is left to
//! count afterwards.

use ab_glyph_rasterizer::{Rasterizer, point};
use resvg::{
    tiny_skia::{self, PathSegment},
    usvg::{Group, Node, Paint, Path, Tree},
};

/// Steps from paper to ink, without the paper; more are not told apart.
const STEPS: u32 = 15;

/// A red, a green and a blue.
pub(super) type Colour = [u8; 3];

/// Pixels as numbers of a palette.
pub(super) struct Inked {
    width: u32,
    /// Three bytes for each colour; the first is the paper.
    pub(super) palette: Vec<u8>,
    /// A number for each pixel, row by row.
    pub(super) indices: Vec<u8>,
}

impl Inked {
    /// Blank paper.
    pub(super) fn new(width: u32, height: u32, paper: Colour) -> Self {
        Self {
            width,
            palette: paper.to_vec(),
            indices: vec![0; width as usize * height as usize],
        }
    }

    /// Fills a box of whole pixels.
    pub(super) fn fill(
        &mut self,
        colour: Colour,
        x: std::ops::Range<u32>,
        y: std::ops::Range<u32>,
    ) {
        let number = self.add(colour);
        for row in y {
            let start = (row * self.width) as usize;
            let row = self
                .indices
                .get_mut(start + x.start as usize..start + x.end as usize);
            row.into_iter().for_each(|row| row.fill(number));
        }
    }

    /// Draws the shapes of an SVG as large as the picture, each in the colour of its fill. Shapes may
    /// not overlap. `None` where there are more than three colours.
    pub(super) fn draw(&mut self, tree: &Tree) -> Option<()> {
        let mut paths = Vec::new();
        collect(tree.root(), &mut paths);
        let mut inks: Vec<Colour> = Vec::new();
        for (colour, _) in &paths {
            if !inks.contains(colour) {
                inks.push(*colour);
            }
        }
        if inks.len() > 3 {
            return None;
        }
        for ink in inks {
            let first = self.add_steps(ink);
            for (_, path) in paths.iter().filter(|(colour, _)| *colour == ink) {
                self.fill_path(path, first);
            }
        }
        Some(())
    }

    /// Draws a shape in the steps from number `first` on.
    fn fill_path(&mut self, path: &Path, first: u8) {
        let bounds = path.abs_bounding_box();
        let height = self.indices.len() as u32 / self.width;
        let (left, top) = (bounds.left().max(0.0) as u32, bounds.top().max(0.0) as u32);
        let right = (bounds.right().max(0.0).ceil() as u32 + 1).min(self.width);
        let bottom = (bounds.bottom().max(0.0).ceil() as u32 + 1).min(height);
        if left >= right || top >= bottom {
            return;
        }
        let mut shape = Rasterizer::new((right - left) as usize, (bottom - top) as usize);
        outline(path, (left, top), &mut shape);
        let width = self.width;
        shape.for_each_pixel_2d(|x, y, covered| {
            let step = (covered.min(1.0) * STEPS as f32).round() as u8;
            let at = ((top + y) * width + left + x) as usize;
            // Less than half a step is paper.
            if step > 0
                && let Some(pixel) = self.indices.get_mut(at)
            {
                *pixel = first + step - 1;
            }
        });
    }

    fn add(&mut self, colour: Colour) -> u8 {
        self.palette.extend(colour);
        (self.palette.len() / 3 - 1) as u8
    }

    /// Adds the steps from paper to ink; the number of the first.
    fn add_steps(&mut self, ink: Colour) -> u8 {
        let paper = [self.palette[0], self.palette[1], self.palette[2]];
        let blend = |step: u32, n: usize| {
            let (from, to) = (u32::from(paper[n]), u32::from(ink[n]));
            ((from * (STEPS - step) + to * step + STEPS / 2) / STEPS) as u8
        };
        let steps = (1..=STEPS).map(|step| [0, 1, 2].map(|n| blend(step, n)));
        let numbers: Vec<u8> = steps.map(|colour| self.add(colour)).collect();
        numbers.first().copied().unwrap_or_default()
    }
}

/// Gives the outline of a shape to the rasteriser, whose first pixel is at `origin`.
fn outline(path: &Path, origin: (u32, u32), shape: &mut Rasterizer) {
    let to = path.abs_transform();
    let place = |mut at: tiny_skia::Point| {
        to.map_point(&mut at);
        point(at.x - origin.0 as f32, at.y - origin.1 as f32)
    };
    let (mut start, mut last) = (point(0.0, 0.0), point(0.0, 0.0));
    for segment in path.data().segments() {
        match segment {
            PathSegment::MoveTo(at) => {
                shape.draw_line(last, start);
                (start, last) = (place(at), place(at));
            }
            PathSegment::LineTo(at) => {
                shape.draw_line(last, place(at));
                last = place(at);
            }
            PathSegment::QuadTo(by, at) => {
                shape.draw_quad(last, place(by), place(at));
                last = place(at);
            }
            PathSegment::CubicTo(by, then, at) => {
                shape.draw_cubic(last, place(by), place(then), place(at));
                last = place(at);
            }
            PathSegment::Close => {
                shape.draw_line(last, start);
                last = start;
            }
        }
    }
    shape.draw_line(last, start);
}

/// The filled paths below a group, letters among them.
fn collect<'a>(group: &'a Group, paths: &mut Vec<(Colour, &'a Path)>) {
    for node in group.children() {
        match node {
            Node::Group(group) => collect(group, paths),
            Node::Text(text) => collect(text.flattened(), paths),
            Node::Path(path) => {
                if let Some(Paint::Color(colour)) = path.fill().map(|fill| fill.paint()) {
                    paths.push(([colour.red, colour.green, colour.blue], path));
                }
            }
            Node::Image(_) => {}
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use resvg::usvg::Options;

    use super::*;

    #[test]
    fn ink_covers_paper_in_steps() {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"2\">\
                   <path fill=\"#000000\" d=\"M1 0h1.5v1H1z\"/></svg>";
        let tree = Tree::from_str(svg, &Options::default()).unwrap();
        let mut inked = Inked::new(4, 2, [255, 255, 255]);
        inked.fill([1, 2, 3], 0..4, 1..2);
        inked.draw(&tree).unwrap();
        let colour = |n: usize| {
            let number = usize::from(inked.indices[n]);
            inked.palette[number * 3]
        };
        assert_eq!((colour(0), colour(1), colour(3)), (255, 0, 255));
        assert!((100..150).contains(&colour(2)), "{}", colour(2));
        assert_eq!(inked.indices[4..], [1; 4]);
    }
}
