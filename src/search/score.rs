//! How much a word counts: the same figures, bit by bit, here and in the reader's module.
//!
//! Only sums, products and quotients of IEEE 754 double precision are used, in a fixed order: they are the same in every
//! language and on every machine.

/// Bits of a level in a posting.
pub const LEVEL_BITS: u32 = 5;
const LEVELS: usize = 1 << LEVEL_BITS;
/// The weight of the lowest level, and how much each is above the one before.
const LOWEST: f64 = 0.25;
const STEP: f64 = 1.22;
/// How soon more of the same word counts for little more (the `k1` of BM25F).
const SATURATION: f64 = 8.0;
/// The level of a report in the list of a record that is named in the query: a little more than once in a headline.
pub const RECORD_LEVEL: u32 = 20;

/// The weights that the levels stand for.
pub fn weights() -> [f64; LEVELS] {
    let mut weights = [LOWEST; LEVELS];
    (1..LEVELS).for_each(|index| weights[index] = weights[index - 1] * STEP);
    weights
}

/// The lowest level that stands for a weight.
pub fn level(weight: f64) -> u32 {
    static WEIGHTS: std::sync::LazyLock<[f64; LEVELS]> = std::sync::LazyLock::new(weights);
    WEIGHTS.iter().position(|known| *known >= weight).unwrap_or(LEVELS - 1) as u32
}

/// What a weight counts for, before how rare the word is.
pub fn saturated(weight: f64) -> f64 {
    weight * (SATURATION + 1.0) / (weight + SATURATION)
}

/// How much a word counts that stands in so many of all reports.
pub fn rarity(reports: f64, all: f64) -> f64 {
    logarithm(1.0 + (all - reports + 0.5) / (reports + 0.5))
}

/// The natural logarithm of a number from 1 on, by halving and the series of the inverse hyperbolic tangent.
fn logarithm(mut x: f64) -> f64 {
    let mut halved = 0.0;
    while x >= 2.0 {
        x /= 2.0;
        halved += 1.0;
    }
    let z = (x - 1.0) / (x + 1.0);
    let (mut sum, mut power, mut k) = (0.0, z, 1.0);
    while k < 27.0 {
        sum += power / k;
        power = power * z * z;
        k += 2.0;
    }
    2.0 * sum + halved * std::f64::consts::LN_2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_logarithm_is_one() {
        for x in [1.0, 1.5, 2.0, 3.7, 100.0, 12_345.6] {
            assert!((logarithm(x) - f64::ln(x)).abs() < 1e-9, "{x}");
        }
    }

    #[test]
    fn levels_stand_for_their_weights() {
        assert_eq!(level(0.1), 0);
        assert_eq!(level(1e9), 31);
        let weights = weights();
        assert!((0..32).all(|index| level(weights[index]) == index as u32));
    }
}
