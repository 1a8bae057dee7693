//! Retries wait longer and longer, each for a random time.

use retry::Jitter;

#[test]
fn the_ceiling_doubles_from_1_s_to_60_s_and_the_whole_range_is_used() {
    let mut jitter = Jitter::new(7);
    for (retry, ceiling) in [
        (0, 1_000),
        (1, 2_000),
        (5, 32_000),
        (6, 60_000),
        (u32::MAX, 60_000),
    ] {
        let delays: Vec<_> = (0..2_000).map(|_| jitter.delay(retry)).collect();
        assert!(delays.iter().all(|delay| (1..=ceiling).contains(delay)));
        let tenth = ceiling / 10;
        assert!(
            delays.iter().any(|delay| *delay < tenth),
            "full jitter begins at nothing"
        );
        assert!(delays.iter().any(|delay| *delay > ceiling - tenth));
    }
}

#[test]
fn the_seed_alone_decides() {
    let delays = |seed| {
        let mut jitter = Jitter::new(seed);
        (0..20).map(|retry| jitter.delay(retry)).collect::<Vec<_>>()
    };
    assert_eq!(delays(1), delays(1));
    assert_ne!(delays(1), delays(2));
}
