//! The HTTP client of `check --external`.

use std::{net::IpAddr, thread, time::Duration};

use ureq::{
    Agent, Error,
    config::Config,
    http::Uri,
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::{DefaultConnector, NextTimeout},
    },
};

use super::{Answer, How};

/// How often an address is asked for before it counts as unreachable.
const ATTEMPTS: u32 = 3;

/// The pause before the second attempt; each further one is twice as long.
const PAUSE: Duration = Duration::from_millis(500);

/// Asks servers for pages, and reads none of them.
pub(super) struct Client(Agent);

impl Client {
    pub(super) fn new(how: How) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(how.timeout))
            .http_status_as_error(false)
            .max_redirects(8)
            .proxy(None)
            .user_agent(concat!(
                "dateline/",
                env!("CARGO_PKG_VERSION"),
                " (check --external)"
            ))
            .build();
        let names = Names { local: how.local };
        Self(Agent::with_parts(
            config,
            DefaultConnector::default(),
            names,
        ))
    }

    /// Asks until there is an answer that tells something.
    pub(super) fn ask(&self, url: &str) -> Answer {
        // Servers never see what stands behind a `#`.
        let address = url.split('#').next().unwrap_or_default();
        let mut answer = self.once(address);
        for attempt in 1..ATTEMPTS {
            if !is_passing(&answer) {
                break;
            }
            thread::sleep(PAUSE * 2u32.pow(attempt - 1));
            answer = self.once(address);
        }
        meaning(answer)
    }

    /// The head of the page; the page itself where a server does not answer that.
    fn once(&self, url: &str) -> Result<u16, Error> {
        let status = self.0.head(url).call()?.status().as_u16();
        if (200..400).contains(&status) || is_busy(status) {
            return Ok(status);
        }
        Ok(self.0.get(url).call()?.status().as_u16())
    }
}

fn is_busy(status: u16) -> bool {
    status == 429 || status >= 500
}

/// True where another attempt may have another answer.
fn is_passing(answer: &Result<u16, Error>) -> bool {
    match answer {
        Ok(status) => is_busy(*status),
        Err(Error::BadUri(_) | Error::TooManyRedirects) => false,
        Err(Error::Other(error)) => !error.is::<Inside>(),
        Err(_) => true,
    }
}

fn meaning(answer: Result<u16, Error>) -> Answer {
    match answer {
        Ok(status @ 200..=399) => Answer::Found { status },
        Ok(status @ (404 | 410)) => Answer::Gone { status },
        Ok(status @ 400..=499) => Answer::Refused { status },
        Ok(status) => Answer::Unreachable {
            cause: format!("the server says {status}"),
        },
        Err(error) => Answer::Unreachable {
            cause: error.to_string(),
        },
    }
}

/// Finds the addresses of servers. Whoever writes a link must not have this machine ask others in
/// its own network.
#[derive(Debug)]
struct Names {
    local: bool,
}

impl Resolver for Names {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let all = DefaultResolver::default().resolve(uri, config, timeout)?;
        if !self.local && all.iter().any(|address| is_inside(address.ip())) {
            return Err(Error::Other(Box::new(Inside)));
        }
        Ok(all)
    }
}

#[derive(Debug)]
struct Inside;

impl std::fmt::Display for Inside {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "it stands in this machine's own network (--local asks there too)"
        )
    }
}

impl std::error::Error for Inside {}

/// True for addresses that lead nowhere on the open internet.
fn is_inside(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            let [a, b, ..] = v4.octets();
            v4.is_loopback()
                || v4.is_private()
                || v4.is_link_local()
                || v4.is_unspecified()
                || v4.is_broadcast()
                || v4.is_multicast()
                || a == 0
                || (a == 100 && (64..128).contains(&b))
        }
        IpAddr::V6(v6) => {
            v6.is_loopback()
                || v6.is_unspecified()
                || v6.is_multicast()
                || v6.is_unique_local()
                || v6.is_unicast_link_local()
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn addresses_inside_are_known() {
        for inside in [
            "127.0.0.1",
            "10.1.2.3",
            "192.168.0.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "::1",
            "fe80::1",
            "fd00::1",
            "::ffff:127.0.0.1",
        ] {
            assert!(is_inside(inside.parse().unwrap()), "{inside}");
        }
        for outside in ["93.184.215.14", "100.128.0.1", "2606:2800:21f:cb07::1"] {
            assert!(!is_inside(outside.parse().unwrap()), "{outside}");
        }
    }
}
