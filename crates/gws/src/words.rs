//! Compares the public words with the types of the npm package.

use crate::{Kind, Mode, Operation, Reason, State};

/// The words of all variants. The match must be exhaustive: a new variant does not compile until it is listed.
macro_rules! words {
    ($enum:ident: $($variant:ident)*) => {{
        let word = |one: $enum| match one { $($enum::$variant => one.as_str(),)* };
        vec![$(word($enum::$variant)),*]
    }};
}

/// The words that a type of `npm/types.d.ts` lists.
fn typed(name: &str) -> Vec<&'static str> {
    let types = include_str!("../../../npm/types.d.ts");
    let start = format!("export type {name} =");
    let (_, rest) = types.split_once(&start).expect("the type");
    let (union, _) = rest.split_once(';').expect("its end");
    sorted(union.split('"').skip(1).step_by(2).collect())
}

fn sorted(mut words: Vec<&'static str>) -> Vec<&'static str> {
    words.sort_unstable();
    words
}

#[test]
fn the_types_of_the_package_list_every_word() {
    let states = words!(State: Unavailable Ready Confirming Pending Joined Failed Left Ended);
    assert_eq!(sorted(states), typed("State"));
    assert_eq!(sorted(words!(Mode: Monitor Coach BargeIn)), typed("Mode"));
    let operations = words!(Operation: SwitchToMonitor SwitchToCoach SwitchToBargeIn Leave);
    assert_eq!(sorted(operations), typed("Operation"));

    // Words that only the element's class gives, as this crate does not run then.
    let mut reasons = words!(
        Reason: NoSession Connecting Disconnected NotFound NotSupervising NotPermitted Refused Unauthenticated
    );
    reasons.push("unsupported");
    assert_eq!(sorted(reasons), typed("Reason"));
    let mut kinds = words!(
        Kind: Network Timeout Http Api Malformed Unconfirmed Csrf Unauthenticated Headers
    );
    kinds.extend(["unsupported", "internal"]);
    assert_eq!(sorted(kinds), typed("ErrorKind"));
}
