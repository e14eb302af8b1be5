//! Positions on the globe.

/// Degrees, WGS 84.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Coordinates {
    /// North positive, -90 to 90.
    pub latitude: f32,
    /// East positive, -180 to 180.
    pub longitude: f32,
}

impl Coordinates {
    /// Latitude and longitude without the tail that a narrow float has as a wide one: to a
    /// ten-thousandth of a degree, some ten metres.
    #[must_use]
    pub fn degrees(&self) -> (f64, f64) {
        let wide = |narrow: f32| (f64::from(narrow) * 10_000.0).round() / 10_000.0;
        (wide(self.latitude), wide(self.longitude))
    }
}

/// An ISO 3166-1 alpha-2 code, upper case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryCode(pub [u8; 2]);

impl CountryCode {
    /// The two letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }
}
