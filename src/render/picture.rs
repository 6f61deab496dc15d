//! Pictures: their size in pixels, and no metadata that the publisher did not mean to publish.

use img_parts::{Bytes, DynImage, ImageEXIF};

/// A picture ready to be published.
#[derive(Debug)]
pub struct Picture {
    /// The file without EXIF, but for the orientation that it needs to be shown upright.
    pub bytes: Vec<u8>,
    /// Width and height as shown, in pixels.
    pub size: Option<(u32, u32)>,
}

/// What is wrong with a picture, and the cure.
pub type Fault = (String, &'static str);

const MEND: &str = "open it in a picture editor and save it anew";

/// Removes EXIF and reads the size. Formats that carry no EXIF go through unchanged; what is no picture is told.
pub fn clean(path: &str, bytes: Vec<u8>) -> Result<Picture, Fault> {
    let end = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    if end == "svg" {
        let size = svg_size(&bytes);
        return Ok(Picture { bytes, size });
    }
    if !["png", "jpg", "jpeg", "webp", "gif", "avif"].contains(&end.as_str()) {
        let fact = format!("{path} is not a picture that browsers show");
        return Err((fact, "use PNG, JPEG, WebP, AVIF, GIF or SVG"));
    }
    let measured = imagesize::blob_size(&bytes)
        .map_err(|_| (format!("{path} is damaged, or not the kind of picture that its name says"), MEND))?;
    let (width, height) = (measured.width as u32, measured.height as u32);
    let Some(mut image) = DynImage::from_bytes(Bytes::from(bytes.clone()))
        .map_err(|error| (format!("{path} is damaged: {error}"), MEND))?
    else {
        return Ok(Picture { bytes, size: Some((width, height)) });
    };
    let orientation = image.exif().and_then(|exif| orientation(&exif)).filter(|value| (2..=8).contains(value));
    image.set_exif(orientation.map(|value| Bytes::from(minimal_exif(value))));
    let size = if orientation.is_some_and(|value| value >= 5) { (height, width) } else { (width, height) };
    let mut cleaned = Vec::with_capacity(bytes.len());
    image.encoder().write_to(&mut cleaned).map_err(|error| (format!("{path}: {error}"), MEND))?;
    Ok(Picture { bytes: cleaned, size: Some(size) })
}

/// The orientation tag (0x0112) of EXIF data: a TIFF header and its first directory (TIFF 6.0, section 2).
fn orientation(exif: &[u8]) -> Option<u16> {
    let little = match exif.get(..4)? {
        [b'I', b'I', 42, 0] => true,
        [b'M', b'M', 0, 42] => false,
        _ => return None,
    };
    let short = |at: usize| {
        let pair: [u8; 2] = exif.get(at..at + 2)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    };
    let long: [u8; 4] = exif.get(4..8)?.try_into().ok()?;
    let directory = if little { u32::from_le_bytes(long) } else { u32::from_be_bytes(long) } as usize;
    (0..short(directory)? as usize).find_map(|entry| {
        let at = directory + 2 + entry * 12;
        (short(at)? == 0x0112).then(|| short(at + 8)).flatten()
    })
}

/// EXIF data that hold the orientation and nothing else.
fn minimal_exif(orientation: u16) -> Vec<u8> {
    let mut exif = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01".to_vec();
    exif.extend_from_slice(&orientation.to_be_bytes());
    exif.extend_from_slice(&[0; 6]);
    exif
}

/// The size that an SVG file states by `width` and `height`, or else by its `viewBox`.
fn svg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let text = std::str::from_utf8(bytes).ok()?;
    let open = &text[text.find("<svg")?..];
    let open = &open[..open.find('>')?];
    let attribute = |name: &str| {
        let after = &open[open.find(&format!(" {name}=\""))? + name.len() + 3..];
        after.split('"').next()
    };
    let pixels = |text: &str| text.trim_end_matches("px").parse::<f64>().ok().map(|value| value.round() as u32);
    if let (Some(width), Some(height)) = (attribute("width").and_then(pixels), attribute("height").and_then(pixels)) {
        return Some((width, height));
    }
    let mut numbers =
        attribute("viewBox")?.split([' ', ',']).filter(|part| !part.is_empty()).filter_map(pixels).skip(2);
    Some((numbers.next()?, numbers.next()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_orientation_survives_and_nothing_else() {
        for value in 1..=8 {
            let exif = minimal_exif(value);
            assert_eq!(orientation(&exif), Some(value));
        }
        assert_eq!(orientation(b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0"), Some(6));
        assert_eq!(orientation(b"garbage"), None);
    }

    #[test]
    fn an_svg_states_its_size() {
        assert_eq!(svg_size(b"<svg xmlns=\"x\" width=\"120\" height=\"80px\">"), Some((120, 80)));
        assert_eq!(svg_size(b"<svg viewBox=\"0 0 300 200\">"), Some((300, 200)));
        assert_eq!(svg_size(b"<svg>"), None);
    }

    #[test]
    fn what_is_no_picture_is_told() {
        assert!(clean("a.txt", Vec::new()).is_err());
        assert!(clean("a.png", b"no".to_vec()).is_err());
    }
}
