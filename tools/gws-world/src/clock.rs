//! The time, as the machine was last told it, and as GWS prints it: `2014-05-05 11:08:45.000+0000`.

use core::time::Duration;

/// The time of the present input.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clock {
    /// Milliseconds since 1970 at the beginning.
    pub epoch_ms: u64,
    /// Since the beginning; never goes back.
    pub now: Duration,
}

impl Clock {
    /// Milliseconds since 1970.
    pub fn wall_ms(self) -> u64 {
        self.epoch_ms + millis(self.now)
    }
}

/// A time in whole milliseconds.
pub fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// GWS's own form, which is not ISO 8601: a blank, and an offset without a colon.
pub fn gws_date(ms: u64) -> String {
    let seconds = ms / 1000;
    let (year, month, day) = civil(seconds / 86_400);
    let of_day = seconds % 86_400;
    format!(
        "{year:04}-{month:02}-{day:02} {:02}:{:02}:{:02}.{:03}+0000",
        of_day / 3600,
        of_day / 60 % 60,
        of_day % 60,
        ms % 1000
    )
}

/// Days since 1970 to year, month, day; counts years from March so that the leap day comes last.
fn civil(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let era = days / 146_097;
    let of_era = days % 146_097;
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::gws_date;

    #[test]
    fn known_instants() {
        assert_eq!(gws_date(1_399_313_371_000), "2014-05-05 18:09:31.000+0000");
        assert_eq!(gws_date(1_453_292_650_007), "2016-01-20 12:24:10.007+0000");
        assert_eq!(gws_date(1_709_164_800_000), "2024-02-29 00:00:00.000+0000");
    }
}
