//! Sorting by a number. The standard library's sorts of larger items take more code, which every page would download.

/// Numbers with their positions, sorted; equal numbers keep their order.
pub(crate) fn sorted(numbers: impl Iterator<Item = u64>) -> Vec<(u64, usize)> {
    let mut pairs = Vec::new();
    for number in numbers {
        pairs.push((number, pairs.len()));
    }
    pairs.sort_unstable();
    pairs
}
