//! Whose network an address belongs to: asked of the registries over the whois protocol, each in its own words.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Knows which registry to ask.
const ROOT: &str = "whois.iana.org";
const PORT: u16 = 43;
/// For all questions together.
const PATIENCE: Duration = Duration::from_secs(10);
/// Answers are a page of text.
const LIMIT: u64 = 64 * 1024;
/// Registries that pass on to each other.
const HOPS: usize = 3;

/// What is known of an address's owner.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Owner {
    /// Networks that the address is in, the largest first.
    pub networks: Vec<Network>,
    /// Why nothing is known.
    pub problem: Option<String>,
}

/// A network as a registry tells of it. Empty text: not said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Network {
    pub name: String,
    pub range: String,
    pub description: String,
    pub country: String,
    pub city: String,
    pub state: String,
    pub postal_code: String,
    pub address: String,
}

/// Asks the registries, unless the address belongs to nobody.
pub(super) async fn of(address: IpAddr) -> Owner {
    if let Some((purpose, rule)) = reserved(address) {
        let kind = if address.is_ipv4() { "IPv4" } else { "IPv6" };
        return problem(format!("{kind} address {address} is already defined as {purpose} via {rule}."));
    }
    match tokio::time::timeout(PATIENCE, ask(address)).await {
        Ok(Ok(text)) => {
            let networks = read(&text);
            let none = networks.is_empty().then(|| "The registry says nothing about it.".to_owned());
            Owner { networks, problem: none }
        }
        Ok(Err(failure)) => {
            tracing::debug!(%failure, %address, "a registry could not be asked");
            problem("The registry cannot be reached.".to_owned())
        }
        Err(_) => problem("The registry does not answer in time.".to_owned()),
    }
}

fn problem(text: String) -> Owner {
    Owner { networks: Vec::new(), problem: Some(text) }
}

async fn ask(address: IpAddr) -> std::io::Result<String> {
    let (mut host, mut last) = (ROOT.to_owned(), String::new());
    for _ in 0..HOPS {
        let text = ask_one(&host, address).await?;
        let next = referral(&text);
        last = text;
        match next {
            Some(next) if next != host => host = next,
            _ => break,
        }
    }
    Ok(last)
}

