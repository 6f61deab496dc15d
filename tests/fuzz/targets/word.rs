//! Word files: Markdown, or a reason why not. The input is the main document of a file, or the file itself.

#![no_main]

use libfuzzer_sys::fuzz_target;

/// A zip file (APPNOTE 6.3.10) with one stored entry.
fn zip(name: &str, bytes: &[u8]) -> Vec<u8> {
    let size = (bytes.len() as u32).to_le_bytes();
    let crc = crc32(bytes).to_le_bytes();
    let sizes = [crc, size, size].concat();
    let name_length = (name.len() as u16).to_le_bytes();
    let mut file =
        [b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0".as_slice(), &sizes, &name_length, b"\0\0", name.as_bytes(), bytes]
            .concat();
    let directory = (file.len() as u32).to_le_bytes();
    let entry = [b"PK\x01\x02\x14\0\x14\0\0\0\0\0\0\0\0\0".as_slice(), &sizes, &name_length, &[0; 16], name.as_bytes()]
        .concat();
    let length = (entry.len() as u32).to_le_bytes();
    file.extend([&entry[..], b"PK\x05\x06\0\0\0\0\x01\0\x01\0", &length, &directory, b"\0\0"].concat());
    file
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
    };
    !bytes.iter().fold(!0, step)
}

fuzz_target!(|bytes: &[u8]| {
    for file in [bytes.to_vec(), zip("word/document.xml", bytes)] {
        if let Err(reason) = briefpress::import::docx(&file) {
            assert!(!reason.is_empty());
        }
    }
});
