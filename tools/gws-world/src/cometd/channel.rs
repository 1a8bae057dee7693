//! Bayeux channel names and the wildcards of subscriptions.

/// Whether a subscription covers a channel: exactly, by `/*` (one segment) or by `/**` (any depth).
pub fn covers(subscription: &str, channel: &str) -> bool {
    if subscription == channel {
        return true;
    }
    if let Some(root) = subscription.strip_suffix("**") {
        return root.ends_with('/') && channel.starts_with(root);
    }
    if let Some(root) = subscription.strip_suffix('*') {
        return root.ends_with('/')
            && channel
                .strip_prefix(root)
                .is_some_and(|rest| !rest.is_empty() && !rest.contains('/'));
    }
    false
}

/// Whether a channel may be subscribed to at all.
pub fn may_subscribe(subscription: &str) -> bool {
    subscription.starts_with('/') && subscription.len() > 1 && !subscription.starts_with("/meta/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards() {
        for subscription in [
            "/v2/me/smssessions",
            "/v2/me/*",
            "/v2/me/**",
            "/v2/**",
            "/**",
        ] {
            assert!(covers(subscription, "/v2/me/smssessions"), "{subscription}");
        }
        for subscription in [
            "/v2/*",
            "/*",
            "/v2/me",
            "/v2/me/sms*",
            "/v2/you/**",
            "**",
            "*",
        ] {
            assert!(
                !covers(subscription, "/v2/me/smssessions"),
                "{subscription}"
            );
        }
    }

    #[test]
    fn meta_channels_cannot_be_subscribed() {
        assert!(!may_subscribe("/meta/connect"));
        assert!(!may_subscribe("x"));
        assert!(may_subscribe("/**"));
    }
}
