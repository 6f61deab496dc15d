//! What a subscriber's code opens: the nodes of the trees of their plans.
//!
//! ```text
//! format (1) | generation (4) | horizon (2) | ends (2) | plans (1)
//! each plan:   length (1) | name | nodes (1) | each node: number (3) | key (16)
//! ```
//!
//! Numbers have the highest byte first.

use zeroize::Zeroizing;

use super::info::FORMAT;
use super::object::{Refused, press};
use super::secret::Secret;
use super::tree::{Day, Held, Node};

/// What a subscriber may open.
#[derive(Debug, Clone)]
pub struct Keyring {
    /// The generation of content keys that it fits.
    pub generation: u32,
    /// The last day that any keyring of this edition reaches.
    pub horizon: Day,
    /// The last day of the access.
    pub ends: Day,
    /// What is held of each plan; nothing, once the access has ended and no back catalogue stays.
    pub grants: Vec<Grant>,
}

/// What is held of a plan.
#[derive(Debug, Clone)]
pub struct Grant {
    /// The plan's key in the configuration.
    pub plan: String,
    /// The nodes over the days that may be read.
    pub nodes: Vec<Held>,
}

impl Keyring {
    /// The keyring as bytes.
    ///
    /// # Errors
    /// [`Refused::TooLarge`]: more than 255 plans, a plan's key of more than 255 bytes, or more than 255 nodes in one plan.
    pub fn to_bytes(&self) -> Result<Zeroizing<Vec<u8>>, Refused> {
        let byte = |count: usize| u8::try_from(count).map_err(|_| Refused::TooLarge);
        let mut out = Zeroizing::new(Vec::with_capacity(1024));
        out.push(FORMAT);
        out.extend_from_slice(&self.generation.to_be_bytes());
        out.extend_from_slice(&self.horizon.to_be_bytes());
        out.extend_from_slice(&self.ends.to_be_bytes());
        out.push(byte(self.grants.len())?);
        for grant in &self.grants {
            out.push(byte(grant.plan.len())?);
            out.extend_from_slice(grant.plan.as_bytes());
            out.push(byte(grant.nodes.len())?);
            for held in &grant.nodes {
                out.extend_from_slice(&held.node.number().to_be_bytes()[1..]);
                out.extend_from_slice(held.key.bytes());
            }
        }
        Ok(out)
    }

    /// Reads what [`Keyring::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`Refused::Newer`] for a later format, [`Refused::Damaged`] for anything else that is not a whole keyring.
    pub fn from_bytes(bytes: &[u8]) -> Result<Keyring, Refused> {
        let mut rest = Rest(bytes);
        match rest.number(1)? {
            1 => {}
            0 => return Err(Refused::Damaged),
            version => return Err(Refused::Newer(version as u8)),
        }
        let (generation, horizon, ends) = (rest.number(4)?, rest.number(2)? as Day, rest.number(2)? as Day);
        let grants = (0..rest.number(1)?).map(|_| rest.grant()).collect::<Result<_, _>>()?;
        if rest.0.is_empty() { Ok(Keyring { generation, horizon, ends, grants }) } else { Err(Refused::Damaged) }
    }

    /// The keyring as it is sealed: pressed, so that its length is known before it is padded to that of all others.
    pub(super) fn pressed(&self) -> Result<Zeroizing<Vec<u8>>, Refused> {
        Ok(Zeroizing::new(press(&self.to_bytes()?)))
    }
}

struct Rest<'b>(&'b [u8]);

impl<'b> Rest<'b> {
    fn take(&mut self, count: usize) -> Result<&'b [u8], Refused> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(Refused::Damaged)?;
        self.0 = rest;
        Ok(taken)
    }

    fn number(&mut self, bytes: usize) -> Result<u32, Refused> {
        Ok(self.take(bytes)?.iter().fold(0, |number, byte| number << 8 | u32::from(*byte)))
    }

    fn grant(&mut self) -> Result<Grant, Refused> {
        let length = self.number(1)? as usize;
        let plan = std::str::from_utf8(self.take(length)?).map_err(|_| Refused::Damaged)?.to_owned();
        let nodes = (0..self.number(1)?).map(|_| {
            let node = Node::from_number(self.number(3)?).ok_or(Refused::Damaged)?;
            let key = Secret::from_slice(self.take(16)?).ok_or(Refused::Damaged)?;
            Ok(Held { node, key })
        });
        Ok(Grant { plan, nodes: nodes.collect::<Result<_, _>>()? })
    }
}
