//! The simulation's invariants, and its results for the rules.

use herd::{Rule, Scenario, run};

const CLIENTS: u32 = 400;

#[test]
fn every_client_ends_connected() {
    for scenario in Scenario::ALL {
        for rule in Rule::ALL {
            let outcome = run(rule, scenario, CLIENTS, 1);
            assert_eq!(outcome.missing, 0, "{rule:?} in {scenario:?}");
            assert!(outcome.half <= outcome.most && outcome.most <= outcome.all);
            // Each sends a handshake, a subscription, a quick connect and a held connect.
            assert!(outcome.requests >= 4 * u64::from(CLIENTS));
        }
    }
}

#[test]
fn nobody_sends_more_than_needed_to_a_server_that_only_lost_the_sessions() {
    for rule in Rule::ALL {
        // The refused connect, handshake, subscribe, quick connect, connect.
        let outcome = run(rule, Scenario::Failover, CLIENTS, 1);
        assert_eq!(outcome.requests, 5 * u64::from(CLIENTS), "{rule:?}");
    }
}

#[test]
fn before_the_fault_each_client_asks_once_in_a_hold() {
    for rule in Rule::ALL {
        let outcome = run(rule, Scenario::Restart, CLIENTS, 1);
        let hold = &outcome.bins[outcome.fault - 250..outcome.fault];
        let asked: u32 = hold.iter().sum();
        // 25 of the 30 seconds of a hold.
        assert!((300..367).contains(&asked), "{rule:?}: {asked}");
    }
}

#[test]
fn one_seed_gives_one_outcome() {
    for rule in Rule::ALL {
        let outcome = run(rule, Scenario::Slow, CLIENTS, 7);
        assert_eq!(outcome, run(rule, Scenario::Slow, CLIENTS, 7));
        assert_ne!(outcome, run(rule, Scenario::Slow, CLIENTS, 8));
    }
}

#[test]
fn jitter_lowers_the_peak_on_a_server_that_is_back() {
    for scenario in [Scenario::Restart, Scenario::Unavailable] {
        let [ours, official, none] =
            Rule::ALL.map(|rule| run(rule, scenario, CLIENTS, 1).peak_second_back);
        assert!(
            ours * 8 < official,
            "{ours} against {official} in {scenario:?}"
        );
        assert!(official < none, "{official} against {none} in {scenario:?}");
    }
}

/// Because of jitter, and even more because of the shorter deadline of a quick connect.
#[test]
fn ours_are_back_sooner_if_the_server_is_slow() {
    let [ours, official, _] = Rule::ALL.map(|rule| run(rule, Scenario::Slow, CLIENTS, 1));
    assert!(ours.most < official.most);
    assert!(ours.requests < official.requests);
}

/// The costs and limits of jitter.
#[test]
fn jitter_has_costs() {
    let [ours, official, _] = Rule::ALL.map(|rule| run(rule, Scenario::Restart, CLIENTS, 1));
    // The last clients wait longer.
    assert!(ours.all > official.all);
    // The first two retries are within the second of the fault.
    assert!(ours.bins[ours.fault..][..10].iter().sum::<u32>() > CLIENTS);
    // If another node answers at once, requests are not spread.
    let failover = run(Rule::Ours, Scenario::Failover, CLIENTS, 1);
    assert!(failover.peak_second > 3 * CLIENTS);
}
