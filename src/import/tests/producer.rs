//! A report as a word processor writes it.

use crate::import::docx;

const EXPECTED: &str = "![](image1.png)

The eruption of **26–27 August** has closed the *Sunda Strait* to **_all_** shipping.[^1] See the [harbour log](https://example.org/log?a=1&b=2).

## What has happened

- Anjer is gone
  - the lighthouse too
- Merak is under water

1. Soundings
2. New charts
   1. Approaches
3. Insurance

> We saw a wall of water.

| Port | Open |
| --- | --- |
| Batavia | yes |
| All others closed |  |

## Outlook

Dust will redden sunsets.\\
Prices of ~~pepper~~ coffee rise 5%.

[^1]: Order of the *harbour master* at Batavia.
";

#[test]
fn libreoffice_writes_what_is_read() {
    let read = docx(include_bytes!("../fixtures/libreoffice.docx")).expect("the file is sound");
    assert_eq!(read.title.as_deref(), Some("Krakatoa: ash, trade and the strait"));
    assert_eq!(read.authors, ["Pieter Haag", "Siti Rahmani"]);
    assert_eq!(read.date.as_deref(), Some("1883-08-30"));
    assert_eq!(read.body, EXPECTED);
    assert_eq!(read.images.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["image1.png"]);
    assert_eq!(
        read.notes,
        [
            "the dateline “NETHERLANDS INDIES, 30 August 1883” was taken out of the text",
            "the merged cells of 1 table were taken apart",
            "1 picture has no description"
        ]
    );
}
