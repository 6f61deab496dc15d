//! Secret bytes: wiped when they are let go, never shown, and made from one another by HKDF.

use std::fmt;

use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

/// So many secret bytes.
#[derive(Clone)]
pub struct Secret<const N: usize>(Zeroizing<[u8; N]>);

impl<const N: usize> Secret<N> {
    /// Takes bytes into custody.
    pub fn new(bytes: [u8; N]) -> Secret<N> {
        Secret(Zeroizing::new(bytes))
    }

    /// The bytes; `None` if there are more or fewer.
    pub fn from_slice(bytes: &[u8]) -> Option<Secret<N>> {
        Some(Secret::new(bytes.try_into().ok()?))
    }

    /// The bytes themselves.
    pub fn bytes(&self) -> &[u8; N] {
        &self.0
    }

    /// The secret that is derived for a purpose: HKDF-SHA-256 (RFC 5869) without a salt, since what it is made from is
    /// random already (section 3.1).
    pub(super) fn derive<const M: usize>(&self, info: &[u8]) -> Secret<M> {
        let mut out = Secret::new([0; M]);
        self.expand(info, &mut out.0[..]);
        out
    }

    /// The same, as many bytes as wanted, up to 8,160.
    pub(super) fn expand(&self, info: &[u8], out: &mut [u8]) {
        Hkdf::<Sha256>::new(None, &self.0[..]).expand(info, out).expect("at most 255 blocks");
    }
}

impl<const N: usize> fmt::Debug for Secret<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret<{N}>")
    }
}
