//! Settings as a page writes them: the long names of the command line in camelCase.

use std::time::Duration;

use gws_world::settings::FASTEST;
use gws_world::{Scenario, Settings};
use serde_json::Value;

/// Reads them. What is not given is as on the command line.
///
/// # Errors
/// The name of a setting that there is not, or that is not what it should be.
pub fn read(given: &Value) -> Result<Settings, String> {
    let mut settings = match given["scenario"].as_str() {
        Some("still") => Settings::still(),
        _ => Settings::default(),
    };
    for (name, value) in given.as_object().into_iter().flatten() {
        if !NAMES.contains(&name.as_str()) {
            return Err(format!(
                "there is no option {name}; there are {}",
                NAMES[..11].join(", ")
            ));
        }
        set(&mut settings, name, value).ok_or_else(|| format!("{name} cannot be {value}"))?;
    }
    Ok(settings)
}

/// `base` and `epochMs` are filled in by the page's script.
const NAMES: [&str; 13] = [
    "scenario",
    "seed",
    "speed",
    "latency",
    "login",
    "hold",
    "maxInterval",
    "maxSessionsPerBrowser",
    "multiSessionInterval",
    "ack",
    "order",
    "base",
    "epochMs",
];

fn set(settings: &mut Settings, name: &str, value: &Value) -> Option<()> {
    let ms = || value.as_u64().map(Duration::from_millis);
    match name {
        "scenario" => {
            settings.scenario = match value.as_str()? {
                "demo" => Scenario::Demo,
                "still" => Scenario::Still,
                "none" => Scenario::None,
                _ => return None,
            }
        }
        "seed" => settings.seed = value.as_u64()?,
        "speed" => {
            settings.speed = value
                .as_f64()
                .filter(|speed| (0.0..=FASTEST).contains(speed))?
        }
        "latency" => settings.latency = ms()?,
        "login" => settings.login = value.as_bool()?,
        "hold" => settings.hold = ms()?,
        "maxInterval" => settings.max_interval = ms()?,
        "maxSessionsPerBrowser" => settings.max_sessions_per_browser = value.as_i64()?,
        "multiSessionInterval" => settings.multi_session_interval_ms = value.as_i64()?,
        "ack" => settings.ack = value.as_bool()?,
        "order" => {
            settings.reply_first = match value.as_str()? {
                "events-first" => false,
                "reply-first" => true,
                _ => return None,
            }
        }
        "base" => value.as_str()?.clone_into(&mut settings.base),
        "epochMs" => settings.epoch_ms = value.as_f64()? as u64,
        _ => return None,
    }
    Some(())
}
