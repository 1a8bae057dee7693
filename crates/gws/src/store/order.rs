//! Things in the order of a number. The standard library's sorts of other things are larger, and every page downloads them.

/// Numbers with their places, in their order; of equal ones the first comes first.
pub(super) fn sorted(numbers: impl Iterator<Item = u64>) -> Vec<(u64, usize)> {
    let mut pairs = Vec::new();
    for number in numbers {
        pairs.push((number, pairs.len()));
    }
    pairs.sort_unstable();
    pairs
}
