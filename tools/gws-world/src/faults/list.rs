//! The faults that wait for their requests.

use serde_json::Value;

use super::action::Action;
use super::seen::Seen;
use crate::control::body::{known, name, names};

/// The faults that wait, oldest first.
#[derive(Debug, Default)]
pub struct Faults(Vec<Fault>);

#[derive(Debug)]
struct Fault {
    matcher: Matcher,
    /// How many more requests it strikes; `None` means every one.
    left: Option<u64>,
    action: Action,
}

/// Which requests a fault strikes; what is not given fits every request under `/api`.
#[derive(Debug, Default)]
struct Matcher {
    method: Option<String>,
    path: Option<String>,
    /// Any of these.
    operations: Option<Vec<String>>,
    channel: Option<String>,
}

impl Faults {
    /// Adds the fault of a control request's body.
    ///
    /// # Errors
    /// What is wrong with the body.
    pub fn add(&mut self, body: &Value) -> Result<(), String> {
        let matcher = Matcher::read(&body["match"])?;
        let left = match body.get("times") {
            None | Some(Value::Null) => Some(1),
            Some(Value::String(word)) if word == "always" => None,
            Some(number) => match number.as_u64() {
                Some(0) => None,
                Some(times) => Some(times),
                None => return Err("times is a number or \"always\"".to_owned()),
            },
        };
        let action = Action::read(body)?;
        self.0.push(Fault {
            matcher,
            left,
            action,
        });
        Ok(())
    }

    /// The action of the first fault that fits this request, which counts as struck.
    pub fn take(&mut self, seen: &Seen) -> Option<Action> {
        let place = self.0.iter().position(|fault| fault.matcher.fits(seen))?;
        let fault = &mut self.0[place];
        let action = fault.action.clone();
        if let Some(left) = &mut fault.left {
            *left -= 1;
            if *left == 0 {
                self.0.remove(place);
            }
        }
        Some(action)
    }

    /// Clears all faults.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Names of the faults that still wait.
    pub fn waiting(&self) -> Vec<&'static str> {
        self.0.iter().map(|fault| fault.action.name()).collect()
    }
}

impl Matcher {
    fn read(wanted: &Value) -> Result<Matcher, String> {
        if !wanted.is_object() && !wanted.is_null() {
            return Err("match is no object".to_owned());
        }
        known(wanted, &["method", "path", "operation", "channel"])?;
        Ok(Matcher {
            method: name(wanted, "method")?,
            path: name(wanted, "path")?,
            operations: names(wanted, "operation")?,
            channel: name(wanted, "channel")?,
        })
    }

    fn fits(&self, seen: &Seen) -> bool {
        let same = |wanted: &Option<String>, is: &str| wanted.as_ref().is_none_or(|w| w == is);
        same(&self.method, &seen.method)
            && self
                .path
                .as_ref()
                .is_none_or(|part| seen.path.contains(part.as_str()))
            && self.operations.as_ref().is_none_or(|all| {
                let seen = seen.operation.as_ref();
                seen.is_some_and(|operation| all.contains(operation))
            })
            && self
                .channel
                .as_ref()
                .is_none_or(|channel| seen.channels.contains(channel))
    }
}