async fn ask_one(host: &str, address: IpAddr) -> std::io::Result<String> {
    let mut stream = TcpStream::connect((host, PORT)).await?;
    stream.write_all(format!("{address}\r\n").as_bytes()).await?;
    let mut answer = Vec::new();
    stream.take(LIMIT).read_to_end(&mut answer).await?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

/// The registry that knows more; hosts that are none are passed over.
fn referral(text: &str) -> Option<String> {
    let pairs = text.lines().filter_map(|line| line.split_once(':'));
    let named = pairs.filter(|(key, _)| {
        ["refer", "whois", "referralserver"].contains(&key.trim().to_lowercase().as_str())
    });
    let hosts = named.map(|(_, value)| value.trim().trim_start_matches("whois://").trim_end_matches('/'));
    hosts.map(str::to_lowercase).find(|host| {
        host.starts_with("whois.")
            && host.len() < 100
            && host.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-')
    })
}

/// Networks in an answer: blocks of `key: value` that name a range.
fn read(text: &str) -> Vec<Network> {
    let clean = text.lines().filter(|line| !line.starts_with(['%', '#'])).collect::<Vec<_>>().join("\n");
    let mut networks: Vec<Network> = Vec::new();
    for block in clean.split("\n\n") {
        let network = block.lines().filter_map(|line| line.split_once(':')).fold(
            Network::default(),
            |mut network, (key, value)| {
                let value = value.trim();
                let slot = match key.trim().to_lowercase().as_str() {
                    "netname" => &mut network.name,
                    "inetnum" | "inet6num" | "netrange" => &mut network.range,
                    "descr" | "organization" | "owner" => &mut network.description,
                    "country" => &mut network.country,
                    "city" => &mut network.city,
                    "stateprov" => &mut network.state,
                    "postalcode" => &mut network.postal_code,
                    "address" => &mut network.address,
                    _ => return network,
                };
                if slot.is_empty() {
                    value.clone_into(slot);
                }
                network
            },
        );
        if !network.range.is_empty() {
            networks.push(network);
        } else if let Some(last) = networks.last_mut() {
            complete(last, network);
        }
    }
    networks.truncate(20);
    networks
}

/// What stands in the block of the owner belongs to the network before it.
fn complete(network: &mut Network, owner: Network) {
    for (own, more) in [
        (&mut network.description, owner.description),
        (&mut network.country, owner.country),
        (&mut network.city, owner.city),
        (&mut network.state, owner.state),
        (&mut network.postal_code, owner.postal_code),
        (&mut network.address, owner.address),
    ] {
        if own.is_empty() {
            *own = more;
        }
    }
}

/// What an address that belongs to nobody is for, and which rule says so.
fn reserved(address: IpAddr) -> Option<(&'static str, &'static str)> {
    match address {
        IpAddr::V4(address) => {
            const BLOCKS: [(Ipv4Addr, u32, &str, &str); 13] = [
                (Ipv4Addr::new(0, 0, 0, 0), 8, "This Network", "RFC 1122, Section 3.2.1.3"),
                (Ipv4Addr::new(10, 0, 0, 0), 8, "Private-Use Networks", "RFC 1918"),
                (Ipv4Addr::new(100, 64, 0, 0), 10, "Shared Address Space", "RFC 6598"),
                (Ipv4Addr::new(127, 0, 0, 0), 8, "Loopback", "RFC 1122, Section 3.2.1.3"),
                (Ipv4Addr::new(169, 254, 0, 0), 16, "Link Local", "RFC 3927"),
                (Ipv4Addr::new(172, 16, 0, 0), 12, "Private-Use Networks", "RFC 1918"),
                (Ipv4Addr::new(192, 0, 2, 0), 24, "TEST-NET-1", "RFC 5737"),
                (Ipv4Addr::new(192, 168, 0, 0), 16, "Private-Use Networks", "RFC 1918"),
                (
                    Ipv4Addr::new(198, 18, 0, 0),
                    15,
                    "Network Interconnect Device Benchmark Testing",
                    "RFC 2544",
                ),
                (Ipv4Addr::new(198, 51, 100, 0), 24, "TEST-NET-2", "RFC 5737"),
                (Ipv4Addr::new(203, 0, 113, 0), 24, "TEST-NET-3", "RFC 5737"),
                (Ipv4Addr::new(224, 0, 0, 0), 4, "Multicast", "RFC 3171"),
                (Ipv4Addr::new(240, 0, 0, 0), 4, "Reserved", "RFC 1112, Section 4"),
            ];
            let number = u32::from(address);
            let within = |start: Ipv4Addr, bits: u32| (number ^ u32::from(start)) >> (32 - bits) == 0;
            let found = BLOCKS.iter().find(|(start, bits, ..)| within(*start, *bits));
            found.map(|(_, _, purpose, rule)| (*purpose, *rule))
        }
        IpAddr::V6(address) => {
            let [first, second, ..] = address.segments();
            match (first, second) {
                _ if address.is_unspecified() => Some(("Unspecified", "RFC 4291, Section 2.5.2")),
                _ if address.is_loopback() => Some(("Loopback", "RFC 4291, Section 2.5.3")),
                (0x2001, 0x0db8) => Some(("Documentation", "RFC 3849")),
                (0xfe80..=0xfebf, _) => Some(("Link-Local", "RFC 4291, Section 2.5.6")),
                (0xfc00..=0xfdff, _) => Some(("Unique Local Unicast", "RFC 4193")),
                (0xff00..=0xffff, _) => Some(("Multicast", "RFC 4291, Section 2.7")),
                _ => None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[tokio::test]
    async fn nobody_is_asked_about_addresses_of_nobody() {
        let told = |text: &'static str| async move { of(text.parse().unwrap()).await.problem.unwrap() };
        let private = "IPv4 address 192.168.1.10 is already defined as Private-Use Networks via RFC 1918.";
        assert_eq!(told("192.168.1.10").await, private);
        let test = "IPv4 address 203.0.113.7 is already defined as TEST-NET-3 via RFC 5737.";
        assert_eq!(told("203.0.113.7").await, test);
        assert!(told("2001:db8::5").await.contains("Documentation"));
        assert_eq!(reserved("8.8.8.8".parse().unwrap()), None);
        assert_eq!(reserved("2606:4700::1".parse().unwrap()), None);
    }

    #[test]
    fn an_answer_is_read_in_blocks() {
        let text = "% a remark\n\ninetnum: 1.2.3.0 - 1.2.3.255\nnetname: EXAMPLE\ndescr: First\ndescr: Second\ncountry: NO\n\n\
            person: Ada\naddress: Street 1\nphone: 1\n";
        let networks = read(text);
        assert_eq!(networks.len(), 1);
        assert_eq!((networks[0].name.as_str(), networks[0].description.as_str()), ("EXAMPLE", "First"));
        assert_eq!(networks[0].address, "Street 1");
    }

    #[test]
    fn a_referral_is_a_registry_or_nothing() {
        assert_eq!(referral("refer:        whois.ripe.net\n").as_deref(), Some("whois.ripe.net"));
        assert_eq!(
            referral("ReferralServer: whois://whois.apnic.net/\n").as_deref(),
            Some("whois.apnic.net")
        );
        for odd in ["refer: 127.0.0.1", "refer: localhost", "refer: whois.a b", "refer:", "x: whois.ripe.net"]
        {
            assert_eq!(referral(odd), None, "{odd}");
        }
    }

    proptest! {
        #[test]
        fn any_answer_is_read(text in "(?s).{0,400}") {
            let _ = (read(&text), referral(&text));
        }
    }
}
